/* hv reseal: the step between adding a new key for sensitive answers and taking the old one away. Asks the service to seal anew, some
 * hundred at a time, until nothing is left that an older key sealed. */
#include <inttypes.h>
#include <stdio.h>

#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

struct report {
    int64_t resealed, left, key;
};

/* Until nothing is left, or what is left cannot be opened: then a step seals nothing. */
static int run(struct http *http, struct report *report)
{
    int64_t step = 1;
    int status = HV_YES;

    while (status == HV_YES && step > 0 && (report->key == 0 || report->left > 0)) {
        json_t *reply = NULL;
        status = http_call(http, "POST", "/api/answers:reseal", json_object(), &reply);
        if (status == HV_YES) {
            step = output_number(reply, "resealed");
            report->resealed += step;
            report->left = output_number(reply, "left");
            report->key = output_number(reply, "key");
        }
        json_decref(reply);
    }
    return status;
}

static void say(const struct report *report, bool json)
{
    if (json) {
        json_t *out = json_pack("{s:I, s:I, s:I}", "resealed", (json_int_t)report->resealed, "left", (json_int_t)report->left, "key",
                                (json_int_t)report->key);
        output_json(out);
        json_decref(out);
        return;
    }
    printf("%" PRId64 " answers were sealed anew with key %" PRId64 "\n", report->resealed, report->key);
    if (report->left > 0)
        printf("%" PRId64 " answers are sealed with a key that is not in the file, or do not open with it: keep every key you have\n",
               report->left);
    else
        puts("nothing is left that an older key sealed: older keys can be taken out of the file");
}

int reseal_main(int argc, char **argv)
{
    struct common common;
    struct report report = {0};
    const struct usage usage = {
        .synopsis = "reseal [OPTION]...",
        .text =
            "Sensitive answers lie in the database sealed with a key of the file that HV_DATA_KEYS names: lines of a number and 64 hex\n"
            "digits. To change the key: add a line with a higher number, start the enrolment service anew, run this, and when nothing\n"
            "is left take the old line out and start the service anew. Admins only. Exit status 1: something is left.\n\n"
            "  hv reseal"};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, NULL);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    struct http *http = http_open(&common, true);
    if (!http)
        return HV_USAGE;
    int status = run(http, &report);
    http_close(http);
    if (status != HV_YES)
        return status;
    say(&report, common.json);
    return report.left > 0 ? HV_NO : HV_YES;
}
