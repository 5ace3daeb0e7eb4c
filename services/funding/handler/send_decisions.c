/* SendDecisions: the decision-maker of a call sends decisions on what is prepared and presented: on all that is asked, or on none. Each
 * writes the decision with its parts and documents, ends the application and its assessment, begins what follows a grant, and tells the
 * recipients, in one transaction. The trigger of a decision makes the award and holds the caps; here they are looked at first, so that a
 * refusal has words. When the last application of a call is decided, the call is resolved. A dry run is for its preparers and presenting
 * officials too, who mend what it finds; what they have a conflict of interest in is left out of theirs. */
#include "common/doc/pdf.h"
#include "services/funding/handler/award_begin.h"
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_round.h"
#include "services/funding/handler/tell_decision.h"
#include "services/funding/handler/who.h"

#define T FINDING_TEXT

enum err send_decisions_needs(struct job *job, struct workset *w)
{
    const bool dry_run = ((const Funding__SendDecisionsRequest *)job->message)->dry_run;
    const enum err err =
        dry_run ? who_has(job, BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PRESENTER | BUS__ROLE__ROLE_DECIDER) : who_decides(job);

    return err == ERR_OK ? decision_round_want(job, w) : err;
}

/* --- may it be sent ---------------------------------------------------------------------------------------------------- */
static bool may_look(const struct job *job, const struct call *call)
{
    return call_official(call, job->actor, OFFICIAL_PRESENTER) != NULL || call_prepared_by(call, job->actor);
}

static bool may_send(struct job *job, const struct decision_round *round)
{
    if (call_official(round->call, job->actor, OFFICIAL_DECIDER) != NULL || (round->dry_run && may_look(job, round->call)))
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-decider", NULL, "Et ole tämän haun päättäjä",
                   "Du är inte beslutsfattare i denna utlysning", "You are no decision-maker of this call");
    return false;
}

/* Finds out about one, and makes its decision where nothing is in the way. True: it has been made. */
static bool examine(struct job *job, struct workset *w, struct decision_round *round, struct decision_case *c, struct decision_caps *caps)
{
    const struct evaluation_ask *evaluations = evaluation_asked(w, job);
    const bool conflict = conflict_of(evaluations, c->application->id, job->actor) != NULL;

    c->decider = decision_decider(round->call, evaluations, c->application->id, job->actor);
    c->decider_conflicts = conflict && c->decider != NULL && uuid_compare(c->decider->person_id, job->actor) == 0;
    if (conflict && !c->decider_conflicts)
        return false; /* somebody else's dry run */
    decision_case_presenter(c, evaluations);
    if (!decision_round_examine(job, w, round, c))
        return false;
    c->instalments = c->assessment.instalments;
    c->instalment_count = c->assessment.instalment_count;
    decision_case_make(w->arena, c, w->now_us);
    decision_caps_add(caps, c->decision->theme_id, c->decision->cents);
    decision_report_counts(&round->report, c->decision);
    return true;
}

static void draw(struct workset *w, struct decision_case *c, struct pdf_shelf *shelf, struct decision_report *report)
{
    const enum err err = decision_case_draw(w->arena, c, shelf, false);
    struct finding large = {.rule = "funding.decision.document", .field = "applicationIds"};

    if (err == ERR_OK)
        return;
    large.text = err == ERR_TOO_LARGE
                     ? T("Päätösasiakirja on liian pitkä lähetettäväksi: lyhennä perusteluja ja ehtoja",
                         "Beslutshandlingen är för lång för att sändas: förkorta motiveringen och villkoren",
                         "The document is too long to be sent: shorten the reasons and terms")
                     : T("Päätösasiakirjaa ei voitu laatia", "Beslutshandlingen kunde inte göras", "The document could not be made");
    decision_report_add(report, c->application, &large);
}

/* --- sending ----------------------------------------------------------------------------------------------------------- */
static void send_one(struct job *job, struct workset *w, struct decision_case *c)
{
    c->decision->event_id = tell_decision_sent(w, job, c);
    application_move(w, c->application, APPLICATION_DECIDED, "decision", job->actor);
    assessment_move(w, c->application->id, ASSESSMENT_DECIDED, "decision", job->actor);
    decision_add(w, c->decision);
    if (c->decision->granted)
        award_begin(w, job, c->application, c->call, c->decision->answer_until, c->instalments, c->instalment_count);
}

/* The last application is decided. */
static void resolve(struct job *job, struct workset *w, const struct call *call, const struct decision_report *report)
{
    const struct decision_ask *before = decision_asked(w, job);
    struct call *copy = arena_alloc(w->arena, sizeof *copy);

    if (before->pending > report->message->sent) /* of all that there are, also where more are than were loaded */
        return;
    *copy = *call;
    copy->version++;
    call_moves(job, w, copy, CALL_RESOLVED, "", "rules: the last application was decided");
    tell_call_resolved(w, job, copy, report->message->granted + before->granted_before, report->message->rejected + before->rejected_before,
                       call->granted_cents + report->message->cents);
}

/* Looks at all of them; answers how many decisions were made. */
static size_t examine_all(struct job *job, struct workset *w, struct decision_round *round, struct decision_case *cases)
{
    struct decision_caps caps = decision_caps_begin(round->call);
    struct pdf_shelf *shelf = pdf_shelf_new();
    size_t made = 0;

    for (size_t i = 0; i < round->count; i++) {
        struct decision_case *c = &cases[made];

        *c = decision_round_case(job, w, round, round->rows[i]);
        made += examine(job, w, round, c, &caps) ? 1 : 0;
    }
    decision_report_caps(&round->report, &caps);
    for (size_t i = 0; i < made && round->report.errors == 0; i++)
        draw(w, &cases[i], shelf, &round->report);
    pdf_shelf_free(shelf);
    return made;
}

void send_decisions_decide(struct job *job, struct workset *w)
{
    struct decision_round round = {.call = call_visible(job, w),
                                   .dry_run = ((const Funding__SendDecisionsRequest *)job->message)->dry_run,
                                   .report = decision_report_begin(w->arena)};

    if (round.call == NULL || !may_send(job, &round) || (!decision_round_ready(job, w, &round) && !round.dry_run) ||
        (!decision_round_pick(job, w, &round, NULL) && (!round.dry_run || job->err != ERR_OK)))
        return;
    struct decision_case *cases = arena_array(w->arena, round.count + 1, sizeof *cases);
    const size_t made = examine_all(job, w, &round, cases);
    if (round.report.errors > 0 && !round.dry_run) {
        decision_report_refuse(job, &round.report);
        return;
    }
    if (!round.dry_run) {
        for (size_t i = 0; i < made; i++)
            send_one(job, w, &cases[i]);
        round.report.message->sent = (uint32_t)made;
        resolve(job, w, round.call, &round.report);
    }
    job_answer(job, decision_report_end(&round.report), 0);
}
