/* See unsubscribe_page.h. The token is one of ours, base64url, so it stands in the page as it is. */
#include "services/notification/handler/unsubscribe_page.h"

#include <string.h>

#include "common/base/buf.h"

struct words {
    const char *title, *now, *always;
    const char *about, *saved; /* whose mail; what a button has done */
    const char *broken, *mend; /* a link that is not whole */
    const char *topics[TOPIC_LAST + 1];
    const char *settings[MAIL_DAILY + 1];
};

static const struct words WORDS[LANGUAGE_COUNT] = {
    [LANGUAGE_FI] =
        {"Valitse, mitä viestejä saat",
         "Nyt valittuna",
         "Nämä viestit lähetetään aina.",
         "Sähköpostiosoite",
         "Valintasi on tallennettu.",
         "Linkki ei toimi",
         "Linkki ei ole kokonainen. Avaa se viestistä uudelleen tai kopioi se kokonaan; asetuksia voi muuttaa myös kirjautuneena.",
         {[TOPIC_PLACES] = "Oma paikka",
          [TOPIC_DECISIONS] = "Päätökset ja suoritukset",
          [TOPIC_CHANGES] = "Muuttuneet ajankohdat",
          [TOPIC_REMINDERS] = "Muistutukset",
          [TOPIC_WINDOWS] = "Tiedot ilmoittautumisajoista",
          [TOPIC_ANNOUNCEMENTS] = "Tiedotteet"},
         {[MAIL_ON] = "Heti sähköpostilla", [MAIL_OFF] = "Ei sähköpostia", [MAIL_DAILY] = "Kerran päivässä koosteena"}},
    [LANGUAGE_SV] =
        {"Välj vilka meddelanden du får",
         "Valt just nu",
         "De här meddelandena sänds alltid.",
         "E-postadress",
         "Ditt val är sparat.",
         "Länken fungerar inte",
         "Länken är inte hel. Öppna den på nytt ur meddelandet eller kopiera hela länken; inställningarna kan också ändras inloggad.",
         {[TOPIC_PLACES] = "Din plats",
          [TOPIC_DECISIONS] = "Beslut och prestationer",
          [TOPIC_CHANGES] = "Ändrade tidpunkter",
          [TOPIC_REMINDERS] = "Påminnelser",
          [TOPIC_WINDOWS] = "Information om anmälningstider",
          [TOPIC_ANNOUNCEMENTS] = "Meddelanden från arrangören"},
         {[MAIL_ON] = "Genast per e-post", [MAIL_OFF] = "Ingen e-post", [MAIL_DAILY] = "Ett sammandrag om dagen"}},
    [LANGUAGE_EN] =
        {"Choose which messages you get",
         "Chosen now",
         "These messages are always sent.",
         "E-mail address",
         "Your choice has been saved.",
         "The link does not work",
         "The link is not whole. Open it from the message again, or copy all of it; the settings can also be changed when signed in.",
         {[TOPIC_PLACES] = "Your place",
          [TOPIC_DECISIONS] = "Decisions and completions",
          [TOPIC_CHANGES] = "Changed dates",
          [TOPIC_REMINDERS] = "Reminders",
          [TOPIC_WINDOWS] = "Messages about enrolment periods",
          [TOPIC_ANNOUNCEMENTS] = "Announcements"},
         {[MAIL_ON] = "At once by e-mail", [MAIL_OFF] = "No e-mail", [MAIL_DAILY] = "One digest a day"}},
};

static const char *const NAMES[] = {[MAIL_ON] = "MAIL_ON", [MAIL_OFF] = "MAIL_OFF", [MAIL_DAILY] = "MAIL_DAILY"};

static void add_escaped(struct buf *page, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '&' || text.data[i] == '<' || text.data[i] == '>' || text.data[i] == '"')
            buf_printf(page, "&#%d;", text.data[i]);
        else
            buf_u8(page, text.data[i]);
}

static void add_buttons(struct buf *page, const struct words *words, const char *token, enum mail_setting mail)
{
    static const enum mail_setting ORDER[] = {MAIL_ON, MAIL_DAILY, MAIL_OFF};

    for (size_t i = 0; i < sizeof ORDER / sizeof ORDER[0]; i++)
        if (ORDER[i] != mail)
            buf_printf(page, "<form method=\"post\" action=\"/api/unsubscribe/%s/%s\"><p><button type=\"submit\">%s</button></p></form>\n",
                       token, NAMES[ORDER[i]], words->settings[ORDER[i]]);
}

/* Of the name in an address its first character, however many bytes it has: its owner knows it again, and a stranger learns no address. */
static void add_address(struct buf *page, const char *about, struct span address)
{
    const uint8_t *at = address.len > 0 ? memchr(address.data, '@', address.len) : NULL;
    size_t first = 1;

    if (at == NULL || at == address.data)
        return;
    while (address.data[first] >= 0x80 && address.data[first] < 0xC0)
        first++;
    buf_printf(page, "<p>%s: ", about);
    add_escaped(page, span_of(address.data, first));
    buf_text(page, "***");
    add_escaped(page, span_of(at, address.len - (size_t)(at - address.data)));
    buf_text(page, "</p>\n");
}

static void begin(struct buf *page, enum language language, const char *title)
{
    buf_printf(page,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
               "content=\"width=device-width, initial-scale=1\"><title>%s</title></head>\n<body>\n<main>\n<h1>%s</h1>\n",
               language_code(language), WORDS[language].title, title);
}

static Bus__File *finish(struct job *job, struct buf *page)
{
    Bus__File *file = arena_alloc(job->arena, sizeof *file);

    buf_text(page, "</main>\n</body>\n</html>\n");
    const struct span copy = arena_copy(job->arena, buf_span(page));
    buf_fini(page);
    bus__file__init(file);
    file->name = (char *)(uintptr_t) "messages.html";
    file->media_type = (char *)(uintptr_t) "text/html; charset=utf-8";
    file->content = (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
    file->inline_view = true;
    job_answer(job, &file->base, 0);
    return file;
}

static enum language readers(const struct job *job)
{
    const char *reader = job->request != NULL && job->request->language != NULL ? job->request->language : "";

    return language_read(reader, strlen(reader));
}

void unsubscribe_page(struct job *job, const struct preferences *person, const char *token, enum topic topic, enum mail_setting mail,
                      bool saved)
{
    const enum language language = person->known ? person->language : readers(job);
    const struct words *words = &WORDS[language];
    struct buf page = {.data = NULL};

    begin(&page, language, words->topics[topic]);
    add_address(&page, words->about, person->address);
    if (topic_fixed(topic)) {
        buf_printf(&page, "<p>%s</p>\n", words->always);
    } else {
        if (saved)
            buf_printf(&page, "<p role=\"status\">%s</p>\n", words->saved);
        buf_printf(&page, "<p>%s: <strong>%s</strong></p>\n", words->now, words->settings[mail]);
        add_buttons(&page, words, token, mail);
    }
    finish(job, &page)->one_language = person->known;
}

void unsubscribe_broken(struct job *job)
{
    const enum language language = readers(job);
    struct buf page = {.data = NULL};

    begin(&page, language, WORDS[language].broken);
    buf_printf(&page, "<p>%s</p>\n", WORDS[language].mend);
    finish(job, &page)->status = 404;
}
