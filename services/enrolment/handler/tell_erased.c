/* The events of forgetting, and what is taken out of earlier ones. See tell_erased.h. */
#include "services/enrolment/handler/tell_erased.h"

#include <string.h>

#include "common/base/alloc.h"
#include "common/wire/wire.h"
#include "services/enrolment/handler/convert.h"

static const struct event_redaction PERSON_STORED = EVENT_REDACTION("enrolment.PersonStored.v1");

void tell_erased(struct workset *w, const struct job *job, struct uuid person)
{
    Enrolment__PersonErased event = ENROLMENT__PERSON_ERASED__INIT;
    Enrolment__PersonStored stored = ENROLMENT__PERSON_STORED__INIT;
    Enrolment__Person nobody = ENROLMENT__PERSON__INIT;

    event.person_id = nobody.id = id_bytes(&person);
    stored.person = &nobody;
    event_redact(w->events, &PERSON_STORED, person, person, &stored.base);
    event_add(w->events, job, person, person, "enrolment.PersonErased.v1", &event.base, w->now_us);
}

void tell_registration_forgotten(struct workset *w, const struct job *job, const struct registration *registration, struct uuid person)
{
    Enrolment__RegistrationForgotten event = ENROLMENT__REGISTRATION_FORGOTTEN__INIT;

    event.registration_id = id_bytes(&registration->id);
    event.programme_id = id_bytes(&registration->programme);
    event.person_id = id_bytes(&person);
    event_add(w->events, job, registration->programme, registration->id, "enrolment.RegistrationForgotten.v1", &event.base, w->now_us);
}

void tell_programme_forgotten(struct workset *w, const struct job *job, struct uuid programme)
{
    Enrolment__ProgrammeForgotten event = ENROLMENT__PROGRAMME_FORGOTTEN__INIT;

    event.programme_id = id_bytes(&programme);
    event_add(w->events, job, programme, programme, "enrolment.ProgrammeForgotten.v1", &event.base, w->now_us);
}

/* --- words about a registration ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *type;
    const ProtobufCMessageDescriptor *message;
} TOLD[] = {
    {"enrolment.Promoted.v1", &enrolment__promoted__descriptor},
    {"enrolment.Cancelled.v1", &enrolment__cancelled__descriptor},
    {"enrolment.Transferred.v1", &enrolment__transferred__descriptor},
    {"enrolment.Displaced.v1", &enrolment__displaced__descriptor},
    {"enrolment.Reviewed.v1", &enrolment__reviewed__descriptor},
    {"enrolment.Offered.v1", &enrolment__offered__descriptor},
    {"enrolment.OfferPassed.v1", &enrolment__offer_passed__descriptor},
    {"enrolment.Attended.v1", &enrolment__attended__descriptor},
    {"enrolment.UnitCompleted.v1", &enrolment__unit_completed__descriptor},
    {"enrolment.PlanHandedIn.v1", &enrolment__plan_handed_in__descriptor},
    {"enrolment.Completed.v1", &enrolment__completed__descriptor},
};

static const ProtobufCMessageDescriptor *descriptor_of(const char *type)
{
    for (size_t i = 0; i < sizeof TOLD / sizeof *TOLD; i++)
        if (strcmp(TOLD[i].type, type) == 0)
            return TOLD[i].message;
    bug("an event was found by a type that nobody asked for");
}

static bool blank_text(const char *name, char **text)
{
    if ((strcmp(name, "reason") != 0 && strcmp(name, "condition") != 0) || **text == '\0')
        return false;
    *text = (char *)(uintptr_t) "";
    return true;
}

/* The reason, and the condition of each registration in it. False: it had none. */
static bool blank(ProtobufCMessage *m)
{
    bool any = false;

    for (unsigned i = 0; i < m->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &m->descriptor->fields[i];
        void *const at = (char *)m + field->offset;
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            continue;
        if (field->type == PROTOBUF_C_TYPE_STRING)
            any |= blank_text(field->name, at);
        else if (field->type == PROTOBUF_C_TYPE_MESSAGE && *(ProtobufCMessage **)at != NULL)
            any |= blank(*(ProtobufCMessage **)at);
    }
    return any;
}

void redact_told(struct workset *w, const struct erasure_found *found)
{
    for (size_t n = 0; n < found->told_count; n++) {
        const struct erasure_told *told = &found->told[n];
        ProtobufCMessage *event = NULL;
        if (wire_unpack(w->arena, told->payload, descriptor_of(told->type), &event) == ERR_OK && blank(event))
            event_redact_at(w->events, told->stream, told->seq, event);
    }
}
