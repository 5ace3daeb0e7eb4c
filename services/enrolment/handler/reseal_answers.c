/* ResealAnswers: what an older key sealed is sealed with the newest, some hundred at a time, so that the older key can be taken away when
 * nothing is left. For admins; `hv reseal` asks until it is done. What does not open stays as it is and counts among what is left. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/keyring.h"
#include "services/enrolment/store/answer.h"

#define RESEAL_MAX 500

enum err reseal_answers_needs(struct job *job, struct workset *w)
{
    size_t count;
    const enum err err = check_signed_in(job);

    if (err != ERR_OK)
        return err;
    if ((job->request->roles & BUS__ROLE__ROLE_ADMIN) == 0)
        return job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    if (keyring_newest(w->keyring) == 0)
        return refuse(job, REFUSAL_ANSWER_NO_KEY);
    const uint32_t *keys = keyring_older(w->keyring, w->arena, &count);
    answer_want_older(w, job, keys, count, keyring_newest(w->keyring), RESEAL_MAX);
    return ERR_OK;
}

void reseal_answers_decide(struct job *job, struct workset *w)
{
    const struct answer_list list = answer_list(w, job);
    Enrolment__ResealReport *report = arena_alloc(w->arena, sizeof *report);

    enrolment__reseal_report__init(report);
    report->key = keyring_newest(w->keyring);
    for (size_t i = 0; i < list.count; i++) {
        const struct answer *old = &list.rows[i];
        struct answer *row = arena_alloc(w->arena, sizeof *row);
        struct span values;
        if (!keyring_open(w->keyring, w->arena, old->key_no, old->registration, old->code, old->sealed, &values))
            continue;
        *row = *old;
        row->key_no = report->key;
        row->sealed = keyring_seal(w->keyring, w->arena, row->registration, row->code, values);
        answer_reseal(w, row);
        report->resealed++;
    }
    report->left = (uint32_t)(answer_older_count(w, job) - report->resealed);
    job_answer(job, &report->base, 0);
}
