/* GetPerson: one's own details, or anybody's for coordinators. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"

static enum err read_id(struct job *job, struct uuid *id)
{
    const Enrolment__GetPersonRequest *request = (const Enrolment__GetPersonRequest *)job->message;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id_or(job, "personId", &request->person_id, job->actor, id);
    if (err == ERR_OK && !check_may_see(job, *id))
        err = job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return err;
}

enum err get_person_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = read_id(job, &id);

    if (err == ERR_OK)
        workset_want_person(w, id);
    return err;
}

/* A new account is told what to do next rather than that there is nothing; officials of grants, who enrol nowhere, that they need not. */
static void fail_unknown(struct job *job, struct uuid id)
{
    if (uuid_compare(id, job->actor) == 0)
        (void)job_fail(
            job, ERR_NOT_FOUND, refusal_text(REFUSAL_PERSON_UNKNOWN)->rule, NULL,
            "Omia tietojasi ei ole tallennettu. Koulutukseen ilmoittautuva tallentaa ne ensin (PUT /api/me); muu käyttö ei niitä "
            "vaadi. Tilisi ja roolisi: GET /api/session",
            "Dina egna uppgifter har inte sparats. Den som anmäler sig till en utbildning sparar dem först (PUT /api/me); annan "
            "användning kräver dem inte. Ditt konto och dina roller: GET /api/session",
            "Your own details are not saved. Whoever enrols in training saves them first (PUT /api/me); nothing else needs them. "
            "Your account and roles: GET /api/session");
    else
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
}

void get_person_decide(struct job *job, struct workset *w)
{
    struct uuid id;

    if (read_id(job, &id) != ERR_OK)
        return;
    const struct person *person = workset_person(w, id);
    if (person == NULL) {
        fail_unknown(job, id);
        return;
    }
    Enrolment__Person *answer = arena_alloc(w->arena, sizeof *answer);
    person_fill(answer, person);
    job_answer(job, &answer->base, person->version);
}
