/* GetCertificate: the certificate as a tagged PDF in the reader's language, once everything is done; before that, what is missing.
 * Its person, or staff. */
#include "services/enrolment/document/certificate.h"

#include "services/enrolment/document/words.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/file_answer.h"
#include "services/enrolment/handler/seen_learning.h"

enum err get_certificate_needs(struct job *job, struct workset *w)
{
    return seen_learning_needs(job, w, &((const Enrolment__GetCertificateRequest *)job->message)->registration_id);
}

static void refuse_missing(struct job *job, const struct seen_learning *seen)
{
    const struct completion_gap gap = completion_gap(seen->programme, seen->registration, seen->learning);

    (void)refuse(job, REFUSAL_CERTIFICATE_NONE);
    for (size_t i = 0; i < seen->programme->unit_count; i++) {
        const struct unit_mark *mark = learning_mark(seen->learning, seen->programme->units[i].id);
        if (mark == NULL || mark->completed_us == 0)
            job_fact(job, "unit", words_in(seen->programme->units[i].title, job->request->language));
    }
    if (gap.plan)
        job_fact(job, "plan", "missing");
    if (gap.review)
        job_fact(job, "review", "open");
}

void get_certificate_decide(struct job *job, struct workset *w)
{
    struct seen_learning seen;
    struct buf bytes = {.data = NULL};

    if (!seen_learning(job, w, &((const Enrolment__GetCertificateRequest *)job->message)->registration_id, &seen))
        return;
    if (!certificate_valid(&seen.learning->certificate)) {
        refuse_missing(job, &seen);
        return;
    }
    const char *base = w->public_url != NULL ? w->public_url : "";
    const enum err err = certificate_pdf(&bytes, w->arena, seen.programme, seen.learning, base, job->request->language);
    if (err != ERR_OK)
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    else
        file_answer(job, w, arena_printf(w->arena, "%s-certificate.pdf", seen.programme->code), "application/pdf", &bytes);
    buf_fini(&bytes);
}
