/* Completing and un-completing. See settle.h. */
#include "services/enrolment/handler/settle.h"

#include "services/enrolment/handler/tell_learning.h"
#include "services/enrolment/store/learning.h"

void settle_want(struct workset *w, const ProtobufCBinaryData *registration_id)
{
    struct uuid id;

    workset_want_units(w);
    if (uuid_read(&id, span_of(registration_id->data, registration_id->len)))
        learning_want(w, id);
}

static const char *new_code(struct workset *w)
{
    uint8_t random[CERTIFICATE_CODE_RANDOM];
    char code[CERTIFICATE_CODE_TEXT];

    _Static_assert(sizeof random == CHAIN_SALT_SIZE, "a salt is as long as what a code is made from");
    workset_salt(w, random);
    certificate_code_make(random, code);
    return arena_strdup(w->arena, code);
}

void settle_completed(struct workset *w, const struct job *job, const struct programme *p, const struct registration *r)
{
    struct learning *learning = learning_of(w, r->id);
    const struct person *person = workset_person(w, r->person);
    const struct implementation *i = programme_implementation(p, r->implementation);

    if (learning == NULL || certificate_valid(&learning->certificate) || !completion_done(completion_gap(p, r, learning)))
        return;
    learning->certificate = (struct certificate){.registration = r->id,
                                                 .code = learning->certificate.code != NULL ? learning->certificate.code : new_code(w),
                                                 .name = person != NULL ? person->name : NULL,
                                                 .title = p->title,
                                                 .organiser = i->organiser,
                                                 .credits_tenths = learning_credits(learning),
                                                 .completed_us = w->now_us,
                                                 .changed = true};
    tell_completed(w, job, r, &learning->certificate);
}

void settle_undone(struct workset *w, const struct job *job, const struct programme *p, const struct registration *r)
{
    struct learning *learning = learning_of(w, r->id);

    if (learning == NULL || !certificate_valid(&learning->certificate) || completion_done(completion_gap(p, r, learning)))
        return;
    learning->certificate.withdrawn = true;
    learning->certificate.changed = true;
    tell_completed(w, job, r, &learning->certificate);
}
