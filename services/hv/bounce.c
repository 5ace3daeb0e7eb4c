/* hv bounce: what a mail server pipes delivery status notifications and complaints into. Its exit status is of those mail servers know
 * (sysexits.h): 75 lets them keep the notification and try again, so that none is lost while the gateway is away; whatever else than 0 is
 * for good. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

/* The report and the head of the returned mail stand first; of a longer notification the rest of that mail is left out. */
#define MAIL_MOST (150 * 1024)

/* All of it is read, so that whoever writes is not cut off. */
static void read_mail(struct buf *mail)
{
    char piece[8192];
    size_t size;

    while ((size = fread(piece, 1, sizeof piece, stdin)) > 0) {
        const size_t room = MAIL_MOST - mail->len;
        buf_add(mail, piece, size < room ? size : room);
    }
}

static json_t *request_of(const struct buf *mail)
{
    const size_t size = sodium_base64_encoded_len(mail->len, sodium_base64_VARIANT_ORIGINAL);
    char *text = mem_new(size);

    sodium_bin2base64(text, size, mail->data, mail->len, sodium_base64_VARIANT_ORIGINAL);
    json_t *request = json_pack("{s:s}", "content", text);
    mem_free(text);
    return request;
}

static void say(const json_t *report, bool json)
{
    const char *message = output_text(report, "messageId"), *complaint = output_text(report, "complaint");
    const char *what = *complaint != '\0' ? "complaint" : "status";
    const char *detail = *complaint != '\0' ? complaint : output_text(report, "status");

    if (json)
        output_json(report);
    else if (*message == '\0')
        printf("%s %s; it is about none of our messages\n", what, detail);
    else
        printf("%s %s, message %s: %s%s\n", what, detail, message,
               json_is_true(json_object_get(report, "permanent")) ? "came back for good" : "noted",
               json_is_true(json_object_get(report, "suppressed")) ? "; its address gets no more mail" : "");
}

/* The gateway's answer in a mail server's words. What an operator can mend (a token, a wrong address) is worth another try. */
static int exit_of(int status, const json_t *answer)
{
    const int64_t code = answer != NULL ? output_number(answer, "status") : 0;

    if (status == HV_YES)
        return EX_OK;
    return status == HV_NO && (code == 400 || code == 413 || code == 422) ? EX_DATAERR : EX_TEMPFAIL;
}

int bounce_main(int argc, char **argv)
{
    struct common common;
    struct buf mail = {.data = NULL};
    json_t *answer = NULL;
    const struct usage usage = {
        .synopsis = "bounce [OPTION]... < MAIL",
        .text =
            "Reads a delivery status notification (RFC 3464) from standard input, as a mail server delivers it: the message it speaks\n"
            "of is marked as bounced, and an address that is no good gets no more mail. Or a complaint (RFC 5965): whoever called our\n"
            "mail spam gets none any more. What comes to the address in HV_MAIL_FROM, and where providers send complaints to, is to be\n"
            "piped into this command, with an admin's token; in Postfix's aliases, for example:\n\n"
            "  no-reply: \"| hv bounce --token-file /etc/hakuvayla/bounce-token\"\n\n"
            "A token holds for the days it was made for (hv account token NAME --days 366; 30 unless said). When it is over, exit "
            "status 75\n"
            "lets the mail server keep what comes back, for days as a rule: write a new token into the file, and nothing is lost.\n\n"
            "Exit status: 0 taken, 64 wrong usage, 65 neither of the two, 75 try again later (nobody answered, or the token is refused)."};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, NULL);
    if (parsed != ARGS_GO)
        return parsed == ARGS_HELPED ? EX_OK : EX_USAGE;
    struct http *http = http_open(&common, true);
    if (!http)
        return EX_TEMPFAIL;
    read_mail(&mail);
    const int status = http_call(http, "POST", "/api/bounces", request_of(&mail), &answer);
    if (status == HV_YES)
        say(answer, common.json);
    const int exit = exit_of(status, answer);
    json_decref(answer);
    http_close(http);
    buf_fini(&mail);
    return exit;
}
