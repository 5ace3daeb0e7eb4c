/* SetOfficials: who prepares, evaluates, presents and decides in a call - all of them at once, each with the name and title that stand in
 * decisions. One person may have several roles, but for presenting and deciding: what somebody presents, another decides.
 *
 * No call is to be locked: the gateway has looked whether each is an account with that role; whoever sets them stays a preparer, so that a
 * successor who can come in takes them out; and where none is left who can, an admin sets them anew, with a reason. What was changed by
 * whose hand is kept with the moves of the call. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

static const char *const ROLES[] = {"OFFICIAL_PREPARER", "OFFICIAL_EVALUATOR", "OFFICIAL_PRESENTER", "OFFICIAL_DECIDER", NULL};

static const char *at(struct job *job, size_t i, const char *name)
{
    return arena_printf(job->arena, "officials[%zu].%s", i, name);
}

static enum err check_official(struct job *job, size_t i, const Funding__Official *o)
{
    struct uuid person;
    enum err err = check_id(job, at(job, i, "personId"), &o->person_id, &person);

    if (err == ERR_OK && (o->role < FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER || o->role > FUNDING__OFFICIAL_ROLE__OFFICIAL_DECIDER))
        err = fail_word(job, at(job, i, "role"), "", ROLES);
    if (err == ERR_OK)
        err = check_text(job, at(job, i, "name"), o->name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, at(job, i, "title"), o->title, 1, CHECK_NAME_MAX);
    if (err == ERR_OK && o->responsible && o->role != FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER)
        err = job_fail(job, ERR_INVALID, "funding.official.responsible", at(job, i, "responsible"), "Vain valmistelija voi vastata hausta",
                       "Bara en beredare kan ansvara för utlysningen", "Only a preparer can answer for the call");
    return err;
}

static bool same_person(const Funding__Official *a, const Funding__Official *b)
{
    return span_equal(span_of(a->person_id.data, a->person_id.len), span_of(b->person_id.data, b->person_id.len));
}

static bool presents_and_decides(const Funding__Official *a, const Funding__Official *b)
{
    const Funding__OfficialRole presenter = FUNDING__OFFICIAL_ROLE__OFFICIAL_PRESENTER, decider = FUNDING__OFFICIAL_ROLE__OFFICIAL_DECIDER;

    return (a->role == presenter && b->role == decider) || (a->role == decider && b->role == presenter);
}

static enum err check_pair(struct job *job, size_t i, const Funding__Official *a, const Funding__Official *b)
{
    if (a->responsible && b->responsible)
        return job_fail(job, ERR_INVALID, "funding.official.responsible", at(job, i, "responsible"), "Hausta vastaa yksi valmistelija",
                        "En beredare ansvarar för utlysningen", "One preparer answers for the call");
    if (same_person(a, b) && a->role == b->role)
        return job_fail(job, ERR_INVALID, "funding.official.twice", at(job, i, "personId"), "Henkilöllä on sama tehtävä kahdesti",
                        "Personen har samma uppgift två gånger", "The person has the same role twice");
    if (same_person(a, b) && presents_and_decides(a, b))
        return job_fail(job, ERR_INVALID, "funding.official.presents-and-decides", at(job, i, "role"),
                        "Sama henkilö ei voi sekä esitellä että päättää", "Samma person kan inte både föredra och besluta",
                        "The same person cannot both present and decide");
    return ERR_OK;
}

static enum err check_all(struct job *job, const Funding__SetOfficialsRequest *request)
{
    bool preparer = false;
    enum err err = check_range(job, "officials", (int64_t)request->n_officials, 1, CALL_OFFICIALS_MAX);

    for (size_t i = 0; err == ERR_OK && i < request->n_officials; i++) {
        preparer = preparer || request->officials[i]->role == FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER;
        err = check_official(job, i, request->officials[i]);
        for (size_t k = 0; err == ERR_OK && k < i; k++)
            err = check_pair(job, i, request->officials[i], request->officials[k]);
    }
    if (err == ERR_OK && !preparer)
        err = job_fail(job, ERR_INVALID, "funding.official.no-preparer", "officials", "Haulla on oltava valmistelija",
                       "Utlysningen ska ha en beredare", "A call has to have a preparer");
    return err;
}

enum err set_officials_needs(struct job *job, struct workset *w)
{
    const Funding__SetOfficialsRequest *request = (const Funding__SetOfficialsRequest *)job->message;
    enum err err = who_has(job, BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_ADMIN);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK)
        err = check_all(job, request);
    return err == ERR_OK ? call_want_request(job, w, &request->call_id, CALL_LOCK) : err;
}

static struct call_official *read_officials(struct arena *arena, const Funding__SetOfficialsRequest *request)
{
    struct call_official *list = arena_array(arena, request->n_officials, sizeof *list);

    for (size_t i = 0; i < request->n_officials; i++) {
        const Funding__Official *m = request->officials[i];

        list[i] =
            (struct call_official){.role = (enum official_role)m->role, .responsible = m->responsible, .name = m->name, .title = m->title};
        memcpy(list[i].person_id.b, m->person_id.data, sizeof list[i].person_id.b); /* its length was checked */
    }
    return list;
}

static const char *role_word(enum official_role role)
{
    switch (role) {
    case OFFICIAL_PREPARER:
        return "preparer";
    case OFFICIAL_EVALUATOR:
        return "evaluator";
    case OFFICIAL_PRESENTER:
        return "presenter";
    case OFFICIAL_DECIDER:
        return "decider";
    }
    return "";
}

static void say(struct workset *w, const char **words, const char *what, const struct call_official *o)
{
    *words = arena_printf(w->arena, "%s%s %s %s (%s)", *words, **words != '\0' ? "," : "", what, o->name, role_word(o->role));
}

/* "added Veera Valmistelija (preparer), removed ...": for the history of the call. */
static const char *difference(struct workset *w, const struct call *before, const struct call *after)
{
    const char *words = "";

    for (size_t i = 0; i < after->official_count; i++) {
        const struct call_official *now = &after->officials[i], *was = call_official(before, now->person_id, now->role);

        if (was == NULL)
            say(w, &words, "added", now);
        else if (was->responsible != now->responsible || strcmp(was->name, now->name) != 0 || strcmp(was->title, now->title) != 0)
            say(w, &words, "changed", now);
    }
    for (size_t i = 0; i < before->official_count; i++)
        if (call_official(after, before->officials[i].person_id, before->officials[i].role) == NULL)
            say(w, &words, "removed", &before->officials[i]);
    return *words != '\0' ? words : " as before";
}

/* A preparer of the call, who stays one; or an admin, who says why. */
static bool may_set(struct job *job, const struct call *before, const struct call *after, const char *reason)
{
    const bool admin = who_is(job, BUS__ROLE__ROLE_ADMIN);

    if (who_is(job, BUS__ROLE__ROLE_PREPARER) && call_prepared_by(before, job->actor) &&
        (admin || call_official(after, job->actor, OFFICIAL_PREPARER) != NULL))
        return true;
    if (admin)
        return check_lines(job, "reason", reason, 1, CHECK_REASON_MAX) == ERR_OK;
    if (call_prepared_by(before, job->actor))
        (void)job_fail(
            job, ERR_REFUSED, "funding.official.yourself", "officials",
            "Pysy itse valmistelijana: seuraajasi poistaa sinut, kun on itse päässyt hakuun. Näin haku ei jää ilman valmistelijaa.",
            "Förbli själv beredare: din efterträdare tar bort dig efter att själv ha kommit in. Så blir utlysningen inte utan beredare.",
            "Stay a preparer yourself: your successor takes you out once they have come in. So the call is never left without one.");
    else
        call_refuse_preparer(job);
    return false;
}

void set_officials_decide(struct job *job, struct workset *w)
{
    const Funding__SetOfficialsRequest *request = (const Funding__SetOfficialsRequest *)job->message;
    const struct call *before = call_visible(job, w);

    if (before == NULL || check_version(job, (uint64_t)before->version) != ERR_OK)
        return;
    struct call *call = call_to_change(w, before);
    call->official_count = request->n_officials;
    call->officials = read_officials(w->arena, request);
    if (!may_set(job, before, call, request->reason))
        return;
    call_put_officials(
        w, call,
        arena_printf(w->arena, "officials:%s%s%s", difference(w, before, call), *request->reason != '\0' ? "; " : "", request->reason),
        job->actor);
    call_answer(job, w, call);
}
