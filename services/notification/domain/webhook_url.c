/* Which URLs may be webhooks: a webhook is a stranger's wish that our machine should call somewhere (server-side request forgery). The text
 * of a URL is judged when it is entered; the address a name leads to is judged at each connection (webhook_address.c), because
 * names change. */
#include <string.h>

#include "services/notification/domain/webhook.h"

#define HOST_MAX  253
#define LABEL_MAX 63

/* --- the host of a URL ----------------------------------------------------------------------------------------------- */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum webhook_url judge_v6(const char *text, size_t len, bool allow_private)
{
    uint8_t address[16];

    if (!webhook_v6_read(span_of(text, len), address))
        return WEBHOOK_URL_HOST;
    return allow_private || !webhook_v6_private(address) ? WEBHOOK_URL_OK : WEBHOOK_URL_PRIVATE;
}

/* A name whose last label is a number is an address to whoever resolves it; only the plain form is taken, so that 0177.1 and 2130706433
 * hide nothing. */
static enum webhook_url judge_v4(const char *host, bool allow_private)
{
    uint8_t address[4];

    if (!webhook_v4_read(span_text(host), address))
        return WEBHOOK_URL_HOST;
    return allow_private || !webhook_v4_private(address) ? WEBHOOK_URL_OK : WEBHOOK_URL_PRIVATE;
}

static bool labels_valid(const char *host)
{
    size_t label = 0;

    for (const char *p = host; *p != '\0'; p++) {
        const bool letter = (*p >= 'a' && *p <= 'z') || is_digit(*p);
        if (*p == '.') {
            if (label == 0 || p[-1] == '-')
                return false;
            label = 0;
        } else if ((letter || (*p == '-' && label > 0)) && label < LABEL_MAX) {
            label++;
        } else {
            return false;
        }
    }
    return label > 0;
}

/* Names that mean a place inside a house, in every house another one. */
static bool name_private(const char *host)
{
    static const char *const ENDS[] = {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "test", "invalid"};
    const size_t len = strlen(host);

    if (strchr(host, '.') == NULL)
        return true;
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        const size_t end = strlen(ENDS[i]);
        if (len > end && host[len - end - 1] == '.' && strcmp(host + len - end, ENDS[i]) == 0)
            return true;
    }
    return false;
}

static enum webhook_url judge_host(const char *text, size_t len, bool allow_private)
{
    char host[HOST_MAX + 1];

    if (len == 0 || len > HOST_MAX)
        return WEBHOOK_URL_HOST;
    for (size_t i = 0; i < len; i++)
        host[i] = lower(text[i]);
    host[len] = '\0';
    if (!labels_valid(host))
        return WEBHOOK_URL_HOST;
    const char *dot = strrchr(host, '.'), *last = dot ? dot + 1 : host;
    if (is_digit(*last))
        return judge_v4(host, allow_private); /* no top-level domain begins with a digit */
    return allow_private || !name_private(host) ? WEBHOOK_URL_OK : WEBHOOK_URL_PRIVATE;
}

/* --- the URL --------------------------------------------------------------------------------------------------------- */
/* After the colon. Services that could take what we send for words of their own are not called. */
static enum webhook_url judge_port(const char *text, size_t len)
{
    static const unsigned FORBIDDEN[] = {0,    7,    9,    13,   19,   20,   21,   22,   23,   25,   37,    42,   53,  69,   79,
                                         110,  111,  119,  123,  135,  137,  138,  139,  143,  161,  179,   389,  445, 465,  512,
                                         513,  514,  515,  540,  548,  554,  563,  587,  601,  636,  873,   993,  995, 1433, 1521,
                                         2049, 3306, 3389, 5432, 6000, 6379, 6667, 7025, 9042, 9200, 11211, 27017};
    unsigned port = 0;

    if (len == 0 || len > 5)
        return WEBHOOK_URL_PORT;
    for (size_t i = 0; i < len; i++) {
        if (!is_digit(text[i]))
            return WEBHOOK_URL_PORT;
        port = port * 10 + (unsigned)(text[i] - '0');
    }
    for (size_t i = 0; i < sizeof FORBIDDEN / sizeof FORBIDDEN[0]; i++)
        if (port == FORBIDDEN[i])
            return WEBHOOK_URL_PORT;
    return port <= 65535 ? WEBHOOK_URL_OK : WEBHOOK_URL_PORT;
}

/* "host", "host:port", "[v6]" or "[v6]:port". */
static enum webhook_url judge_authority(const char *text, size_t len, bool allow_private)
{
    const bool v6 = len > 0 && text[0] == '[';
    const char *host_end = v6 ? memchr(text, ']', len) : memchr(text, ':', len);
    enum webhook_url wrong;

    if (v6 && host_end == NULL)
        return WEBHOOK_URL_HOST;
    const size_t host = host_end ? (size_t)(host_end - text) : len;
    const size_t rest = v6 ? host + 1 : host; /* where a colon may stand */
    wrong = v6 ? judge_v6(text + 1, host - 1, allow_private) : judge_host(text, host, allow_private);
    if (wrong != WEBHOOK_URL_OK || rest == len)
        return wrong;
    return text[rest] == ':' ? judge_port(text + rest + 1, len - rest - 1) : WEBHOOK_URL_HOST;
}

static size_t scheme_length(const char *text, size_t len, const char *scheme)
{
    const size_t want = strlen(scheme);

    if (len < want)
        return 0;
    for (size_t i = 0; i < want; i++)
        if (lower(text[i]) != scheme[i])
            return 0;
    return want;
}

static bool characters_valid(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] > '~' || strchr("\"<>\\^`{|}", text[i]) != NULL)
            return false;
    return true;
}

enum webhook_url webhook_url_judge(struct span url, bool allow_private)
{
    const char *text = (const char *)url.data;

    if (url.len == 0 || url.len > WEBHOOK_URL_MAX)
        return WEBHOOK_URL_LENGTH;
    if (!characters_valid(text, url.len))
        return WEBHOOK_URL_CHARACTERS;
    size_t from = scheme_length(text, url.len, "https://");
    if (from == 0 && allow_private)
        from = scheme_length(text, url.len, "http://");
    if (from == 0)
        return WEBHOOK_URL_SCHEME;
    if (memchr(text, '#', url.len) != NULL)
        return WEBHOOK_URL_FRAGMENT;
    size_t end = from;
    while (end < url.len && text[end] != '/' && text[end] != '?')
        end++;
    if (memchr(text + from, '@', end - from) != NULL)
        return WEBHOOK_URL_USER;
    return judge_authority(text + from, end - from, allow_private);
}
