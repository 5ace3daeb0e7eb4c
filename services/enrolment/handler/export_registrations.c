/* ExportRegistrations: everybody who enrolled in a programme or an implementation, in order, as a file for a spreadsheet program (xlsx or
 * CSV), in the reader's language. Staff only. Sensitive answers are not in it. A list that does not fit into one answer is refused
 * with what to do instead, never cut. */
#include "common/doc/sheet.h"
#include "services/enrolment/document/register.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/file_answer.h"
#include "services/enrolment/store/learning.h"
#include "services/enrolment/store/sheet.h"

struct wanted { /* the request, read */
    struct uuid programme, implementation;
    bool whole;
};

static enum err read_ids(struct job *job, struct wanted *wanted)
{
    const Enrolment__ExportRegistrationsRequest *request = (const Enrolment__ExportRegistrationsRequest *)job->message;
    enum err err = check_id(job, "programmeId", &request->programme_id, &wanted->programme);

    wanted->whole = request->implementation_id.len == 0;
    if (err == ERR_OK)
        err = check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &wanted->implementation);
    if (err == ERR_OK)
        err = check_range(job, "format", (int64_t)request->format, ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__FORMAT__XLSX,
                          ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__FORMAT__CSV);
    return err;
}

enum err export_registrations_needs(struct job *job, struct workset *w)
{
    struct wanted wanted = {.whole = false};
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = read_ids(job, &wanted);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, wanted.programme);
    workset_want_units(w);
    struct query *query = workset_query(w, job, wanted.whole ? QUERY_LIST_WHOLE : QUERY_LIST, SHEET_ROWS_MAX + 1);
    query->id = wanted.whole ? wanted.programme : wanted.implementation;
    sheet_want(w, job, wanted.programme, wanted.implementation);
    return ERR_OK;
}

static void fill_line(struct workset *w, const struct job *job, const struct programme *p, const struct registration *r,
                      struct register_line *line)
{
    const char **answers = arena_array(w->arena, p->question_count, sizeof *answers);

    for (size_t i = 0; i < p->question_count; i++)
        answers[i] = p->questions[i].sensitive ? NULL : sheet_answer(w, job, r->id, p->questions[i].code);
    *line = (struct register_line){.registration = r,
                                   .person = workset_person(w, r->person),
                                   .implementation = programme_implementation(p, r->implementation)->code,
                                   .team = sheet_team(w, job, r->team),
                                   .learning = learning_of(w, r->id),
                                   .answers = answers};
}

/* fact: which bound it is, "mostRows" or "mostBytes". */
static void refuse_long(struct job *job, const char *fact, uint64_t most)
{
    (void)refuse(job, REFUSAL_EXPORT_LONG);
    fact_number(job, fact, most);
}

static void answer(struct job *job, struct workset *w, const struct programme *p, const struct sheet *sheet)
{
    const Enrolment__ExportRegistrationsRequest *request = (const Enrolment__ExportRegistrationsRequest *)job->message;
    const bool csv = request->format == ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__FORMAT__CSV;
    struct buf bytes = {.data = NULL};
    enum err err = ERR_OK;

    if (csv)
        sheet_csv(sheet, &bytes);
    else
        err = sheet_xlsx(sheet, &bytes);
    if (err != ERR_OK)
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    else if (bytes.len > FILE_ANSWER_MAX)
        refuse_long(job, "mostBytes", FILE_ANSWER_MAX);
    else
        file_answer(job, w, arena_printf(w->arena, "%s.%s", p->code, csv ? "csv" : "xlsx"),
                    csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &bytes);
    buf_fini(&bytes);
}

void export_registrations_decide(struct job *job, struct workset *w)
{
    struct wanted wanted;
    const struct query *query = workset_query_of(w, job);

    if (read_ids(job, &wanted) != ERR_OK)
        return;
    const struct programme *p = workset_programme(w, wanted.programme);
    if (p == NULL || (!wanted.whole && programme_implementation(p, wanted.implementation) == NULL)) {
        (void)fail_absent(job, p == NULL ? "programmeId" : "implementationId");
        return;
    }
    if (query->count > SHEET_ROWS_MAX) {
        refuse_long(job, "mostRows", SHEET_ROWS_MAX);
        return;
    }
    struct register_line *lines = arena_array(w->arena, query->count, sizeof *lines);
    for (size_t i = 0; i < query->count; i++)
        fill_line(w, job, p, query->rows[i], &lines[i]);
    answer(job, w, p, register_sheet(w->arena, p, lines, query->count, job->request->language));
}
