/* Mails through libcurl (which signs in and encrypts). What matters is how far an attempt came: libcurl tells that something failed; what
 * we say (each command passes on_command), the header lines (each answer of the relay passes on_answer) and the upload (on_body) tell
 * where. Commands and answers alternate, libcurl does not pipeline. */
#include "services/notification/outbound/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/base/utf8.h"

#define CONNECT_TIMEOUT_MS 5000L
#define HURRY_US           (3 * TIME_SECOND)

struct smtp {
    CURL *curl;
    char *url, *from;
    char words[CURL_ERROR_SIZE]; /* libcurl's own, of the mail under way */
    const atomic_bool *hurry;
    int64_t hurry_since_us;
    /* of the mail under way */
    struct span mail;
    size_t sent;
    bool named;   /* RCPT was said: what follows may be about the recipient */
    bool over;    /* QUIT was said: what follows is about nothing any more */
    bool goes_on; /* the last line of an answer was not its last ("550-") */
    bool body_begun, body_whole;
    struct smtp_result *result;
};

/* The relay's words as text for the database: UTF-8, one line; behind those that are there already from byte `at` on, as far as they go. */
static void keep_answer(struct smtp_result *result, size_t at, const char *text, size_t len)
{
    char *out = result->answer + at;

    if (len >= sizeof result->answer - at)
        len = sizeof result->answer - at - 1;
    while (len > 0 && (text[len - 1] == '\r' || text[len - 1] == '\n'))
        len--;
    memcpy(out, text, len);
    out[len] = '\0';
    bool valid = utf8_valid(span_of(out, len));
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)out[i];
        if (c < 32 || c == 127 || (c >= 128 && !valid))
            out[i] = '?';
    }
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A command of ours; libcurl tells of other things too. Each has an answer of its own: what was answered before (an EHLO refused, then
 * HELO taken) says nothing of it. */
static int on_command(CURL *curl, curl_infotype type, char *data, size_t size, void *owner)
{
    struct smtp *smtp = owner;

    (void)curl;
    if (type != CURLINFO_HEADER_OUT || smtp->over)
        return 0;
    smtp->over = size >= 4 && memcmp(data, "QUIT", 4) == 0;
    smtp->named = smtp->named || (size >= 4 && memcmp(data, "RCPT", 4) == 0);
    smtp->goes_on = false;
    if (!smtp->over) {
        smtp->result->code = 0;
        smtp->result->status = (struct status){0};
    }
    return 0;
}

/* One more line of a refusal: the reason may stand in any of them, and so may the enhanced status. */
static void add_line(struct smtp_result *result, const char *line, size_t len)
{
    const size_t at = strlen(result->answer);

    if (result->status.class == 0)
        result->status = status_read(span_of(line, len));
    if (at + 1 < sizeof result->answer && len > 4) {
        result->answer[at] = ' ';
        keep_answer(result, at + 1, line + 4, len - 4);
    }
}

/* A line of the relay: "250-SIZE", "550 5.1.1 No such user". */
static size_t on_answer(char *data, size_t size, size_t count, void *owner)
{
    struct smtp *smtp = owner;
    size_t len = size * count;

    if (len < 3 || !digit(data[0]) || !digit(data[1]) || !digit(data[2]) || smtp->over)
        return len;
    unsigned code = (unsigned)(data[0] - '0') * 100 + (unsigned)(data[1] - '0') * 10 + (unsigned)(data[2] - '0');
    if (smtp->goes_on && code >= 400 && code == smtp->result->code) {
        add_line(smtp->result, data, len);
    } else {
        smtp->result->code = code;
        smtp->result->status = status_read(span_of(data, len));
        keep_answer(smtp->result, 0, data, len);
    }
    smtp->goes_on = len > 3 && data[3] == '-';
    return len;
}

static size_t on_body(char *out, size_t size, size_t count, void *owner)
{
    struct smtp *smtp = owner;
    size_t len = smtp->mail.len - smtp->sent;

    smtp->body_begun = true;
    if (len > size * count)
        len = size * count;
    memcpy(out, smtp->mail.data + smtp->sent, len);
    smtp->sent += len;
    smtp->body_whole = smtp->sent == smtp->mail.len;
    return len;
}

/* Ends a mail that takes too long while the service wants to stop. */
static int on_progress(void *owner, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct smtp *smtp = owner;

    (void)a, (void)b, (void)c, (void)d;
    if (smtp->hurry == NULL || !atomic_load(smtp->hurry))
        return 0;
    if (smtp->hurry_since_us == 0)
        smtp->hurry_since_us = time_steady_us();
    return time_steady_us() - smtp->hurry_since_us > HURRY_US;
}

/* How the relay is encrypted, known and signed in to. What is encrypted only if the relay offers it is not checked either: who can stand
 * in the way can take the offer out. */
static bool configure_safety(CURL *c, const struct smtp_config *config)
{
    static const long WAYS[] = {[RELAY_TLS_OFF] = CURLUSESSL_NONE,
                                [RELAY_TLS_TRY] = CURLUSESSL_TRY,
                                [RELAY_TLS_REQUIRE] = CURLUSESSL_ALL,
                                [RELAY_TLS_AT_ONCE] = CURLUSESSL_ALL};
    const struct relay_setting *relay = config->relay;
    bool checked = relay->tls >= RELAY_TLS_REQUIRE;
    bool ok = curl_easy_setopt(c, CURLOPT_USE_SSL, WAYS[relay->tls]) == CURLE_OK;

    ok = ok && curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, checked ? 1L : 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, checked ? 2L : 0L) == CURLE_OK;
    if (config->ca_bundle != NULL)
        ok = ok && curl_easy_setopt(c, CURLOPT_CAINFO, config->ca_bundle) == CURLE_OK;
    if (relay->user != NULL) {
        ok = ok && curl_easy_setopt(c, CURLOPT_USERNAME, relay->user) == CURLE_OK;
        ok = ok && curl_easy_setopt(c, CURLOPT_PASSWORD, relay->password) == CURLE_OK;
    }
    return ok;
}

/* What libcurl asks and tells us on the way. */
static bool configure_hooks(struct smtp *smtp)
{
    CURL *c = smtp->curl;
    bool ok = curl_easy_setopt(c, CURLOPT_READFUNCTION, on_body) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_READDATA, smtp) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_answer) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_HEADERDATA, smtp) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_VERBOSE, 1L) == CURLE_OK; /* what it prints then, it gives to this function instead */
    ok = ok && curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_command) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_DEBUGDATA, smtp) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK;
    return ok && curl_easy_setopt(c, CURLOPT_XFERINFODATA, smtp) == CURLE_OK;
}

static bool configure(struct smtp *smtp, const struct smtp_config *config)
{
    CURL *c = smtp->curl;
    bool ok = curl_easy_setopt(c, CURLOPT_URL, smtp->url) == CURLE_OK;

    ok = ok && curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_MAIL_FROM, smtp->from) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK; /* a proxy of the environment is for browsers */
    ok = ok && curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_ERRORBUFFER, smtp->words) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)config->timeout_s) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) == CURLE_OK;
    return ok && configure_hooks(smtp) && configure_safety(c, config);
}

enum err smtp_open(struct smtp **out, const struct smtp_config *config)
{
    struct smtp *smtp = mem_new(sizeof *smtp);
    const char *url = config->relay->url;
    size_t size = strlen(url) + strlen(config->domain) + 2;

    smtp->hurry = config->hurry;
    smtp->url = mem_new(size);
    (void)snprintf(smtp->url, size, "%s/%s", url, config->domain); /* libcurl says the path in EHLO */
    smtp->from = mem_new(strlen(config->from) + 3);
    (void)snprintf(smtp->from, strlen(config->from) + 3, "<%s>", config->from);
    smtp->curl = curl_easy_init();
    if (smtp->curl == NULL || !configure(smtp, config)) {
        smtp_close(smtp);
        return ERR_INVALID;
    }
    *out = smtp;
    return ERR_OK;
}

void smtp_close(struct smtp *smtp)
{
    if (smtp == NULL)
        return;
    if (smtp->curl)
        curl_easy_cleanup(smtp->curl);
    mem_free(smtp->url);
    mem_free(smtp->from);
    mem_free(smtp);
}

/* MAIL is about our own sender and the relay's own day, but for a size it announces: that goes with the mail wherever it goes. */
static bool too_large(const struct smtp_result *r)
{
    const struct status s = r->status;

    return r->code == 552 || (s.class == 5 && ((s.subject == 3 && s.detail == 4) || (s.subject == 2 && s.detail == 3)));
}

static enum retry_stage stage_of(const struct smtp *smtp, CURLcode code)
{
    if (code == CURLE_OK || smtp->body_whole)
        return STAGE_BODY;
    if (smtp->body_begun)
        return STAGE_ENVELOPE;
    return smtp->result->code >= 400 && (smtp->named || too_large(smtp->result)) ? STAGE_ENVELOPE : STAGE_SESSION;
}

/* Where it ended. 354 is "go on with the body": with the body out, it is no answer to the mail. An answer of 4.3.x is about the relay's own
 * disk or day (RFC 3463, 3.4): it has not taken the mail, and another one may. */
static void judge(struct smtp *smtp, CURLcode code)
{
    struct smtp_result *r = smtp->result;
    const char *words = smtp->words[0] != '\0' ? smtp->words : curl_easy_strerror(code);

    r->stage = stage_of(smtp, code);
    if (code == CURLE_OK)
        return;
    if (r->code < 400) { /* "go on" was said, and then nothing */
        r->code = 0;
        r->status = (struct status){0};
        keep_answer(r, 0, words, strlen(words));
    }
    r->relay_down = r->stage == STAGE_SESSION || r->code == 0 || r->code == 421;
    r->safe_elsewhere = (r->relay_down && r->stage != STAGE_BODY) || (r->status.class == 4 && r->status.subject == 3);
}

/* Ends a connection that owes us an answer. libcurl would keep it when the silence comes after the body: the next mail would take the late
 * answer for its own, and smtp_close would say QUIT and wait two minutes for the answer to that. It finds it dead this way, and makes a new
 * one. */
static void hang_up(const struct smtp *smtp)
{
    curl_socket_t fd = CURL_SOCKET_BAD;

    if (curl_easy_getinfo(smtp->curl, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK && fd != CURL_SOCKET_BAD)
        (void)shutdown(fd, SHUT_RDWR); /* when it is closed already, so much the better */
}

static CURLcode perform(struct smtp *smtp)
{
    *smtp->result = (struct smtp_result){.stage = STAGE_SESSION};
    smtp->sent = 0;
    smtp->named = smtp->over = smtp->goes_on = smtp->body_begun = smtp->body_whole = false;
    smtp->words[0] = '\0';
    const CURLcode code = curl_easy_perform(smtp->curl);
    judge(smtp, code);
    if (code != CURLE_OK && smtp->result->code == 0)
        hang_up(smtp);
    return code;
}

/* Relays close a connection they have heard enough of, with 421 or without a word, and it says nothing about them: a new one is made. */
static bool was_closed(const struct smtp *smtp, CURLcode code)
{
    const struct smtp_result *r = smtp->result;
    long made = 1;

    return r->relay_down && r->safe_elsewhere && (r->code == 0 || r->code == 421) && code != CURLE_OPERATION_TIMEDOUT &&
           code != CURLE_ABORTED_BY_CALLBACK && curl_easy_getinfo(smtp->curl, CURLINFO_NUM_CONNECTS, &made) == CURLE_OK && made == 0;
}

void smtp_send(struct smtp *smtp, const char *to, struct span mail, struct smtp_result *result)
{
    struct curl_slist *recipients = curl_slist_append(NULL, to);

    *result = (struct smtp_result){.stage = STAGE_SESSION, .relay_down = true};
    smtp->mail = mail;
    smtp->result = result;
    if (recipients != NULL && curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK &&
        curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)mail.len) == CURLE_OK && was_closed(smtp, perform(smtp)))
        (void)perform(smtp);
    (void)curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
}
