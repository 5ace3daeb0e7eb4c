/* Small constant answers. */
#include "services/gateway/http/answer.h"
#include "services/gateway/live/home.h"

static const char PAGE[] = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Hakuväylä</title></head>\n<body>\n"
                           "<h1>Hakuväylä</h1>\n"
                           "<p>Enrolment in continuing education. This address serves the programming interface.</p>\n"
                           "<ul>\n<li><a href=\"/health\">Health of all services</a></li>\n"
                           "<li><a href=\"/api/openapi.json\">Description of the interface (OpenAPI)</a></li>\n</ul>\n</body>\n</html>\n";

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
