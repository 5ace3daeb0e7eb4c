/* /health: every check of every process as application/health+json (draft-inadarei-api-health-check-06). A process that did not
 * answer is a failed check of its own, with what to do about it. */
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/http/json.h"
#include "services/gateway/live/survey.h"

static const char *const STATUS[] = {"pass", "warn", "fail"};

struct health_doc {
    struct buf *out;
    bool first; /* of the members of "checks" */
    char now[TIME_TEXT];
    int worst;
};

static void text_member(struct buf *out, bool *first, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    json_name(out, first, name);
    json_text(out, span_text(text));
}

static void observation(struct health_doc *doc, const Bus__HealthReport *report, const Bus__HealthCheck *check)
{
    bool first = true;
    unsigned status = check->status <= BUS__HEALTH_CHECK__STATUS__FAIL ? (unsigned)check->status : BUS__HEALTH_CHECK__STATUS__FAIL;
    buf_u8(doc->out, '{');
    text_member(doc->out, &first, "componentId", report->instance);
    json_name(doc->out, &first, "observedValue");
    json_double(doc->out, check->value);
    text_member(doc->out, &first, "observedUnit", check->unit);
    text_member(doc->out, &first, "status", STATUS[status]);
    text_member(doc->out, &first, "time", doc->now);
    text_member(doc->out, &first, "output", check->output);
    buf_u8(doc->out, '}');
    if ((int)status > doc->worst)
        doc->worst = (int)status;
}

static bool same_check(const Bus__HealthReport *a, const Bus__HealthCheck *x, const Bus__HealthReport *b, const Bus__HealthCheck *y)
{
    return strcmp(a->service, b->service) == 0 && strcmp(x->component, y->component) == 0 && strcmp(x->measure, y->measure) == 0;
}

/* Has an earlier report, or an earlier check of this one, the same name? Then its member is written already. */
static bool written_before(const struct survey_result *result, size_t report, size_t check)
{
    const Bus__HealthReport *own = result->reports[report];
    for (size_t r = 0; r <= report; r++) {
        size_t count = r == report ? check : result->reports[r]->n_checks;
        for (size_t c = 0; c < count; c++) {
            if (same_check(own, own->checks[check], result->reports[r], result->reports[r]->checks[c]))
                return true;
        }
    }
    return false;
}

/* One member: the same check of all replicas of a service, in a list. */
static void write_check(struct health_doc *doc, const struct survey_result *result, size_t report, size_t check)
{
    const Bus__HealthReport *own = result->reports[report];
    const Bus__HealthCheck *named = own->checks[check];
    struct buf name = {0};
    bool some = false;
    buf_printf(&name, "%s/%s:%s", own->service, named->component, named->measure);
    if (!doc->first)
        buf_u8(doc->out, ',');
    doc->first = false;
    json_text(doc->out, buf_span(&name));
    buf_fini(&name);
    buf_text(doc->out, ":[");
    for (size_t r = report; r < result->count; r++) {
        for (size_t c = 0; c < result->reports[r]->n_checks; c++) {
            if (!same_check(own, named, result->reports[r], result->reports[r]->checks[c]))
                continue;
            if (some)
                buf_u8(doc->out, ',');
            some = true;
            observation(doc, result->reports[r], result->reports[r]->checks[c]);
        }
    }
    buf_u8(doc->out, ']');
}

static size_t members_of(const struct survey_result *result, const char *service)
{
    size_t count = 0;
    for (size_t i = 0; i < result->member_count; i++)
        count += strcmp(result->members[i].service, service) == 0;
    return count;
}

static size_t reports_of(const struct survey_result *result, const char *service)
{
    size_t count = 0;
    for (size_t i = 0; i < result->count; i++)
        count += strcmp(result->reports[i]->service, service) == 0;
    return count;
}

/* How many replicas of the service answered. None: it fails; some: a warning. */
static void write_answered(struct health_doc *doc, const struct survey_result *result, const char *service)
{
    size_t members = members_of(result, service), reports = reports_of(result, service);
    Bus__HealthReport report = BUS__HEALTH_REPORT__INIT;
    Bus__HealthCheck check = BUS__HEALTH_CHECK__INIT;
    char output[160];
    check.value = (double)reports;
    check.unit = (char *)(uintptr_t) "replicas";
    if (reports < members) {
        check.status = reports == 0 ? BUS__HEALTH_CHECK__STATUS__FAIL : BUS__HEALTH_CHECK__STATUS__WARN;
        snprintf(output, sizeof output, "%zu of %zu did not answer; see whether hv-%s runs and what its log says last", members - reports,
                 members, service);
        check.output = output;
    }
    if (!doc->first)
        buf_u8(doc->out, ',');
    doc->first = false;
    buf_printf(doc->out, "\"%s:answers\":[", service);
    observation(doc, &report, &check);
    buf_u8(doc->out, ']');
}

static bool named_before(const struct survey_result *result, size_t member)
{
    for (size_t i = 0; i < member; i++) {
        if (strcmp(result->members[i].service, result->members[member].service) == 0)
            return true;
    }
    return false;
}

int health_write(struct buf *out, const struct survey_result *result, int64_t now_us)
{
    struct health_doc doc = {.out = out, .first = true};
    time_format(now_us, doc.now);
    buf_text(out, "{\"version\":\"1\",\"releaseId\":\"" HV_VERSION "\",\"serviceId\":\"hakuvayla\",\"checks\":{");
    for (size_t i = 0; i < result->member_count; i++) {
        if (!named_before(result, i))
            write_answered(&doc, result, result->members[i].service);
    }
    for (size_t r = 0; r < result->count; r++) {
        for (size_t c = 0; c < result->reports[r]->n_checks; c++) {
            if (!written_before(result, r, c))
                write_check(&doc, result, r, c);
        }
    }
    buf_printf(out, "},\"status\":\"%s\"}", STATUS[doc.worst]);
    return doc.worst == BUS__HEALTH_CHECK__STATUS__FAIL ? 503 : 200;
}

static void answer_health(struct exchange *x, const struct survey_result *result)
{
    buf_clear(&x->out);
    int status = health_write(&x->out, result, time_now_us());
    struct answer answer = {.status = status, .type = "application/health+json", .body = buf_span(&x->out)};
    answer_send(x, &answer);
}

void health_serve(void *survey, struct exchange *x)
{
    survey_ask(survey, x, answer_health);
}
