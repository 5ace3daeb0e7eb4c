/* WithdrawCase: its applicant takes it back, until its board handles it; of a case that came on paper a preparer notes that they did. The
 * share of the funding plan stays applied for, and another case may be filed about it. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"

enum err withdraw_case_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveCaseRequest *request = (const Municipal__MoveCaseRequest *)job->message;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

static bool is_its_applicant(const struct job *job, const struct municipal_case *c, const struct municipality *m)
{
    const bool on_paper = uuid_compare(c->owner_id, case_paper_owner(c->id)) == 0;

    return uuid_compare(c->owner_id, job->actor) == 0 || (on_paper && municipal_has(job, m, OFFICE_PREPARER));
}

static bool refuse(struct job *job, const struct municipal_case *c)
{
    if (!machine_allows(MACHINE_CASE, (int)c->state, CASE_WITHDRAWN))
        return prepared_case_refuse(job, c, "Asian käsittely on päättynyt: hakemusta ei voi enää perua",
                                    "Behandlingen av ärendet är avslutad: ansökan kan inte längre återtas",
                                    "The case is closed: the application can no longer be withdrawn");
    if (!case_is_in_meeting(c)) /* which decides on what is on its agenda, whatever comes meanwhile */
        return false;
    (void)job_fail(job, ERR_REFUSED, "municipal.case.meeting", NULL,
                   "Asiaa käsitellään parhaillaan kokouksessa: ilmoita peruutuksesta toimielimen sihteerille",
                   "Ärendet behandlas som bäst vid ett sammanträde: meddela återtagandet till organets sekreterare",
                   "The case is being handled in a meeting: tell the board's secretary that it is withdrawn");
    return true;
}

void withdraw_case_decide(struct job *job, struct workset *w)
{
    const char *reason = ((const Municipal__MoveCaseRequest *)job->message)->reason;
    struct case_view view;
    struct municipal_case *c = prepared_case_seen(job, w, &view);

    if (c == NULL)
        return;
    if (!is_its_applicant(job, c, municipality_found(w, job))) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (refuse(job, c))
        return;
    c->version++;
    prepared_case_move(job, w, c, CASE_WITHDRAWN, *reason != '\0' ? reason : "withdrawn", reason);
    prepared_case_answer(job, w, c);
}
