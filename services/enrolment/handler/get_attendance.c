/* GetAttendance: the list of a study unit, those seated in a programme in programme order or in one implementation in order of enrolment,
 * with names, presence and completion. Staff only. Pages by order number, as ListRegistrations. */
#include "services/enrolment/domain/webinar.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/marking.h"
#include "services/enrolment/handler/page.h"
#include "services/enrolment/store/learning.h"

struct wanted { /* the request, read */
    struct uuid programme, unit, implementation;
    bool whole;
};

static enum err read_ids(struct job *job, struct wanted *wanted)
{
    const Enrolment__GetAttendanceRequest *request = (const Enrolment__GetAttendanceRequest *)job->message;
    enum err err = check_id(job, "programmeId", &request->programme_id, &wanted->programme);

    wanted->whole = request->implementation_id.len == 0;
    if (err == ERR_OK)
        err = check_id(job, "unitId", &request->unit_id, &wanted->unit);
    if (err == ERR_OK)
        err = check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &wanted->implementation);
    return err;
}

enum err get_attendance_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetAttendanceRequest *request = (const Enrolment__GetAttendanceRequest *)job->message;
    struct wanted wanted = {.whole = false};
    struct learning_list list = {.after = 0};
    struct span key;
    uint32_t size;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = read_ids(job, &wanted);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err == ERR_OK)
        err = page_key(job, request->page_token, page_order_size(wanted.whole), page_order_size(wanted.whole), &key);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, wanted.programme);
    workset_want_units(w);
    struct query *query = workset_query(w, job, wanted.whole ? QUERY_LIST_WHOLE : QUERY_LIST, size + 1);
    query->id = wanted.whole ? wanted.programme : wanted.implementation;
    query->state = REGISTRATION_SEATED;
    query->after_n = page_order(key);
    list.programme = wanted.programme;
    list.implementation = wanted.implementation;
    list.after = query->after_n;
    list.limit = query->limit;
    learning_want_list(w, job, &list);
    return ERR_OK;
}

static Enrolment__AttendanceSheet *page_of(struct workset *w, const struct query *query, const struct wanted *wanted)
{
    Enrolment__AttendanceSheet *sheet = arena_alloc(w->arena, sizeof *sheet);
    size_t bytes = 0;

    enrolment__attendance_sheet__init(sheet);
    sheet->rows = arena_array(w->arena, query->count, sizeof(Enrolment__AttendanceSheet__Row *));
    for (size_t i = 0; i < query->count; i++) {
        const struct registration *r = query->rows[i];
        const struct learning *learning = learning_of(w, r->id);
        Enrolment__AttendanceSheet__Row *row = attendance_row(w, r, learning != NULL ? learning_mark(learning, wanted->unit) : NULL, true);
        bytes += protobuf_c_message_get_packed_size(&row->base);
        if (i + 1 == query->limit || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            sheet->next_page_token = page_after(w->arena, query->rows[i - 1], wanted->whole);
            break;
        }
        sheet->rows[sheet->n_rows++] = row;
    }
    return sheet;
}

void get_attendance_decide(struct job *job, struct workset *w)
{
    struct wanted wanted;

    if (read_ids(job, &wanted) != ERR_OK)
        return;
    const struct programme *p = workset_programme(w, wanted.programme);
    const bool no_unit = p != NULL && unit_of(p, wanted.unit) == NULL;
    if (p == NULL || no_unit || (!wanted.whole && programme_implementation(p, wanted.implementation) == NULL)) {
        (void)fail_absent(job, p == NULL ? "programmeId" : no_unit ? "unitId" : "implementationId");
        return;
    }
    Enrolment__AttendanceSheet *sheet = page_of(w, workset_query_of(w, job), &wanted);
    const Enrolment__GetAttendanceRequest *request = (const Enrolment__GetAttendanceRequest *)job->message;
    sheet->programme_id = request->programme_id;
    sheet->unit_id = request->unit_id;
    job_answer(job, &sheet->base, 0);
}
