/* CreateProgramme: a programme with its parts, where none has its code yet. The same message as an import's, without its forgiveness:
 * what stands already is not touched. Ids in the message are not looked at. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"
#include "services/enrolment/handler/tell.h"

enum err create_programme_needs(struct job *job, struct workset *w)
{
    const Enrolment__CreateProgrammeRequest *request = (const Enrolment__CreateProgrammeRequest *)job->message;
    enum err err = check_staff(job);

    if (err != ERR_OK)
        return err;
    if (request->programme == NULL)
        return fail_missing(job, "programme");
    err = import_check(job, request->programme);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    workset_lock_code(w, request->programme->code);
    workset_lock_programme(w, import_id((struct uuid){{0}}, "programme:", request->programme->code));
    workset_want_units(w);
    return ERR_OK;
}

void create_programme_decide(struct job *job, struct workset *w)
{
    const Enrolment__CreateProgrammeRequest *request = (const Enrolment__CreateProgrammeRequest *)job->message;
    const Enrolment__Programme *m = request->programme;
    struct report report;

    if (workset_programme_coded(w, m->code) != NULL) {
        (void)fail_code_taken(job);
        return;
    }
    struct programme *made = import_build(w, job, m, NULL, programme_id_of(w, m->code));
    if (!edit_fits(job, w, made))
        return;
    report_init(&report, w);
    import_compare(&report, NULL, made);
    for (size_t i = 0; i < made->implementation_count; i++)
        made->implementations[i].version++;
    (void)edit_store(job, w, NULL, made, &report, request->reason);
    tell_programme(w, job, made);
    job_answer(job, &programme_message(w, made)->base, made->version);
}
