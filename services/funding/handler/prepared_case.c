/* See prepared_case.h. */
#include "services/funding/handler/prepared_case.h"

#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/tell_case.h"

enum err prepared_case_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, bool hold)
{
    struct uuid case_id;
    const enum err err = check_id(job, "caseId", id, &case_id);

    if (err == ERR_OK) {
        (void)case_want(w, job, case_id, hold);
        (void)municipality_want(w, job, MUNICIPALITY_BY_CASE, case_id);
    }
    return err;
}

struct municipal_case *prepared_case_of(struct job *job, struct workset *w, enum office office)
{
    struct municipal_case *c = case_found(w, job);

    if (c == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (municipal_may(job, municipality_found(w, job), office))
        return c;
    return NULL;
}

struct municipal_case *prepared_case_seen(struct job *job, struct workset *w, struct case_view *view)
{
    struct municipal_case *c = case_found(w, job);

    if (c != NULL)
        *view = case_view_of(job, c, municipality_found(w, job), w->now_us);
    if (c != NULL && view->reader != CASE_FOR_NOBODY)
        return c;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}

bool prepared_case_refuse(struct job *job, const struct municipal_case *c, const char *fi, const char *sv, const char *en)
{
    (void)job_fail(job, ERR_REFUSED, "municipal.case.state", NULL, fi, sv, en);
    job_fact(job, "state", machine_state(MACHINE_CASE, (int)c->state));
    return true;
}

bool prepared_case_refuse_work(struct job *job, const struct municipal_case *c)
{
    switch (c->state) {
    case CASE_FILED:
    case CASE_IN_PREPARATION:
        return false;
    case CASE_PROPOSED:
        return prepared_case_refuse(job, c, "Asiasta on tehty ehdotus: esittelijä palauttaa sen ensin valmisteluun",
                                    "Ett förslag har gjorts i ärendet: den föredragande återtar det först",
                                    "The case is proposed: its presenting official takes the proposal back first");
    case CASE_ON_AGENDA:
        return prepared_case_refuse(job, c, "Asia on esityslistalla: sitä ei voi muuttaa ennen kuin toimielin palauttaa sen valmisteluun",
                                    "Ärendet finns på en föredragningslista: det kan inte ändras innan organet återremitterar det",
                                    "The case is on an agenda: it cannot be changed unless its board returns it for preparation");
    case CASE_DECIDED:
    case CASE_WITHDRAWN:
        break;
    }
    return prepared_case_refuse(job, c, "Asian käsittely on päättynyt: sitä ei voi enää muuttaa",
                                "Behandlingen av ärendet är avslutad: det kan inte längre ändras",
                                "The case is closed: it can no longer be changed");
}

void prepared_case_move(struct job *job, struct workset *w, struct municipal_case *c, enum case_state state, const char *why,
                        const char *told)
{
    const enum case_state from = c->state;

    c->state = state;
    case_move(w, c, why, job->actor);
    tell_case_moved(w, job, c, municipality_found(w, job), from, told);
}

void prepared_case_begin(struct job *job, struct workset *w, struct municipal_case *c)
{
    if (c->state == CASE_FILED)
        prepared_case_move(job, w, c, CASE_IN_PREPARATION, "preparation began", "");
}

void prepared_case_answer(struct job *job, struct workset *w, const struct municipal_case *c)
{
    const struct case_view view = case_view_of(job, c, municipality_found(w, job), w->now_us);

    job_answer(job, &case_message(job->arena, c, &view)->base, (uint64_t)c->version);
}

bool prepared_case_too_large(struct job *job, const struct municipal_case *c)
{
    const struct case_view view = {.reader = CASE_FOR_OFFICIAL, .names = true};

    return case_message_too_large(job, case_message(job->arena, c, &view));
}
