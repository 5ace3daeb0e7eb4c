/* Letters word for word, in three languages; facts that are missing, plural or too long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/letter.h"

static struct letter letter;

/* Everything a letter can say, as compose would hand it over. */
static struct letter_facts full(enum message_kind kind, enum language language)
{
    static const char *const TRAININGS[] = {"Voimaa johtajuuteen", "Kraft i ledarskapet", "Strength in leadership"};

    return (struct letter_facts){
        .kind = kind,
        .language = language,
        .name = "Tuuli Esimerkki",
        .training = TRAININGS[language],
        .implementation = "Itä 1",
        .organiser = "Esimerkkiyliopisto",
        .places = "Kuopio, Joensuu",
        .place_count = 2,
        .order_no = 7,
        .position = 3,
        .stood = STOOD_SEATED,
        .reply_due = "torstai 19.9.2024 klo 12.00",
        .opens = "maanantai 2.9.2024 klo 9.00",
        .closes = "sunnuntai 15.9.2024 klo 23.59",
        .reason = "Työvuoro",
        .unit_title = "Yhdessä johtaminen",
        .was = "torstai 19.9.2024 klo 9.00",
        .becomes = "perjantai 20.9.2024 klo 9.00",
        .announced_subject = "Materiaalit",
        .announced_body = "Aineisto on julkaistu.\nTervetuloa!",
        .credits = "5",
        .code = "K7P3-9XQM-4TZR-WB8N",
        .registration = "0192-id",
        .sessions = {{"Yhdessä johtaminen", "torstai 19.9.2024 klo 9.00", false}, {"Moninaisuus", "torstai 30.1.2025 klo 9.00", true}},
        .session_count = 2};
}

static const char *body_of(const struct letter_facts *facts)
{
    assert_int_equal(letter_render(facts, &letter, NULL), LETTER_OK);
    return letter.body;
}

static void expect_piece(const struct letter_facts *facts, const char *piece, bool there)
{
    if ((strstr(body_of(facts), piece) != NULL) != there)
        fail_msg("%s: \"%s\"\nin: %s", there ? "missing" : "should not be there", piece, letter.body);
}

static void test_letter_finnish(void **state)
{
    struct letter_facts facts = full(KIND_CONFIRMATION, LANGUAGE_FI);

    (void)state;
    assert_string_equal(
        body_of(&facts),
        "Hei Tuuli Esimerkki!\n\n"
        "Ilmoittautumisesi on vahvistettu: sinulla on paikka koulutuksessa Voimaa johtajuuteen.\n\n"
        "Toteutus: Itä 1\n"
        "Järjestäjä: Esimerkkiyliopisto\n"
        "Paikkakunnat: Kuopio, Joensuu\n"
        "Järjestysnumerosi toteutuksessa: 7\n\n"
        "Opintojaksojen webinaarit (Suomen aikaa):\n"
        "- Yhdessä johtaminen: torstai 19.9.2024 klo 9.00\n"
        "- Moninaisuus: torstai 30.1.2025 klo 9.00 (ennakkotieto, ajankohta voi vielä muuttua)\n\n"
        "Jos et pääse mukaan, peru paikkasi ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Vapautunut paikka siirtyy "
        "varasijajonossa seuraavalle.\n\n"
        "Ilmoittautumisen tunnus: 0192-id\n"
        "Tämä viesti on lähetetty automaattisesti, eikä siihen voi vastata.\n");
    assert_string_equal(letter.subject, "Sinulla on paikka: Voimaa johtajuuteen");
}

static void test_letter_swedish(void **state)
{
    struct letter_facts facts = full(KIND_WAITING_LIST, LANGUAGE_SV);

    (void)state;
    assert_string_equal(
        body_of(&facts),
        "Hej Tuuli Esimerkki!\n\n"
        "Din anmälan till utbildningen Kraft i ledarskapet har tagits emot. Det finns för närvarande ingen ledig plats till det "
        "genomförande du valde, så du har fått en reservplats.\n\n"
        "Genomförande: Itä 1\n"
        "Anordnare: Esimerkkiyliopisto\n"
        "Orter: Kuopio, Joensuu\n"
        "Din plats i kön: 3\n"
        "Före dig i kön finns 2 personer.\n\n"
        "En plats som blir ledig ges i anmälningsordning: den går till den som anmälde sig först av dem som köar till ett "
        "genomförande med ledig plats. Du får ett meddelande om du får en plats. Om du inte längre vill stå i kö ber vi dig annullera din "
        "anmälan under Mina anmälningar i anmälningstjänsten.\n\n"
        "Anmälans id: 0192-id\n"
        "Det här meddelandet har skickats automatiskt och kan inte besvaras.\n");
    assert_string_equal(letter.subject, "Du står i kö: Kraft i ledarskapet");
}

static void test_letter_english(void **state)
{
    struct letter_facts facts = full(KIND_CANCELLATION, LANGUAGE_EN);

    (void)state;
    assert_string_equal(body_of(&facts), "Hello Tuuli Esimerkki,\n\n"
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

static void test_letter_every_kind_and_language(void **state)
{
    (void)state;
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++) {
        for (int language = LANGUAGE_FI; language < LANGUAGE_COUNT; language++) {
            struct letter_facts facts = full((enum message_kind)kind, (enum language)language);
            assert_int_equal(letter_render(&facts, &letter, NULL), LETTER_OK);
            assert_non_null(strstr(letter.subject, kind == KIND_ANNOUNCEMENT ? facts.announced_subject : facts.training));
            assert_non_null(strstr(letter.body, facts.training));
            assert_null(strpbrk(letter.body, "{}|~*#?"));
            assert_null(strstr(letter.body, "\n\n\n"));
            assert_true(letter.body[strlen(letter.body) - 1] == '\n');
        }
    }
}

static void test_letter_offer(void **state)
{
    struct letter_facts facts = full(KIND_OFFER, LANGUAGE_EN);

    (void)state;
    expect_piece(&facts, "Please answer by: torstai 19.9.2024 klo 12.00 (Finnish time)\n", true);
    expect_piece(&facts, "let it pass on", true);
    facts.reply_due = "";
    assert_int_equal(letter_render(&facts, &letter, NULL), LETTER_MISSING); /* an offer without its time is none */
}

static void test_letter_cause(void **state)
{
    struct letter_facts facts = full(KIND_CANCELLATION, LANGUAGE_FI);

    (void)state;
    facts.stood = STOOD_OFFERED;
    facts.cause = CAUSE_OFFER_EXPIRED;
    expect_piece(&facts, "Et vastannut paikkatarjoukseen määräaikaan mennessä", true);
    expect_piece(&facts, "Paikkasi on vapautettu", false);
    facts.cause = CAUSE_REJECTED;
    expect_piece(&facts, "ei hyväksytty tarkistuksessa", true);
    expect_piece(&facts, "Syy: Työvuoro", true);
}

static void test_letter_review(void **state)
{
    struct letter_facts facts = full(KIND_CONFIRMATION, LANGUAGE_EN);

    (void)state;
    expect_piece(&facts, "will still review your enrolment", false);
    facts.review = REVIEW_UNREVIEWED;
    expect_piece(&facts, "will still review your enrolment", true);
    facts = full(KIND_REVIEWED, LANGUAGE_EN);
    expect_piece(&facts, "conditional", false);
    facts.review = REVIEW_CONDITIONAL;
    expect_piece(&facts, "The acceptance is conditional.\nCondition or reason: Työvuoro", true);
}

static void test_letter_moved_webinar(void **state)
{
    struct letter_facts facts = full(KIND_DATE_CHANGED, LANGUAGE_SV);

    (void)state;
    expect_piece(&facts, "Tidigare tidpunkt: torstai 19.9.2024 klo 9.00 (finländsk tid)\nNy tidpunkt: perjantai 20.9.2024 klo 9.00", true);
    facts.called_off = true;
    facts.becomes = "";
    expect_piece(&facts, "Webbinariet har ställts in.", true);
    expect_piece(&facts, "Ny tidpunkt", false);
    facts.called_off = false;
    facts.was = "";
    facts.same = "fredag 20 september 2024 kl. 9.00";
    expect_piece(&facts, "Uppgifterna om tidpunkten har preciserats: fredag 20 september 2024 kl. 9.00 (finländsk tid)\n", true);
    expect_piece(&facts, "idigare tidpunkt", false);
}

static void test_letter_announcement(void **state)
{
    struct letter_facts facts = full(KIND_ANNOUNCEMENT, LANGUAGE_FI);

    (void)state;
    facts.announced_body = "Rivi {name} ?ehto|\n*|toinen rivi";
    expect_piece(&facts, "Rivi {name} ?ehto|\n*|toinen rivi\n", true); /* a coordinator's words are words, never a template */
    assert_string_equal(letter.subject, "Materiaalit");
}

static void test_letter_plurals(void **state)
{
    struct letter_facts facts = full(KIND_WAITING_LIST, LANGUAGE_FI);

    (void)state;
    facts.position = 2;
    facts.place_count = 1;
    expect_piece(&facts, "Edelläsi jonossa on 1 henkilö.", true);
    expect_piece(&facts, "Paikkakunta: ", true);
    facts.position = 22;
    expect_piece(&facts, "Edelläsi jonossa on 21 henkilöä.", true);
    facts.position = 1;
    expect_piece(&facts, "Olet jonossa ensimmäisenä.", true);
    expect_piece(&facts, "Edelläsi", false);
    facts.language = LANGUAGE_EN;
    facts.position = 2;
    expect_piece(&facts, "1 person is ahead of you.", true);
    facts.position = 3;
    expect_piece(&facts, "2 people are ahead of you.", true);
}

static void test_letter_without_what_is_not_known(void **state)
{
    struct letter_facts facts = {.kind = KIND_CONFIRMATION, .language = LANGUAGE_FI, .training = "Voimaa johtajuuteen"};

    (void)state;
    assert_string_equal(body_of(&facts),
                        "Hei!\n\n"
                        "Ilmoittautumisesi on vahvistettu: sinulla on paikka koulutuksessa Voimaa johtajuuteen.\n\n"
                        "Jos et pääse mukaan, peru paikkasi ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Vapautunut "
                        "paikka siirtyy varasijajonossa seuraavalle.\n\n"
                        "Tämä viesti on lähetetty automaattisesti, eikä siihen voi vastata.\n");
    facts.kind = KIND_PROMOTION;
    expect_piece(&facts, "määräai", false);
    expect_piece(&facts, "Määräaika", false);
    expect_piece(&facts, "Jos paikka ei sovi sinulle, peru se", true);
    facts.kind = KIND_WAITING_LIST; /* a position nobody knows is not "first" */
    expect_piece(&facts, "jonossa ensimmäisenä", false);
    facts.kind = KIND_CANCELLATION;
    expect_piece(&facts, "Paikkasi on vapautettu", false);
    expect_piece(&facts, "Syy", false);
    facts.stood = STOOD_QUEUED;
    expect_piece(&facts, "Et ole enää varasijajonossa.", true);
}

static void test_letter_needs_its_training(void **state)
{
    struct letter_facts facts = full(KIND_CONFIRMATION, LANGUAGE_SV);
    const char *missing = NULL;

    (void)state;
    facts.training = "";
    assert_int_equal(letter_render(&facts, &letter, &missing), LETTER_MISSING);
    assert_string_equal(missing, "training");
    facts.training = NULL;
    assert_int_equal(letter_render(&facts, &letter, NULL), LETTER_MISSING);
}

static void test_letter_that_does_not_fit(void **state)
{
    static char huge[LETTER_BODY_MAX + 100];
    struct letter_facts facts = full(KIND_CANCELLATION, LANGUAGE_FI);

    (void)state;
    memset(huge, 'x', sizeof huge - 1);
    facts.reason = huge;
    assert_int_equal(letter_render(&facts, &letter, NULL), LETTER_TOO_LONG);
    facts.reason = "";
    facts.training = huge + sizeof huge - 1 - LETTER_SUBJECT_MAX;
    assert_int_equal(letter_render(&facts, &letter, NULL), LETTER_TOO_LONG);
}

/* The longest facts the contract lets through: 200 characters of four bytes each, and as many webinars as a letter names. */
static void test_letter_of_longest_facts(void **state)
{
    static char longest[4 * 200 + 1], reason[2001], places[20001];

    (void)state;
    for (size_t i = 0; i < 200; i++)
        memcpy(longest + 4 * i, "\U0001F6A2", 4);
    memset(reason, 'r', sizeof reason - 1);
    memset(places, 'p', sizeof places - 1);
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++) {
        for (int language = LANGUAGE_FI; language < LANGUAGE_COUNT; language++) {
            struct letter_facts facts = full((enum message_kind)kind, (enum language)language);
            facts.name = facts.training = facts.implementation = facts.organiser = longest;
            facts.reason = reason;
            facts.places = places;
            facts.session_count = LETTER_SESSIONS_MAX;
            for (size_t i = 0; i < facts.session_count; i++)
                facts.sessions[i] = (struct letter_session){longest, "torstai 30.1.2025 klo 9.00–perjantai 31.1.2025 klo 12.00", true};
            assert_int_equal(letter_render(&facts, &letter, NULL), LETTER_OK);
        }
    }
}

static void test_letter_fact_is_not_a_template(void **state)
{
    struct letter_facts facts = full(KIND_CANCELLATION, LANGUAGE_FI);

    (void)state;
    facts.reason = "{name} ?x|y # ~";
    expect_piece(&facts, "Syy: {name} ?x|y # ~\n", true);
}

static void test_language(void **state)
{
    (void)state;
    assert_int_equal(language_read("sv", 2), LANGUAGE_SV);
    assert_int_equal(language_read("en", 2), LANGUAGE_EN);
    assert_int_equal(language_read("fi", 2), LANGUAGE_FI);
    assert_int_equal(language_read("se", 2), LANGUAGE_FI);
    assert_int_equal(language_read("", 0), LANGUAGE_FI);
    assert_string_equal(language_code(LANGUAGE_SV), "sv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letter_finnish),                 /* a Finnish confirmation, word for word */
        cmocka_unit_test(test_letter_swedish),                 /* a Swedish waiting-list letter, word for word */
        cmocka_unit_test(test_letter_english),                 /* an English cancellation, word for word */
        cmocka_unit_test(test_letter_every_kind_and_language), /* all 18 templates render whole, no notation left in them */
        cmocka_unit_test(test_letter_offer),                   /* an offer says until when; without that it is not written */
        cmocka_unit_test(test_letter_cause),                   /* a cancellation says why: an offer not answered, a review */
        cmocka_unit_test(test_letter_review),        /* a confirmation says that somebody has still to look; acceptance and condition */
        cmocka_unit_test(test_letter_moved_webinar), /* before and after; called off; or made certain */
        cmocka_unit_test(test_letter_announcement),  /* a coordinator's words as they are */
        cmocka_unit_test(test_letter_plurals),       /* one and many, in Finnish and English */
        cmocka_unit_test(test_letter_without_what_is_not_known), /* a line without its fact is left out */
        cmocka_unit_test(test_letter_needs_its_training),        /* without the training there is no letter, and the fact is named */
        cmocka_unit_test(test_letter_that_does_not_fit),         /* an absurdly long fact is refused, not cut */
        cmocka_unit_test(test_letter_of_longest_facts),          /* the longest that enrolment takes in can be said */
        cmocka_unit_test(test_letter_fact_is_not_a_template),    /* what people write is never read as a template */
        cmocka_unit_test(test_language),                         /* codes; what is not known is Finnish */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
