/* Small constant answers. */
#include "services/gateway/http/answer.h"
#include "services/gateway/live/home.h"

/* Every letter leads here, whatever language its reader has: so it says in all three what this is. */
static const char PAGE[] =
    "<!doctype html>\n<html lang=\"fi\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
    "<title>Hakuväylä</title></head>\n<body>\n<h1>Hakuväylä</h1>\n"
    "<p>Täydennyskoulutukseen ilmoittautumisen ja avustusten hakemisen palvelu. Tässä osoitteessa on palvelun "
    "ohjelmointirajapinta; ilmoittautumiset, avustushakemukset, päätökset ja viestit näet siinä palvelussa, jossa olet ilmoittautunut "
    "tai tehnyt hakemuksen. Avustuspäätöksestä vastaa ja siitä kertoo lisää päätöksessä mainittu viranomainen.</p>\n"
    "<p lang=\"sv\">Tjänsten för anmälan till fortbildning och för ansökan om understöd. På den här adressen finns tjänstens "
    "programmeringsgränssnitt; dina anmälningar, ansökningar, beslut och meddelanden ser du i den tjänst där du har anmält dig eller "
    "ansökt. För ett beslut om understöd svarar den myndighet som nämns i beslutet, och den berättar mer om det.</p>\n"
    "<p lang=\"en\">Enrolment in continuing education and applications for grants. This address serves the programming "
    "interface; you see your enrolments, applications, decisions and messages in the service where you enrolled or applied. The authority "
    "named in a decision on a grant answers for it and tells you more.</p>\n"
    "<ul>\n<li><a href=\"/api/calls\">Avustushaut – <span lang=\"sv\">Utlysningar av understöd</span> – "
    "<span lang=\"en\">Calls for grants</span> (JSON)</a></li>\n"
    "<li><a href=\"/api/municipalities\">Kunnat ja niiden toimielinten päätökset – <span lang=\"sv\">Kommuner och deras organs "
    "beslut</span> – "
    "<span lang=\"en\">Municipalities and the decisions of their boards</span> (JSON)</a></li>\n"
    "<li><a href=\"/health\">Palvelujen tila – <span lang=\"sv\">Tjänsternas status</span> – "
    "<span lang=\"en\">Health of all services</span></a></li>\n"
    "<li><a href=\"/api/openapi.json\">Rajapinnan kuvaus – <span lang=\"sv\">Beskrivning av gränssnittet</span> – "
    "<span lang=\"en\">Description of the interface</span> (OpenAPI)</a></li>\n"
    "</ul>\n</body>\n</html>\n";

static void constant(struct exchange *x, const char *type, const char *text)
{
    struct answer answer = {.status = 200, .type = type, .body = span_text(text)};
    answer_send(x, &answer);
}

void home_serve(void *unused, struct exchange *x)
{
    (void)unused;
    constant(x, "text/html; charset=utf-8", PAGE);
}

void home_serve_alive(void *unused, struct exchange *x)
{
    (void)unused;
    constant(x, "application/health+json", "{\"status\":\"pass\"}");
}
