/* See paper.h. The subject is the heading, each run of lines between empty ones a paragraph, as in the letter's text. */
#include "services/notification/outbound/paper.h"

#include <string.h>

#include "common/base/alloc.h"
#include "common/doc/pdf.h"

const char *paper_name(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "kirje.pdf";
    case LANGUAGE_SV:
        return "brev.pdf";
    case LANGUAGE_EN:
        return "letter.pdf";
    }
    return "letter.pdf";
}

static void paragraphs(struct pdf *pdf, char *text)
{
    while (*text != '\0') {
        char *end = strstr(text, "\n\n");
        if (end != NULL)
            *end = '\0';
        size_t len = strlen(text);
        while (len > 0 && text[len - 1] == '\n')
            text[--len] = '\0';
        if (len > 0)
            pdf_paragraph(pdf, text);
        if (end == NULL)
            return;
        text = end + 2;
        text += strspn(text, "\n");
    }
}

enum err paper_write(struct buf *out, const struct letter *letter, const struct paper_about *about)
{
    const char *author = about->author[0] != '\0' ? about->author : "Hakuväylä";
    struct pdf *pdf = pdf_new(&(struct pdf_about){
        .language = language_code(about->language), .title = letter->subject, .author = author, .created_us = about->created_us});
    char *text = mem_strdup(letter->text);

    pdf_footer(pdf, author);
    pdf_heading(pdf, 1, letter->subject);
    paragraphs(pdf, text);
    mem_free(text);
    return pdf_end(pdf, out);
}
