/* hv replay: moves a service's place in a stream back, so that it applies the events again. Safe, for applying an event twice has
 * one effect; slow on a long stream. */
#include <inttypes.h>
#include <stdio.h>

#include "common/base/buf.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

static int run(const struct common *common, const char *service, const char *stream, uint64_t from)
{
    struct http *http = http_open(common, true);
    struct buf path = {0};
    json_t *reply = NULL;
    char after[24];
    if (!http)
        return HV_USAGE;
    snprintf(after, sizeof after, "%" PRIu64, from - 1);
    buf_printf(&path, "/api/events/%s/rewind", service);
    buf_u8(&path, 0);
    const int status =
        http_call(http, "POST", (const char *)path.data, json_pack("{s:s, s:s}", "stream", stream, "afterSeq", after), &reply);
    if (status == HV_YES && common->json)
        output_json(reply);
    else if (status == HV_YES)
        printf("%s stood at %" PRId64 " of %s and now stands at %" PRId64 "; it applies what follows again.\n", service,
               output_number(reply, "was"), stream, output_number(reply, "now"));
    json_decref(reply);
    buf_fini(&path);
    http_close(http);
    return status;
}

int replay_main(int argc, char **argv)
{
    struct common common;
    const char *service = NULL, *stream = NULL, *from_text = "1";
    uint64_t from = 0;
    const struct arg args[] = {{"--stream", "S", "the stream to apply again, e.g. enrolment.0", .text = &stream},
                               {"--from", "N", "the first event to apply again [1]", .text = &from_text}};
    const struct usage usage = {
        .synopsis = "replay SERVICE --stream S [--from N]",
        .text =
            "Lets SERVICE apply the events of another service's stream again, from number N on: after its own tables were\n"
            "repaired, say. Nothing happens twice by it: an effect that is there is left alone. It only goes back; a stream that\n"
            "has stopped may be moved past what its publisher no longer has. Admins only. SERVICE: enrolment, notification, funding.\n\n"
            "  hv replay notification --stream enrolment.0 --from 1201",
        .args = args,
        .arg_count = sizeof args / sizeof args[0],
        .word_least = 1,
        .word_most = 1};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, &service);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    if (!stream)
        return args_wrong(&usage, "which stream? give --stream", NULL);
    if (!args_number(from_text, INT64_MAX, &from) || from == 0)
        return args_wrong(&usage, "--from is a number, 1 or more", from_text);
    return run(&common, service, stream, from);
}
