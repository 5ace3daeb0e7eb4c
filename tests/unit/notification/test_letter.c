/* Letters word for word, in three languages, with dates as their readers see them; facts that are missing, plural or too long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/domain/pen.h"
#include "services/notification/outbound/format.h"
#include "tests/unit/notification/letters.h"

#define LINK "https://hakuvayla.example.fi/asetukset"

static struct letter letter;
static struct format *format;
static char webinars[4096];

static int64_t at(const char *text)
{
    struct fact fact;

    assert_true(fact_read(FACT_OPENS, span_text(text), &fact));
    return fact.number;
}

static void add_webinar(struct pen *lines, enum language language, const char *unit, const char *when, bool advance_notice)
{
    char words[FORMAT_TEXT];

    letter_webinar(lines, language, unit, format_moment(format, language, at(when), words), advance_notice);
}

/* What compose would hand over for a registration. */
static struct facts full(enum language language)
{
    static const char *const TRAININGS[] = {"Voimaa johtajuuteen", "Kraft i ledarskapet", "Strength in leadership"};
    struct pen lines = pen_init(webinars, sizeof webinars, false);
    struct facts facts = {0};

    add_webinar(&lines, language, "Yhdessä johtaminen", "2024-09-19T09:00:00+03:00", false);
    add_webinar(&lines, language, "Moninaisuus", "2025-01-30T09:00:00+02:00", true);
    facts_text(&facts, FACT_NAME, span_text("Tuuli Esimerkki"));
    facts_text(&facts, FACT_TRAINING, span_text(TRAININGS[language]));
    facts_text(&facts, FACT_IMPLEMENTATION, span_text("Itä 1"));
    facts_text(&facts, FACT_ORGANISER, span_text("Esimerkkiyliopisto"));
    facts_text(&facts, FACT_PLACES, span_text("Kuopio, Joensuu"));
    facts_number(&facts, FACT_PLACE_COUNT, 2);
    facts_text(&facts, FACT_WEBINARS, span_text(webinars));
    facts_text(&facts, FACT_REGISTRATION, span_text("0192-id"));
    facts_number(&facts, FACT_ORDER, 7);
    facts_number(&facts, FACT_POSITION, 3);
    facts_number(&facts, FACT_ENTRIES_ADDED, 2);
    facts_number(&facts, FACT_SEATED, 1);
    facts_text(&facts, FACT_REASON, span_text("Työvuoro"));
    return facts;
}

static enum letter_result result_of(enum message_kind kind, enum language language, const struct facts *facts)
{
    struct template_texts texts = letters_texts(kind, language);
    struct manner manner = format_manner(format, language);

    return letter_write(kind, language, &texts, facts, &manner, "", &letter);
}

static const char *text_of(enum message_kind kind, enum language language, const struct facts *facts)
{
    assert_int_equal(result_of(kind, language, facts), LETTER_OK);
    return letter.text;
}

static void expect_piece(enum message_kind kind, enum language language, const struct facts *facts, const char *piece, bool there)
{
    if ((strstr(text_of(kind, language, facts), piece) != NULL) != there)
        fail_msg("%s: \"%s\"\nin: %s", there ? "missing" : "should not be there", piece, letter.text);
}

static void test_letter_finnish(void **state)
{
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    assert_string_equal(
        text_of(KIND_CONFIRMATION, LANGUAGE_FI, &facts),
        "Hei Tuuli Esimerkki!\n\n"
        "Ilmoittautumisesi on vahvistettu: sinulla on paikka koulutuksessa Voimaa johtajuuteen.\n\n"
        "Toteutus: Itä 1\n"
        "Järjestäjä: Esimerkkiyliopisto\n"
        "Paikkakunnat: Kuopio, Joensuu\n"
        "Järjestysnumerosi toteutuksessa: 7\n\n"
        "Opintojaksojen webinaarit (Suomen aikaa):\n"
        "- Yhdessä johtaminen: torstai 19.9.2024 klo 9.00\n"
        "- Moninaisuus: torstai 30.1.2025 klo 9.00 (ennakkotieto, ajankohta voi vielä muuttua)\n\n"
        "Webinaarien kalenterimerkinnät ovat sähköpostin liitteinä.\n\n"
        "Jos et pääse mukaan, peru paikkasi ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Vapautunut paikka siirtyy "
        "varasijajonossa seuraavalle.\n\n"
        "Ilmoittautumisen tunnus: 0192-id\n"
        "Tämä viesti on lähetetty automaattisesti, eikä siihen voi vastata.\n");
    assert_string_equal(letter.subject, "Sinulla on paikka: Voimaa johtajuuteen");
}

static void test_letter_swedish(void **state)
{
    struct facts facts = full(LANGUAGE_SV);

    (void)state;
    assert_string_equal(
        text_of(KIND_WAITING_LIST, LANGUAGE_SV, &facts),
        "Hej Tuuli Esimerkki!\n\n"
        "Din anmälan till utbildningen Kraft i ledarskapet har tagits emot. Det finns för närvarande ingen ledig plats i det "
        "genomförande du valde, så du har fått en reservplats.\n\n"
        "Genomförande: Itä 1\n"
        "Anordnare: Esimerkkiyliopisto\n"
        "Orter: Kuopio, Joensuu\n"
        "Din plats i kön: 3\n"
        "Före dig i kön finns 2 personer.\n\n"
        "En plats som blir ledig ges i anmälningsordning: den går till den som anmälde sig först av dem som köar till ett "
        "genomförande med ledig plats. Du får ett meddelande om du får en plats. Om du inte längre vill stå i kö ber vi dig avboka din "
        "anmälan under Mina anmälningar i anmälningstjänsten.\n\n"
        "Anmälans id: 0192-id\n"
        "Det här meddelandet har skickats automatiskt och kan inte besvaras.\n");
    assert_string_equal(letter.subject, "Du står i kö: Kraft i ledarskapet");
}

static void test_letter_english(void **state)
{
    struct facts facts = full(LANGUAGE_EN);

    (void)state;
    assert_string_equal(text_of(KIND_CANCELLATION, LANGUAGE_EN, &facts),
                        "Hello Tuuli Esimerkki,\n\n"
                        "Your enrolment in the training Strength in leadership has been cancelled.\n"
                        "Your place has been released.\n\n"
                        "Implementation: Itä 1\n"
                        "Organiser: Esimerkkiyliopisto\n"
                        "Locations: Kuopio, Joensuu\n"
                        "Reason: Työvuoro\n\n"
                        "If you did not cancel it yourself, please contact the organiser of the training.\n\n"
                        "Enrolment id: 0192-id\n"
                        "This message was sent automatically and cannot be replied to.\n");
    assert_string_equal(letter.subject, "Your enrolment has been cancelled: Strength in leadership");
}

static void test_letter_offer(void **state)
{
    struct facts facts = full(LANGUAGE_EN);

    (void)state;
    assert_int_equal(result_of(KIND_OFFER, LANGUAGE_EN, &facts), LETTER_MISSING); /* an offer without its time is none */
    facts_number(&facts, FACT_REPLY_DUE, at("2024-09-19T12:00:00+03:00"));
    expect_piece(KIND_OFFER, LANGUAGE_EN, &facts, "Please answer by: Thursday 19 September 2024 at 12:00 (Finnish time)\n", true);
    expect_piece(KIND_OFFER, LANGUAGE_EN, &facts, "let it pass on", true);
    expect_piece(KIND_OFFER_ENDS, LANGUAGE_FI, &facts, "Vastaa viimeistään: torstai 19.9.2024 klo 12.00 (Suomen aikaa)\n", true);
}

/* Midnight is the end of the day before, for whoever reads until when there is time; a beginning stays where it is. */
static void test_letter_midnight(void **state)
{
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    facts_number(&facts, FACT_REPLY_DUE, at("2026-11-25T00:00:00+02:00"));
    expect_piece(KIND_OFFER, LANGUAGE_FI, &facts, "Vastaa viimeistään: tiistai 24.11.2026 klo 23.59 (Suomen aikaa)\n", true);
    expect_piece(KIND_OFFER, LANGUAGE_SV, &facts, "Svara senast: tisdag 24.11.2026 kl. 23.59 (finländsk tid)\n", true);
    expect_piece(KIND_OFFER, LANGUAGE_EN, &facts, "Please answer by: Tuesday 24 November 2026 at 23:59 (Finnish time)\n", true);
    facts_number(&facts, FACT_CLOSES, at("2026-06-10T00:00:00+03:00"));
    facts_number(&facts, FACT_OPENS, at("2026-06-01T00:00:00+03:00"));
    expect_piece(KIND_OPENS_SOON, LANGUAGE_FI, &facts, "alkaa: maanantai 1.6.2026 klo 0.00 (Suomen aikaa)\n", true);
    expect_piece(KIND_OPENS_SOON, LANGUAGE_FI, &facts, "päättyy: tiistai 9.6.2026 klo 23.59 (Suomen aikaa)\n", true);
    facts_number(&facts, FACT_REPLY_DUE, at("2026-11-25T00:00:00Z")); /* midnight elsewhere */
    expect_piece(KIND_OFFER, LANGUAGE_FI, &facts, "keskiviikko 25.11.2026 klo 2.00 (Suomen aikaa)\n", true);
}

/* A letter speaks of what is attached to it, where it is. */
static void test_letter_attached(void **state)
{
    struct facts facts = full(LANGUAGE_SV);

    (void)state;
    expect_piece(KIND_PROMOTION, LANGUAGE_SV, &facts, "\nWebbinarierna är bifogade till e-postmeddelandet som kalenderposter.\n", true);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_EN, &facts, "\nThe up-to-date calendar entry is attached to the e-mail.\n", true);
    expect_piece(KIND_COMPLETED, LANGUAGE_FI, &facts, "\nTämä viesti on myös sähköpostin liitteenä PDF-tiedostona.\n", true);
    facts_number(&facts, FACT_ENTRIES_ADDED, 1);
    expect_piece(KIND_CONFIRMATION, LANGUAGE_FI, &facts, "\nWebinaarin kalenterimerkintä on sähköpostin liitteenä.\n", true);
    facts_number(&facts, FACT_ENTRIES_REMOVED, 2);
    expect_piece(KIND_TRANSFER, LANGUAGE_FI, &facts, "\nWebinaarin kalenterimerkintä on sähköpostin liitteenä.\n", true);
    expect_piece(KIND_TRANSFER, LANGUAGE_FI, &facts, "\nAiemman toteutuksen kalenterimerkinnät poistuvat: ", true);
    expect_piece(KIND_CANCELLATION, LANGUAGE_EN, &facts, "\nThe calendar entries of the webinars are removed: ", true);
    facts_number(&facts, FACT_ENTRIES_REMOVED, 1);
    expect_piece(KIND_DISPLACED, LANGUAGE_SV, &facts, "\nKalenderposten för webbinariet tas bort: ", true);
    facts.of[FACT_ENTRIES_ADDED].known = facts.of[FACT_ENTRIES_REMOVED].known = false;
    expect_piece(KIND_TRANSFER, LANGUAGE_FI, &facts, "kalenteri", false);
    expect_piece(KIND_CANCELLATION, LANGUAGE_EN, &facts, "calendar", false);
    facts_number(&facts, FACT_SEATED, 0);
    expect_piece(KIND_PROMOTION, LANGUAGE_SV, &facts, "bifogade", false);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_EN, &facts, "attached", false);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_EN, &facts, "waiting list", false);
    facts_number(&facts, FACT_WAITING, 1);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_EN, &facts, "You are on the waiting list of the training.", true);
}

/* Who cannot sign in is told who can cancel for them; nobody else is. An offer shows the dates one decides about. */
static void test_letter_of_a_team_and_an_offer(void **state)
{
    struct facts facts = full(LANGUAGE_EN);

    (void)state;
    facts_number(&facts, FACT_REPLY_DUE, at("2026-09-10T12:00:00+03:00"));
    expect_piece(KIND_OFFER, LANGUAGE_EN, &facts, "\n- Yhdessä johtaminen: ", true);
    expect_piece(KIND_CONFIRMATION, LANGUAGE_EN, &facts, "leadership team", false);
    facts_number(&facts, FACT_TEAM, 1);
    expect_piece(KIND_CONFIRMATION, LANGUAGE_EN, &facts, "whoever enrolled the team can cancel it for you", true);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "ryhmän ilmoittaja voi perua sen puolestasi", true);
    expect_piece(KIND_PROMOTION, LANGUAGE_SV, &facts, "kan den som anmälde gruppen avboka den åt dig", true);
}

static void test_letter_cause(void **state)
{
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    facts_number(&facts, FACT_SEATED, 0);
    facts_text(&facts, FACT_CAUSE, span_text("expired"));
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "Et vastannut paikkatarjoukseen määräaikaan mennessä", true);
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "Paikkasi on vapautettu", false);
    facts_text(&facts, FACT_CAUSE, span_text("rejected"));
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "ei hyväksytty tarkistuksessa", true);
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "Syy: Työvuoro", true);
    facts_number(&facts, FACT_WAITING, 1);
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "Et ole enää varasijajonossa.", true);
}

static void test_letter_review(void **state)
{
    struct facts facts = full(LANGUAGE_EN);

    (void)state;
    expect_piece(KIND_CONFIRMATION, LANGUAGE_EN, &facts, "will still review your enrolment", false);
    expect_piece(KIND_REVIEWED, LANGUAGE_EN, &facts, "conditional", false);
    facts_number(&facts, FACT_UNREVIEWED, 1);
    facts_number(&facts, FACT_CONDITIONAL, 1);
    expect_piece(KIND_CONFIRMATION, LANGUAGE_EN, &facts, "will still review your enrolment", true);
    expect_piece(KIND_REVIEWED, LANGUAGE_EN, &facts, "The acceptance is conditional.\nCondition or reason: Työvuoro", true);
}

static void test_letter_moved_webinar(void **state)
{
    struct facts facts = full(LANGUAGE_SV);

    (void)state;
    facts_number(&facts, FACT_WAS, at("2024-09-19T09:00:00+03:00"));
    facts_number(&facts, FACT_BECOMES, at("2024-09-20T09:00:00+03:00"));
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_SV, &facts,
                 "Tidigare tidpunkt: torsdag 19.9.2024 kl. 9.00 (finländsk tid)\nNy tidpunkt: fredag 20.9.2024 kl. 9.00", true);
    facts_number(&facts, FACT_WAS_ENDS, at("2024-09-19T11:30:00+03:00"));
    facts_number(&facts, FACT_ENDS, at("2024-09-20T12:00:00+03:00"));
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_FI, &facts, "Aiempi ajankohta: torstai 19.9.2024 klo 9.00–11.30 (Suomen aikaa)\n", true);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_SV, &facts, "Ny tidpunkt: fredag 20.9.2024 kl. 9.00–12.00 (finländsk tid)\n", true);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_EN, &facts, "New date: Friday 20 September 2024 at 9:00–12:00 (Finnish time)\n", true);
    assert_string_equal(letter.subject, "The date has changed: Kraft i ledarskapet");
    facts_number(&facts, FACT_BECOMES, 0);
    facts_number(&facts, FACT_ENDS, 0);
    facts_number(&facts, FACT_CALLED_OFF, 1);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_SV, &facts, "Webbinariet har ställts in.", true);
    assert_string_equal(letter.subject, "Webbinariet är inställt: Kraft i ledarskapet");
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_SV, &facts, "Ny tidpunkt", false);
    facts_number(&facts, FACT_CALLED_OFF, 0);
    facts_number(&facts, FACT_WAS, 0);
    facts_number(&facts, FACT_SAME, at("2024-09-20T09:00:00+03:00"));
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_SV, &facts,
                 "Uppgifterna om tidpunkten har preciserats: fredag 20.9.2024 kl. 9.00 (finländsk tid)\n", true);
    expect_piece(KIND_DATE_CHANGED, LANGUAGE_SV, &facts, "idigare tidpunkt", false);
}

static void test_letter_announcement(void **state)
{
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    facts_text(&facts, FACT_SUBJECT, span_text("Materiaalit\nosa 2"));
    facts_text(&facts, FACT_BODY, span_text("Rivi {name} '{' #\n{order, plural, other {x}}"));
    expect_piece(KIND_ANNOUNCEMENT, LANGUAGE_FI, &facts, "Rivi {name} '{' #\n{order, plural, other {x}}\n", true);
    assert_string_equal(letter.subject, "Materiaalit osa 2"); /* a header is one line */
    expect_piece(KIND_NOTICE, LANGUAGE_FI, &facts, "Viesti koskee koulutusta Voimaa johtajuuteen.", true);
}

static void test_letter_plurals(void **state)
{
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    facts_number(&facts, FACT_POSITION, 2);
    facts_number(&facts, FACT_PLACE_COUNT, 1);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "Edelläsi jonossa on 1 henkilö.", true);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "Paikkakunta: ", true);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_EN, &facts, "1 person is ahead of you.", true);
    facts_number(&facts, FACT_POSITION, 3);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_EN, &facts, "2 people are ahead of you.", true);
    facts_number(&facts, FACT_POSITION, 1235);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "Edelläsi jonossa on 1\u00a0234 henkilöä.", true);
    facts_number(&facts, FACT_POSITION, 1);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "Olet jonossa ensimmäisenä.", true);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "Edelläsi", false);
    facts_number(&facts, FACT_CREDITS, 25);
    expect_piece(KIND_COMPLETED, LANGUAGE_FI, &facts, "Laajuus: 2,5 op\n", true);
    expect_piece(KIND_COMPLETED, LANGUAGE_EN, &facts, "Scope: 2.5 ECTS credits\n", true);
}

static void test_letter_team(void **state)
{
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    facts_number(&facts, FACT_ORDER, 4);
    facts_number(&facts, FACT_POSITION, 1);
    facts_text(&facts, FACT_REASON, span_text("Tähti"));
    expect_piece(KIND_TEAM, LANGUAGE_FI, &facts, "Ryhmäsi Tähti on ilmoitettu koulutukseen", true);
    expect_piece(KIND_TEAM, LANGUAGE_FI, &facts, "Paikan sai 4 henkilöä.\nVarasijalla on 1 henkilö.\n", true);
    facts_text(&facts, FACT_REASON, span_text(""));
    facts_number(&facts, FACT_POSITION, 0);
    expect_piece(KIND_TEAM, LANGUAGE_FI, &facts, "Ryhmäsi on ilmoitettu koulutukseen", true);
    expect_piece(KIND_TEAM, LANGUAGE_FI, &facts, "Varasijalla", false);
}

static void test_letter_without_what_is_not_known(void **state)
{
    struct facts facts = {0};

    (void)state;
    facts_text(&facts, FACT_TRAINING, span_text("Voimaa johtajuuteen"));
    assert_string_equal(text_of(KIND_CONFIRMATION, LANGUAGE_FI, &facts),
                        "Hei!\n\n"
                        "Ilmoittautumisesi on vahvistettu: sinulla on paikka koulutuksessa Voimaa johtajuuteen.\n\n"
                        "Jos et pääse mukaan, peru paikkasi ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Vapautunut "
                        "paikka siirtyy varasijajonossa seuraavalle.\n\n"
                        "Tämä viesti on lähetetty automaattisesti, eikä siihen voi vastata.\n");
    expect_piece(KIND_PROMOTION, LANGUAGE_FI, &facts, "määräai", false);
    expect_piece(KIND_PROMOTION, LANGUAGE_FI, &facts, "Määräaika", false);
    expect_piece(KIND_PROMOTION, LANGUAGE_FI, &facts, "Jos paikka ei sovi sinulle, peru se", true);
    expect_piece(KIND_WAITING_LIST, LANGUAGE_FI, &facts, "jonossa ensimmäisenä", false); /* a position nobody knows is not the first */
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "Paikkasi on vapautettu", false);
    expect_piece(KIND_CANCELLATION, LANGUAGE_FI, &facts, "Syy", false);
    facts = (struct facts){0};
    assert_int_equal(result_of(KIND_CONFIRMATION, LANGUAGE_FI, &facts), LETTER_MISSING);
}

static void test_letter_that_does_not_fit(void **state)
{
    static char huge[LETTER_TEXT_MAX + 100];
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    memset(huge, 'x', sizeof huge - 1);
    facts_text(&facts, FACT_REASON, span_text(huge));
    assert_int_equal(result_of(KIND_CANCELLATION, LANGUAGE_FI, &facts), LETTER_TOO_LONG);
    facts_text(&facts, FACT_REASON, span_text(""));
    facts_text(&facts, FACT_TRAINING, span_of(huge, LETTER_SUBJECT_MAX));
    assert_int_equal(result_of(KIND_CANCELLATION, LANGUAGE_FI, &facts), LETTER_TOO_LONG);
}

static void test_letter_footer(void **state)
{
    struct template_texts texts = letters_texts(KIND_WINDOW_OPENED, LANGUAGE_SV);
    struct manner manner = format_manner(format, LANGUAGE_SV);
    struct facts facts = {0};

    (void)state;
    facts_text(&facts, FACT_TRAINING, span_text("Kraft & <b>"));
    facts_text(&facts, FACT_LINK, span_text("https://hakuvayla.example.fi/?a=1&b=2"));
    assert_int_equal(letter_write(KIND_WINDOW_OPENED, LANGUAGE_SV, &texts, &facts, &manner, LINK, &letter), LETTER_OK);
    assert_non_null(strstr(letter.text, "\nAnmälningstjänsten: https://hakuvayla.example.fi/?a=1&b=2\n"));
    assert_non_null(strstr(letter.text, ".\n\nVälj vilka meddelanden du får: " LINK "\n"));
    assert_non_null(strstr(letter.html, "<p><a href=\"" LINK "\">Välj vilka meddelanden du får</a></p>"));
    assert_non_null(strstr(letter.html, "<html lang=\"sv\">"));
    assert_non_null(strstr(letter.html, "<title>Anmälningstiden har börjat: Kraft &amp; &lt;b&gt;</title>"));
    assert_non_null(strstr(letter.html, "<a href=\"https://hakuvayla.example.fi/?a=1&amp;b=2\">"));
    assert_non_null(strstr(letter.html, "utbildningen Kraft &amp; &lt;b&gt; har börjat"));
}

static void test_letter_own_html(void **state)
{
    struct template_texts texts = letters_texts(KIND_CANCELLATION, LANGUAGE_FI);
    struct manner manner = format_manner(format, LANGUAGE_FI);
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    texts.html =
        span_text("<h1>Peruttu</h1>{reason, select, none {} other {<p>{reason}</p>}}{webinars, select, none {} other {{webinars}}}");
    facts_text(&facts, FACT_REASON, span_text("<script>1\n2</script>"));
    assert_int_equal(letter_write(KIND_CANCELLATION, LANGUAGE_FI, &texts, &facts, &manner, "", &letter), LETTER_OK);
    assert_non_null(strstr(letter.html, "<main>\n<h1>Peruttu</h1><p>&lt;script&gt;1<br>\n2&lt;/script&gt;</p><ul>\n<li>Yhdessä "));
    assert_non_null(strstr(letter.text, "Syy: <script>1\n2</script>\n"));
    assert_null(strstr(letter.html, "<footer>"));
}

/* A template may leave lines anyhow: what leaves is in order. */
static void test_letter_lines(void **state)
{
    struct template_texts texts = {.subject = span_text("a\nb"),
                                   .text = span_text("\n\n\na\n\n\n\nb\n{reason, select, none {} other {}}\n\n\n")};
    struct manner manner = format_manner(format, LANGUAGE_FI);
    struct facts facts = full(LANGUAGE_FI);

    (void)state;
    assert_int_equal(letter_write(KIND_CANCELLATION, LANGUAGE_FI, &texts, &facts, &manner, "", &letter), LETTER_OK);
    assert_string_equal(letter.text, "a\n\nb\n");
    assert_string_equal(letter.subject, "a b");
}

static void test_letter_language(void **state)
{
    enum language language;

    (void)state;
    assert_int_equal(language_read("sv", 2), LANGUAGE_SV);
    assert_int_equal(language_read("en", 2), LANGUAGE_EN);
    assert_int_equal(language_read("fi", 2), LANGUAGE_FI);
    assert_int_equal(language_read("se", 2), LANGUAGE_FI);
    assert_int_equal(language_read("", 0), LANGUAGE_FI);
    assert_string_equal(language_code(LANGUAGE_SV), "sv");
    assert_true(language_find(span_text("en"), &language));
    assert_int_equal(language, LANGUAGE_EN);
    assert_false(language_find(span_text("se"), &language));
}

static int open_format(void **state)
{
    (void)state;
    return format_open(&format) == ERR_OK ? 0 : -1;
}

static int close_format(void **state)
{
    (void)state;
    format_close(format);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letter_finnish),                   /* a Finnish confirmation, word for word */
        cmocka_unit_test(test_letter_swedish),                   /* a Swedish waiting-list letter, word for word */
        cmocka_unit_test(test_letter_english),                   /* an English cancellation, word for word */
        cmocka_unit_test(test_letter_offer),                     /* an offer says until when; without that it is not written */
        cmocka_unit_test(test_letter_midnight),                  /* a deadline at midnight is 23.59 of the day before, in three languages */
        cmocka_unit_test(test_letter_attached),                  /* calendar entries and documents are named where they are attached */
        cmocka_unit_test(test_letter_of_a_team_and_an_offer),    /* who can cancel for whom; the dates one decides about */
        cmocka_unit_test(test_letter_cause),                     /* a cancellation says why: an offer not answered, a review */
        cmocka_unit_test(test_letter_review),                    /* that somebody has still to look; acceptance and condition */
        cmocka_unit_test(test_letter_moved_webinar),             /* before and after; called off; or made certain */
        cmocka_unit_test(test_letter_announcement),              /* a coordinator's words as they are, never a template */
        cmocka_unit_test(test_letter_plurals),                   /* none, one and many; numbers as the language has them */
        cmocka_unit_test(test_letter_team),                      /* how many have a place, how many wait */
        cmocka_unit_test(test_letter_without_what_is_not_known), /* a line without its fact is left out; without the training no letter */
        cmocka_unit_test(test_letter_that_does_not_fit),         /* an absurdly long fact is refused, not cut */
        cmocka_unit_test(test_letter_footer),                    /* where one chooses what one gets; links and escaping in HTML */
        cmocka_unit_test(test_letter_own_html),                  /* an operator's own HTML, with values that cannot break out */
        cmocka_unit_test(test_letter_lines),                     /* empty lines in order; the subject is one line */
        cmocka_unit_test(test_letter_language),                  /* codes; what is not known is Finnish */
    };

    return cmocka_run_group_tests(tests, open_format, close_format);
}
