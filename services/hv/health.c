/* hv health: how every service is, as the gateway's survey says. */
#include <stdio.h>
#include <string.h>

#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

/* "webhooks" and "deliveries", but 1 webhook and 1 delivery: the units that are counted are plurals, "s" and "ms" are not. */
static void say_value(double value, const char *unit)
{
    const size_t len = strlen(unit);
    if (value != 1 || len <= 3 || unit[len - 1] != 's')
        printf(": %g %s", value, unit);
    else if (strcmp(unit + len - 3, "ies") == 0)
        printf(": 1 %.*sy", (int)(len - 3), unit);
    else
        printf(": 1 %.*s", (int)(len - 1), unit);
}

/* One measurement of one component; those that pass are shown only when asked. */
static void say_check(const char *name, const json_t *check, bool all)
{
    const char *status = output_text(check, "status");
    const bool passes = strcmp(status, "pass") == 0;
    if (passes && !all)
        return;
    const json_t *value = json_object_get(check, "observedValue");
    printf("  %-5s %s", status, name);
    if (*output_text(check, "componentId"))
        printf(" (%s)", output_text(check, "componentId"));
    if (json_is_number(value))
        say_value(json_number_value(value), output_text(check, "observedUnit"));
    printf("%s%s\n", *output_text(check, "output") ? " - " : "", output_text(check, "output"));
}

static void say(const json_t *report, bool all)
{
    const char *name = NULL;
    json_t *checks = NULL, *check = NULL;
    printf("%s%s%s\n", output_text(report, "status"), *output_text(report, "output") ? " - " : "", output_text(report, "output"));
    json_object_foreach(json_object_get((json_t *)(uintptr_t)report, "checks"), name, checks)
    {
        size_t i = 0;
        json_array_foreach(checks, i, check) say_check(name, check, all);
    }
}

int health_main(int argc, char **argv)
{
    struct common common;
    bool all = false;
    const struct arg args[] = {{"--all", NULL, "show what passes, too", .flag = &all}};
    const struct usage usage = {
        .synopsis = "health [OPTION]...",
        .text = "Asks the gateway, which asks every service: database, queues, events still to be applied, mail. Shows what is\n"
                "not as it should be and what to do about it. Exit status 0: all pass or only warn; 1: something fails;\n"
                "3: the gateway itself does not answer.\n\n"
                "  hv health --all",
        .args = args,
        .arg_count = sizeof args / sizeof args[0]};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, NULL);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    struct http *http = http_open(&common, false);
    if (!http)
        return HV_USAGE;
    json_t *report = NULL;
    http_quiet(http, true); /* a 503 with a report is an answer here */
    int status = http_call(http, "GET", "/health", NULL, &report);
    if (status != HV_USAGE && json_object_get(report, "status"))
        status = strcmp(output_text(report, "status"), "fail") == 0 ? HV_NO : HV_YES;
    else {
        fprintf(stderr, "hv: the gateway does not answer: %s\n", http_base(http));
        status = HV_UNREACHED;
    }
    if (report && common.json)
        output_json(report);
    else if (report)
        say(report, all);
    json_decref(report);
    http_close(http);
    return status;
}
