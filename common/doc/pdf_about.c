/* What a PDF says of itself: title, author and day, once for old readers (14.3.3) and once as XMP (14.3.2) for those that look there, as
 * screen readers do. Only a document that keeps them all says that it follows the rules of PDF/UA (ISO 14289-1): whatever is shown can be
 * read, headings go down step by step, and it has a title. */
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "common/doc/clean.h"
#include "common/doc/pdf_page.h"

/* A text for the eyes of readers of PDFs: UTF-16 with its mark, in hexadecimal (7.9.2). */
static void add_text(struct buf *out, const char *key, const struct buf *clean)
{
    buf_printf(out, "/%s<FEFF", key);
    pdf_utf16(out, clean->data, clean->len);
    buf_u8(out, '>');
}

static void add_xml(struct buf *out, const char *before, const struct buf *clean, const char *after)
{
    buf_text(out, before);
    for (size_t i = 0; i < clean->len; i++)
        switch (clean->data[i]) {
        case '&':
            buf_text(out, "&amp;");
            break;
        case '<':
            buf_text(out, "&lt;");
            break;
        case '>':
            buf_text(out, "&gt;");
            break;
        default:
            buf_u8(out, clean->data[i]);
        }
    buf_text(out, after);
}

static void write_info(struct pdf *pdf, const struct buf *title, const struct buf *author, const char *created)
{
    struct buf *out = pdf_file_object(&pdf->file, pdf->info), name = {0};

    clean_add(&name, "Hakuväylä");
    buf_text(out, "<<");
    add_text(out, "Title", title);
    add_text(out, "Author", author);
    add_text(out, "Creator", &name);
    buf_printf(out, "/CreationDate(D:%.4s%.2s%.2s%.2s%.2s%.2sZ)>>", created, created + 5, created + 8, created + 11, created + 14,
               created + 17);
    buf_fini(&name);
}

static void write_xmp(struct buf *out, const struct buf *title, const struct buf *author, const char *created)
{
    buf_text(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                  " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">");
    add_xml(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title, "</rdf:li></rdf:Alt></dc:title>");
    add_xml(out, "<dc:creator><rdf:Seq><rdf:li>", author, "</rdf:li></rdf:Seq></dc:creator>");
    buf_printf(out, "<xmp:CreateDate>%.19sZ</xmp:CreateDate><xmp:CreatorTool>Hakuväylä</xmp:CreatorTool>", created);
}

/* A language is what it is written with (BCP 47); whatever is none is Finnish. */
static void keep_language(struct pdf *pdf, const char *language)
{
    const size_t len = language != NULL ? strlen(language) : 0;
    const bool fine =
        len > 0 && len < sizeof pdf->language && strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") == len;

    snprintf(pdf->language, sizeof pdf->language, "%s", fine ? language : "fi");
}

void pdf_about_begin(struct pdf *pdf, const struct pdf_about *about)
{
    struct buf title = {0}, author = {0};
    char created[TIME_TEXT];

    time_format(about->created_us, created);
    clean_add(&title, about->title);
    clean_add(&author, about->author);
    keep_language(pdf, about->language);
    pdf->titled = title.len > 0;
    write_info(pdf, &title, &author, created);
    write_xmp(&pdf->about, &title, &author, created);
    buf_fini(&title);
    buf_fini(&author);
}

unsigned pdf_about_end(struct pdf *pdf)
{
    const unsigned number = pdf_file_number(&pdf->file);
    struct buf deflated = {0};

    if (pdf->titled && !pdf->unclear && !pdf->skipped)
        buf_text(&pdf->about, "<pdfuaid:part>1</pdfuaid:part>");
    buf_text(&pdf->about, "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>");
    press_add(pdf_shelf_press(pdf->shelf), buf_span(&pdf->about), &deflated);
    pdf_file_stream(&pdf->file, number, "/Type/Metadata/Subtype/XML", buf_span(&deflated));
    buf_fini(&deflated);
    return number;
}
