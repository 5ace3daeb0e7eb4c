/* hv import: a programme from a JSON file (the form of enrolment.Programme), a grant call (the form of funding.CallContent), a project of
 * the register (the form of funding.Project), or a municipality (the form of municipal.Municipality, with user names in the place of ids,
 * if one likes). Always a dry run first, whose lines are shown: what it would create and change, and where
 * the input disagrees with itself. Nothing is corrected, nothing hidden. Changes to what stands wait for a yes: a programme's moved date
 * goes to everybody with a place by mail, and no mail comes back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/base/time.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/import_people.h"
#include "services/hv/output.h"
#include "services/hv/shift.h"

struct import {
    struct common common;
    const char *file, *shift_to, *shift_weeks;
    bool dry_run, yes, publish;
    enum { IMPORT_PROGRAMME, IMPORT_CALL, IMPORT_PROJECT, IMPORT_MUNICIPALITY } what;
    int64_t weeks;
    int dates;
};

/* What is imported, in words; a programme has its own. */
static const char *noun_of(const struct import *import)
{
    switch (import->what) {
    case IMPORT_PROGRAMME:
        return "programme";
    case IMPORT_CALL:
        return "call";
    case IMPORT_PROJECT:
        return "project";
    case IMPORT_MUNICIPALITY:
        return "municipality";
    }
    return "";
}

/* A date ("2026-12-01", midnight in Finland) or a date-time. */
static bool read_moment(const char *text, int64_t *out)
{
    char whole[40];
    if (strlen(text) != 10)
        return time_parse(out, span_text(text));
    snprintf(whole, sizeof whole, "%sT00:00:00Z", text);
    if (!time_parse(out, span_text(whole)))
        return false;
    *out -= shift_offset_us(*out - 3 * TIME_HOUR);
    return true;
}

static bool find_weeks(struct import *import, const json_t *programme)
{
    int64_t earliest = 0, first = 0;
    if (import->shift_weeks) {
        char *end = NULL;
        const long weeks = strtol(import->shift_weeks, &end, 10);
        import->weeks = weeks;
        if (*end || end == import->shift_weeks || weeks < -5200 || weeks > 5200)
            return fputs("hv: --shift-weeks is a number of weeks, e.g. 120\n", stderr), false;
    } else if (import->shift_to) {
        if (!read_moment(import->shift_to, &earliest))
            return fputs("hv: --shift-to is a date such as 2026-12-01, or a date-time\n", stderr), false;
        if (!shift_first_window(programme, &first))
            return fputs("hv: the file has no window whose opening could be shifted\n", stderr), false;
        import->weeks = shift_weeks_until(first, earliest);
    }
    return true;
}

static bool shift(struct import *import, json_t *programme)
{
    const char *bad = NULL;
    if (import->weeks == 0)
        return true;
    import->dates = shift_all(programme, import->weeks, &bad);
    if (import->dates < 0)
        fprintf(stderr, "hv: %s: %s is not a date-time such as 2026-09-01T06:00:00Z\n", import->file, bad);
    return import->dates >= 0;
}

static void say_line(const json_t *line)
{
    static const struct {
        const char *kind, *word;
    } WORDS[] = {{"NOTE", "note"}, {"CREATES", "creates"}, {"CHANGES", "changes"}, {"DISAGREES", "DISAGREES"}};
    const char *kind = output_text(line, "kind"), *word = "note";
    const json_t *text = json_object_get(line, "text");
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(kind, WORDS[i].kind) == 0)
            word = WORDS[i].word;
    const char *words = *output_text(text, "en") ? output_text(text, "en") : output_text(text, "fi");
    printf("  %-9s  %s%s%s\n", word, output_text(line, "field"), *output_text(line, "field") ? ": " : "", words);
}

/* Of a grant call: what is missing in it (an error keeps it from being published) or unusual; of a project: what disagrees; of a
 * municipality either. */
static void say_findings(const struct import *import, const json_t *report, bool would)
{
    const char *noun = noun_of(import);
    const json_t *holder = import->what == IMPORT_PROJECT ? json_object_get(report, "project") : report;
    const bool created = json_is_true(json_object_get(report, "created")), changed = json_is_true(json_object_get(report, "changed"));
    size_t i = 0;
    json_t *finding = NULL;
    puts(would ? "What it would do:" : "What it does:");
    if (created || changed)
        printf("  %s the %s\n", created ? "creates" : "changes", noun);
    else
        printf("  nothing: the %s stands like this already\n", noun);
    json_array_foreach(json_object_get(holder, "findings"), i, finding)
        printf("  %-9s  %s: %s\n", json_is_true(json_object_get(finding, "warning")) ? "note" : "MISSING", output_text(finding, "field"),
               output_text(json_object_get(finding, "text"), "en"));
}

static void say_report(const json_t *report, bool would)
{
    size_t i = 0;
    json_t *line = NULL;
    bool disagrees = false;
    puts(would ? "What it would do:" : "What it does:");
    json_array_foreach(json_object_get(report, "lines"), i, line)
    {
        say_line(line);
        disagrees |= strcmp(output_text(line, "kind"), "DISAGREES") == 0;
    }
    if (json_array_size(json_object_get(report, "lines")) == 0)
        puts("  nothing to do: the programme stands like this already");
    if (disagrees)
        puts(would ? "What disagrees would not stop the import."
                   : "What disagrees does not stop the import: it is stored as it stands in the file.");
}

/* What becomes other with a programme that stands; what is added counts too, since a new date goes to everybody with a place. 0: the
 * programme is new itself, or stands like this already. */
static size_t count_changes(const json_t *report)
{
    size_t i = 0, changes = 0;
    const json_t *line = NULL;
    if (json_object_get(report, "changed")) /* of a grant call, or a project */
        return json_is_true(json_object_get(report, "changed")) && !json_is_true(json_object_get(report, "created")) ? 1 : 0;
    json_array_foreach(json_object_get(report, "lines"), i, line)
    {
        const bool creates = strcmp(output_text(line, "kind"), "CREATES") == 0;
        if (creates && strcmp(output_text(line, "field"), "code") == 0)
            return 0;
        changes += creates || strcmp(output_text(line, "kind"), "CHANGES") == 0;
    }
    return changes;
}

/* Whether to go on after the dry run. What is asked and said goes to standard error: standard output may be for a script. */
static bool may_apply(const struct import *import, const json_t *report)
{
    char answer[16] = "";
    const size_t changes = count_changes(report);
    if (changes == 0 || import->yes)
        return true;
    (void)fflush(stdout);
    if (import->what != IMPORT_PROGRAMME)
        fprintf(stderr, "hv: the %s stands already and would change\n", noun_of(import));
    else
        fprintf(stderr, "hv: the programme stands already and would change in %zu place%s; those whom a change concerns get mail\n",
                changes, changes == 1 ? "" : "s");
    if (!isatty(STDIN_FILENO))
        return fputs("hv: nothing is changed: no terminal to ask at; --yes applies it\n", stderr), false;
    fputs("apply? [y/N] ", stderr);
    if (fgets(answer, sizeof answer, stdin) && (strcasecmp(answer, "y\n") == 0 || strcasecmp(answer, "yes\n") == 0))
        return true;
    return fputs("hv: nothing is changed\n", stderr), false;
}

static int send(const struct import *import, struct http *http, json_t *programme, bool dry_run, json_t **report)
{
    if (import->what == IMPORT_MUNICIPALITY)
        return http_call(http, "POST", "/api/municipalities:import", json_pack("{s:O, s:b}", "municipality", programme, "dryRun", dry_run),
                         report);
    if (import->what == IMPORT_PROJECT)
        return http_call(http, "POST", "/api/projects:import", json_pack("{s:O, s:b}", "project", programme, "dryRun", dry_run), report);
    if (import->what == IMPORT_CALL)
        return http_call(http, "POST", "/api/calls:import",
                         json_pack("{s:O, s:b, s:b}", "content", programme, "dryRun", dry_run, "publish", import->publish), report);
    json_t *body = json_pack("{s:O, s:b}", "programme", programme, "dryRun", dry_run);
    return http_call(http, "POST", "/api/programmes:import", body, report);
}

/* What the dry run found, for a person. */
static void say_before(const struct import *import, const json_t *before)
{
    if (import->common.json)
        return;
    if (import->weeks != 0)
        printf("%d dates are shifted by %lld weeks.\n", import->dates, (long long)import->weeks);
    const bool would = import->dry_run || (count_changes(before) > 0 && !import->yes);
    if (import->what == IMPORT_PROGRAMME)
        say_report(before, would);
    else
        say_findings(import, before, would);
}

/* Both reports, for a program. */
static void put_reports(const struct import *import, json_t *before, json_t *after)
{
    json_t *all = json_pack("{s:I, s:i, s:O, s:O?}", "shiftedWeeks", (json_int_t)import->weeks, "shiftedDates", import->dates, "dryRun",
                            before, "report", after);
    output_json(all);
    json_decref(all);
}

static void say_done(const struct import *import, const json_t *after)
{
    const json_t *call = json_object_get(after, "call"), *project = json_object_get(after, "project");
    const json_t *municipality = json_object_get(after, "municipality");
    if (import->what == IMPORT_CALL)
        printf("Done: call %s, %s, %s\n", output_text(call, "id"), output_text(call, "registerNumber"), output_text(call, "state"));
    else if (import->what == IMPORT_PROJECT)
        printf("Done: project %s, %s\n", output_text(project, "id"), output_text(project, "state"));
    else if (import->what == IMPORT_MUNICIPALITY)
        printf("Done: municipality %s\n", output_text(municipality, "id"));
    else
        printf("Done: programme %s\n", output_text(after, "programmeId"));
}

static int run(struct import *import, json_t *programme)
{
    struct http *http = http_open(&import->common, true);
    json_t *before = NULL, *after = NULL;
    if (!http)
        return HV_USAGE;
    int status = import->what == IMPORT_MUNICIPALITY ? import_people(http, programme) : HV_YES;
    if (status == HV_YES)
        status = send(import, http, programme, true, &before);
    const bool asked = status == HV_YES;
    if (asked)
        say_before(import, before);
    if (asked && !import->dry_run)
        status = may_apply(import, before) ? send(import, http, programme, false, &after) : HV_NO;
    if (status == HV_YES && after && !import->common.json)
        say_done(import, after);
    if (import->common.json && (status == HV_YES || (asked && status == HV_NO && !after)))
        put_reports(import, before, after);
    json_decref(before);
    json_decref(after);
    http_close(http);
    return status;
}

/* What the file is, by a member that only one of them has. */
static int kind_of(const json_t *programme)
{
    if (json_is_array(json_object_get(programme, "groups")))
        return IMPORT_CALL;
    if (json_is_array(json_object_get(programme, "boards")))
        return IMPORT_MUNICIPALITY;
    return json_is_string(json_object_get(programme, "leadName")) ? IMPORT_PROJECT : IMPORT_PROGRAMME;
}

/* The thing itself: a whole request serves as well. (A project has a programme too: the words of its funder.) */
static json_t *inner_of(json_t *json)
{
    static const char *const MEMBERS[] = {"programme", "content", "project", "municipality"};
    for (size_t i = 0; i < sizeof MEMBERS / sizeof MEMBERS[0]; i++)
        if (json_is_object(json_object_get(json, MEMBERS[i])))
            return json_object_get(json, MEMBERS[i]);
    return json;
}

int import_main(int argc, char **argv)
{
    struct import import = {0};
    const struct arg args[] = {{"--dry-run", NULL, "only say what it would do", .flag = &import.dry_run},
                               {"--yes", NULL, "apply changes to what stands without asking", .flag = &import.yes},
                               {"--publish", NULL, "a grant call: publish it, where nothing is missing", .flag = &import.publish},
                               {"--shift-to", "DATE",
                                "shift all dates by whole weeks, so that the first window, or the call, opens on DATE or after",
                                .text = &import.shift_to},
                               {"--shift-weeks", "N", "shift all dates by N weeks", .text = &import.shift_weeks}};
    const struct usage usage = {
        .synopsis = "import FILE [OPTION]...",
        .text = "Reads a programme with its units, implementations, windows and rules from a JSON file (\"-\": standard input)\n"
                "and asks the service first what it would do: what it creates, what it changes, and where the input disagrees\n"
                "with itself - seats that add up to more than the cap, say. That is shown, never corrected. A disagreement does\n"
                "not stop it: look first, with --dry-run. A new programme is then made at once. Before it changes one that stands\n"
                "it asks \"apply? [y/N]\", for those whom a moved date concerns get mail; where there is no terminal to ask at (a\n"
                "script, the file from \"-\") it takes --yes, and without it ends with status 1, nothing changed.\n"
                "The same file again changes nothing. Shifted dates keep their day of the week and their clock time in Finland.\n"
                "deploy/vepo.json is a whole programme in the form a file has; what each field means stands in\n"
                "proto/enrolment.proto, at Programme. A file that has groups is a grant call, as proto/funding.proto says at\n"
                "CallContent, one that has leadName is a project of the register (at Project); both are imported by a preparer, and\n"
                "the report says what keeps a call from being published, and what disagrees in a project. A file that has boards is a\n"
                "municipality (proto/municipal.proto, at Municipality), imported by its secretary or an admin; officials and seats may\n"
                "have userName in the place of personId.\n\n"
                "  hv import deploy/vepo.json --shift-to 2026-12-01 --dry-run\n"
                "  hv import deploy/oikeus-osata.json --shift-to 2026-12-01 --publish\n"
                "  hv import deploy/strapetsi-project.json\n"
                "  hv import deploy/kannus.json",
        .args = args,
        .arg_count = sizeof args / sizeof args[0],
        .word_least = 1,
        .word_most = 1};
    const enum args_result parsed = args_parse(&usage, argc, argv, &import.common, &import.file);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    if (import.shift_to && import.shift_weeks)
        return args_wrong(&usage, "--shift-to and --shift-weeks exclude each other", NULL);
    json_t *json = output_read(import.file);
    if (!json)
        return HV_USAGE;
    json_t *programme = inner_of(json);
    int status = HV_USAGE;
    import.what = kind_of(programme);
    if (!json_is_object(programme))
        fprintf(stderr, "hv: %s holds no JSON object\n", import.file);
    else if (import.what == IMPORT_PROJECT && (import.shift_to || import.shift_weeks))
        fputs("hv: the days of a project are what they were: they are not shifted\n", stderr);
    else if (import.what == IMPORT_MUNICIPALITY && (import.shift_to || import.shift_weeks))
        fputs("hv: a municipality has no days that could be shifted\n", stderr);
    else if (find_weeks(&import, programme) && shift(&import, programme))
        status = run(&import, programme);
    json_decref(json);
    return status;
}
