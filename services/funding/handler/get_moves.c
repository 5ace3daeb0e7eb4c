/* GetMoves: every move of a call, an application, an award and so on, oldest first: who, when and why. Officials only, and of what is about
 * an application those of its call, once it was submitted, without a conflict of interest: as they see the application itself. Of a case, a
 * statement or a meeting of a municipality its own officials. */
#include "funding.pb-c.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/store/history.h"

enum err get_moves_needs(struct job *job, struct workset *w)
{
    const Funding__GetMovesRequest *request = (const Funding__GetMovesRequest *)job->message;
    enum machine machine;
    struct uuid subject;
    enum err err = who_has(job, (uint32_t)(BUS__ROLE__ROLE_EVALUATOR | BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PRESENTER |
                                           BUS__ROLE__ROLE_DECIDER | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN));

    if (err == ERR_OK && !machine_find(&machine, request->machine))
        err = fail_word(job, "machine", request->machine,
                        (const char *const[]){"call", "application", "assessment", "award", "instalment", "amendment", "report",
                                              "obligation", "recovery", "project", "case", "statement", "meeting", NULL});
    if (err == ERR_OK)
        err = check_id(job, "subjectId", &request->subject_id, &subject);
    if (err == ERR_OK)
        (void)history_ask(w, job, machine, subject, job->actor);
    return err;
}

static bool has_office(const struct job *job, const struct history_ask *found)
{
    static const struct {
        Bus__Role bit;
        enum official_role role;
    } ROLES[] = {{BUS__ROLE__ROLE_PREPARER, OFFICIAL_PREPARER},
                 {BUS__ROLE__ROLE_EVALUATOR, OFFICIAL_EVALUATOR},
                 {BUS__ROLE__ROLE_PRESENTER, OFFICIAL_PRESENTER},
                 {BUS__ROLE__ROLE_DECIDER, OFFICIAL_DECIDER}};

    if (who_is(job, BUS__ROLE__ROLE_ADMIN) || (who_is(job, BUS__ROLE__ROLE_PREPARER) && !found->prepared))
        return true;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++)
        if (who_is(job, ROLES[i].bit) && (found->offices & (1 << ROLES[i].role)) != 0)
            return true;
    return false;
}

/* Whose municipality it is; of calls and projects the state's officials, as before there were any. */
static bool is_theirs(const struct job *job, const struct history_ask *found)
{
    if (who_is(job, BUS__ROLE__ROLE_ADMIN))
        return true;
    return found->of_municipality ? (found->held_offices & municipal_offices(job)) != 0 : who_is_official(job);
}

/* What is prepared is shown to an evaluator as GetAssessment shows it. */
static bool is_hidden(const struct job *job, const struct history_ask *found)
{
    const bool prepares = who_is(job, BUS__ROLE__ROLE_PREPARER) && (!found->prepared || (found->offices & (1 << OFFICIAL_PREPARER)) != 0);

    return found->machine == MACHINE_ASSESSMENT && (found->offices & (1 << OFFICIAL_EVALUATOR)) != 0 && !found->evaluated && !prepares;
}

void get_moves_decide(struct job *job, struct workset *w)
{
    const struct history_ask *found = history_asked(w, job);
    Funding__MoveList *list = arena_alloc(job->arena, sizeof *list);

    if (found->count == 0 || !is_theirs(job, found) || (found->of_application && (!found->submitted || !has_office(job, found)))) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (found->conflict) {
        official_refuse_conflict(job);
        return;
    }
    if (is_hidden(job, found)) {
        evaluation_refuse_hidden(job);
        return;
    }
    funding__move_list__init(list);
    list->moves = arena_array(job->arena, found->count, sizeof *list->moves);
    for (size_t i = 0; i < found->count; i++) {
        const struct history_move *move = &found->moves[i];
        Funding__Move *m = arena_alloc(job->arena, sizeof *m);

        funding__move__init(m);
        m->from = convert_text(machine_state(found->machine, move->from));
        m->to = convert_text(machine_state(found->machine, move->to));
        m->at_us = move->at_us;
        m->actor = convert_id(job->arena, move->actor);
        m->why = convert_span(job->arena, move->why);
        m->name = convert_span(job->arena, move->name);
        list->moves[list->n_moves++] = m;
    }
    job_answer(job, &list->base, 0);
}
