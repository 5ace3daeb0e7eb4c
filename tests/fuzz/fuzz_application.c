/* Fuzz entry for what an applicant writes: arbitrary bytes as funding.Content. What the bounds take is read into the domain and checked
 * against a call; what the check finds whole adds up, and has only days and codes there are.
 *
 * Run: build with HV_FUZZ=ON, then `fuzz_application -max_total_time=60 -max_len=16384`. */
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/wire/wire.h"
#include "services/funding/handler/content.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *sentence)
{
    if (!holds)
        bug(sentence);
}

static void check_whole(const struct content *content)
{
    const struct consortium_sums sums = consortium_sum(&content->consortium);

    expect(!sums.overflow && sums.grant_rows == 1, "a whole application has one amount");
    expect(sums.partners == sums.grant && sums.lines == sums.shares && sums.grant + sums.own == sums.shares, "it adds up");
    expect(content->starts_on > BAD_DAY && content->ends_on >= content->starts_on, "it has days");
    expect(content->consortium.partner_count > 0 && content->consortium.line_count > 0, "it has rows");
}

static void check_findings(const struct findings *findings)
{
    expect(findings->count <= FINDINGS_MAX, "the list is bounded");
    for (size_t i = 0; i < findings->count; i++)
        expect(memchr(findings->rows[i].field, '\0', FINDING_FIELD_MAX) != NULL, "a path ends");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct call_theme theme = {.id = {{1}}, .allocation_cents = 1000};
    static struct call_group group = {.themes = &theme, .theme_count = 1};
    static struct call_question question = {.id = {{2}}, .required = true, .most = 5};
    static const struct call CALL = {
        .groups = &group, .group_count = 1, .questions = &question, .question_count = 1, .use_until = 40000, .own_permille = 7};
    struct arena *arena = arena_new(4096);
    struct job *job = arena_alloc(arena, sizeof *job);
    struct findings *findings = arena_alloc(arena, sizeof *findings);
    ProtobufCMessage *message;

    job->arena = arena;
    if (wire_unpack(arena, span_of(data, size), &funding__content__descriptor, &message) != ERR_OK)
        goto free_arena;
    const Funding__Content *written = (const Funding__Content *)message;
    if (content_check(job, written) != ERR_OK) {
        expect(job->problem != NULL && *job->problem->field != '\0', "a refusal names its field");
        goto free_arena;
    }
    const struct content *content = content_read(arena, written, (struct uuid){{3}}, (struct uuid){{4}});
    application_check(content, &CALL, findings);
    check_findings(findings);
    if (findings->errors == 0)
        check_whole(content);
    expect(trainee_days_tenths(content->parts, content->part_count) >= 0, "days are not negative");
free_arena:
    arena_free(arena);
    return 0;
}
