/* SetOfficials: who prepares, evaluates, presents and decides in a call - all of them at once, each with the name and title that stand in
 * decisions. Whoever sets them may put themselves out of it, but a call keeps a preparer. One person may have several roles, but for
 * presenting and deciding: what somebody presents, another decides. */
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
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_all(job, request);
    return err == ERR_OK ? call_want_request(job, w, &request->call_id, CALL_LOCK) : err;
}

void set_officials_decide(struct job *job, struct workset *w)
{
    const Funding__SetOfficialsRequest *request = (const Funding__SetOfficialsRequest *)job->message;
    struct call *call = call_to_prepare(job, w);

    if (call == NULL || check_version(job, (uint64_t)call->version - 1) != ERR_OK)
        return;
    call->official_count = request->n_officials;
    call->officials = arena_array(w->arena, request->n_officials, sizeof *call->officials);
    for (size_t i = 0; i < request->n_officials; i++) {
        const Funding__Official *m = request->officials[i];
        struct call_official *o = &call->officials[i];

        *o = (struct call_official){.role = (enum official_role)m->role, .responsible = m->responsible, .name = m->name, .title = m->title};
        memcpy(o->person_id.b, m->person_id.data, sizeof o->person_id.b); /* its length was checked */
    }
    call_put_officials(w, call);
    call_answer(job, w, call);
}
