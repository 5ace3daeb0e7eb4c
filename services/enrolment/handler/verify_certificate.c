/* VerifyCertificate: whether a certificate is genuine, by the code on it. Public: whoever holds the code has seen the certificate, and
 * nobody guesses one of 31^16. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/learning.h"

enum err verify_certificate_needs(struct job *job, struct workset *w)
{
    const Enrolment__VerifyCertificateRequest *request = (const Enrolment__VerifyCertificateRequest *)job->message;
    char code[CERTIFICATE_CODE_TEXT];

    if (!certificate_code_read(request->code, code))
        return job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    learning_want_certificate(w, job, arena_strdup(w->arena, code));
    return ERR_OK;
}

void verify_certificate_decide(struct job *job, struct workset *w)
{
    const struct certificate *c = learning_certificate(w, job);

    if (c == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    Enrolment__CertificateFacts *m = arena_alloc(w->arena, sizeof *m);
    enrolment__certificate_facts__init(m);
    m->code = (char *)(uintptr_t)c->code;
    m->name = (char *)(uintptr_t)(c->name != NULL ? c->name : "");
    m->programme = text_message(w, &c->title);
    m->organiser = text_message(w, &c->organiser);
    m->credits_tenths = c->credits_tenths;
    m->completed_us = c->completed_us;
    m->withdrawn = c->withdrawn;
    job_answer(job, &m->base, 0);
}
