/* Small constant answers. */
#include "services/gateway/http/answer.h"
#include "services/gateway/live/home.h"

/* Every letter leads here, whatever language its reader has: so it says in all three what this is. */
static const char PAGE[] =
    "<!doctype html>\n<html lang=\"fi\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
    "<title>Hakuväylä</title></head>\n<body>\n<h1>Hakuväylä</h1>\n"
    "<p>Täydennyskoulutuksen ilmoittautumispalvelu. Tässä osoitteessa on palvelun ohjelmointirajapinta; ilmoittautumiset ja viestit "
    "näet siinä palvelussa, jossa olet ilmoittautunut.</p>\n"
    "<p lang=\"sv\">Anmälningstjänsten för fortbildning. På den här adressen finns tjänstens programmeringsgränssnitt; dina anmälningar "
    "och meddelanden ser du i den tjänst där du har anmält dig.</p>\n"
    "<p lang=\"en\">Enrolment in continuing education. This address serves the programming interface; you see your enrolments and "
    "messages in the service where you enrolled.</p>\n"
    "<ul>\n<li><a href=\"/health\">Palvelujen tila – <span lang=\"sv\">Tjänsternas status</span> – "
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
