/* Operations as requests: what each says in the words of proto/enrolment.proto. */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "tests/service/enrolment/property/service.h"

const char *operation_name(enum operation_kind kind)
{
    static const char *const NAMES[] = {
#define OPERATION_NAME(name, method) method,
        OPERATIONS(OPERATION_NAME)
#undef OPERATION_NAME
    };
    return NAMES[kind];
}

struct uuid made_id(unsigned kind, uint32_t history, uint32_t number)
{
    struct uuid id = {{0}};

    id.b[3] = (uint8_t)kind;
    id.b[4] = (uint8_t)(history >> 24);
    id.b[5] = (uint8_t)(history >> 16);
    id.b[6] = id.b[8] = 0x80;
    id.b[9] = (uint8_t)(history >> 8);
    id.b[10] = (uint8_t)history;
    for (unsigned i = 0; i < 4; i++)
        id.b[15 - i] = (uint8_t)(number >> (8 * i));
    return id;
}

struct uuid person_id(int person)
{
    return made_id(3, 0, (uint32_t)person);
}

struct uuid actor_id(const struct model *m, int actor)
{
    return actor == COORDINATOR ? made_id(4, 0, 1) : actor == ADMIN ? made_id(4, 0, 2) : model_person_id(m, actor);
}

void invitation_code(const struct model *m, uint32_t number, char out[32])
{
    (void)snprintf(out, 32, "KOODI-%u-%u", m->number, number);
}

static ProtobufCBinaryData bytes(struct operation *op, struct uuid id)
{
    if (uuid_is_nil(id))
        return (ProtobufCBinaryData){0};
    const struct span copy = arena_copy(op->arena, uuid_span(&id));
    return (ProtobufCBinaryData){.len = copy.len, .data = (uint8_t *)(uintptr_t)copy.data};
}

static char *reason(const struct operation *op)
{
    return arena_strdup(op->arena, op->reasoned ? "Syy on kirjattu" : "");
}

static ProtobufCBinaryData row_bytes(const struct model *m, struct operation *op)
{
    return bytes(op, m->rows[op->registration].id);
}

static ProtobufCBinaryData place_bytes(const struct model *m, struct operation *op)
{
    return bytes(op, m->places[op->implementation].id);
}

/* The one question a programme may have: "diet", and any text is an answer. */
static Enrolment__Answer **answers(const struct model *m, struct operation *op, size_t *count)
{
    *count = m->asks && op->answered;
    if (*count == 0)
        return NULL;
    Enrolment__Answer *a = arena_alloc(op->arena, sizeof *a), **list = arena_alloc(op->arena, sizeof *list);
    enrolment__answer__init(a);
    a->code = arena_strdup(op->arena, "diet");
    a->n_values = 1;
    a->values = arena_alloc(op->arena, sizeof *a->values);
    a->values[0] = arena_strdup(op->arena, "kasvis");
    list[0] = a;
    return list;
}

/* The next line declares the message `m` of that type, empty. */
#define MESSAGE(Type, type)                                                                                                                \
    Enrolment__##Type *q = arena_alloc(op->arena, sizeof *q);                                                                              \
    enrolment__##type##__init(q)

static const ProtobufCMessage *ask_enrol(const struct model *m, struct operation *op)
{
    char code[32];
    MESSAGE(EnrolRequest, enrol_request);
    q->programme_id = bytes(op, m->programme);
    q->implementation_id = place_bytes(m, op);
    q->answers = answers(m, op, &q->n_answers);
    if (op->named)
        q->person_id = bytes(op, model_person_id(m, op->person));
    if (op->bad_code || op->invitation != NOBODY) {
        invitation_code(m, op->bad_code ? 999999 : m->invites[op->invitation].number, code);
        q->invitation = arena_strdup(op->arena, code);
    }
    return &q->base;
}

static const ProtobufCMessage *ask_hold(const struct model *m, struct operation *op)
{
    MESSAGE(HoldRequest, hold_request);
    q->programme_id = bytes(op, m->programme);
    q->implementation_id = place_bytes(m, op);
    return &q->base;
}

static const ProtobufCMessage *ask_confirm(const struct model *m, struct operation *op)
{
    MESSAGE(ConfirmRequest, confirm_request);
    q->registration_id = row_bytes(m, op);
    q->answers = answers(m, op, &q->n_answers);
    return &q->base;
}

static const ProtobufCMessage *ask_cancel(const struct model *m, struct operation *op)
{
    MESSAGE(CancelRequest, cancel_request);
    q->registration_id = row_bytes(m, op);
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_offer(const struct model *m, struct operation *op)
{
    MESSAGE(AnswerOfferRequest, answer_offer_request);
    q->registration_id = row_bytes(m, op);
    q->answer = (Enrolment__AnswerOfferRequest__Kind)op->number;
    return &q->base;
}

static const ProtobufCMessage *ask_transfer(const struct model *m, struct operation *op)
{
    MESSAGE(TransferRequest, transfer_request);
    q->registration_id = row_bytes(m, op);
    q->implementation_id = place_bytes(m, op);
    q->reason = reason(op);
    return &q->base;
}

static Enrolment__Person *particulars(struct operation *op, bool teacher)
{
    Enrolment__Person *person = arena_alloc(op->arena, sizeof *person);

    enrolment__person__init(person);
    person->name = arena_strdup(op->arena, "Uusi Osallistuja");
    person->email = arena_strdup(op->arena, "uusi@example.fi");
    person->language = arena_strdup(op->arena, "fi");
    person->role = arena_strdup(op->arena, teacher ? "teacher" : "other");
    return person;
}

static const ProtobufCMessage *ask_team(const struct model *m, struct operation *op)
{
    MESSAGE(EnrolTeamRequest, enrol_team_request);
    q->programme_id = bytes(op, m->programme);
    q->implementation_id = place_bytes(m, op);
    q->name = arena_strdup(op->arena, "Johtotiimi");
    q->mode = (Enrolment__EnrolTeamRequest__Mode)op->number;
    q->n_members = op->member_count;
    q->members = arena_array(op->arena, op->member_count, sizeof *q->members);
    for (size_t i = 0; i < op->member_count; i++) {
        Enrolment__EnrolTeamRequest__Member *member = q->members[i] = arena_alloc(op->arena, sizeof *member);
        enrolment__enrol_team_request__member__init(member);
        if (op->members[i] == STRANGER)
            member->person = particulars(op, true);
        else
            member->person_id = bytes(op, model_person_id(m, op->members[i]));
        member->answers = answers(m, op, &member->n_answers);
    }
    return &q->base;
}

static const ProtobufCMessage *ask_review(const struct model *m, struct operation *op)
{
    MESSAGE(ReviewRequest, review_request);
    q->registration_id = row_bytes(m, op);
    q->decision = (Enrolment__ReviewRequest__Decision)op->number;
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_promote(const struct model *m, struct operation *op)
{
    MESSAGE(PromoteRegistrationRequest, promote_registration_request);
    q->registration_id = row_bytes(m, op);
    q->despite_order = op->flag;
    q->add_seat = op->adds;
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_priority(const struct model *m, struct operation *op)
{
    MESSAGE(SetPriorityRequest, set_priority_request);
    q->registration_id = row_bytes(m, op);
    q->level_case = ENROLMENT__SET_PRIORITY_REQUEST__LEVEL_PRIORITY;
    q->priority = op->number;
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_capacity(const struct model *m, struct operation *op)
{
    MESSAGE(SetImplementationCapacityRequest, set_implementation_capacity_request);
    q->implementation_id = place_bytes(m, op);
    q->seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    q->capacity = op->number;
    q->waiting_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__WAITING_WAITING_CAP;
    q->waiting_cap = op->waiting;
    q->displace = op->flag;
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_cap(const struct model *m, struct operation *op)
{
    MESSAGE(SetProgrammeCapRequest, set_programme_cap_request);
    q->programme_id = bytes(op, m->programme);
    q->seats_case = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__SEATS_CAP;
    q->cap = op->number;
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_invite(const struct model *m, struct operation *op)
{
    char code[32];
    MESSAGE(CreateInvitationRequest, create_invitation_request);
    invitation_code(m, op->key, code);
    q->implementation_id = place_bytes(m, op);
    q->code = arena_strdup(op->arena, code);
    q->seats = op->number;
    q->early = op->flag;
    q->valid_until_us = op->until_us;
    return &q->base;
}

static const ProtobufCMessage *ask_revoke(const struct model *m, struct operation *op)
{
    MESSAGE(RevokeInvitationRequest, revoke_invitation_request);
    q->invitation_id = bytes(op, m->invites[op->invitation].id);
    q->reason = reason(op);
    return &q->base;
}

static ProtobufCBinaryData window_bytes(const struct model *m, struct operation *op)
{
    return op->window == NOBODY ? (ProtobufCBinaryData){0} : bytes(op, m->rounds[op->window].id);
}

static const ProtobufCMessage *ask_window(const struct model *m, struct operation *op)
{
    MESSAGE(SetWindowRequest, set_window_request);
    q->programme_id = bytes(op, m->programme);
    q->window_id = window_bytes(m, op);
    q->opens_us = op->opens_us;
    q->closes_us = op->closes_us;
    if (op->flag) {
        q->round_case = ENROLMENT__SET_WINDOW_REQUEST__ROUND_QUOTA;
        q->quota = op->number;
    }
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_add_window(const struct model *m, struct operation *op)
{
    MESSAGE(AddWindowRequest, add_window_request);
    q->programme_id = bytes(op, m->programme);
    q->opens_us = op->opens_us;
    q->closes_us = op->closes_us;
    q->quota = op->number;
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_remove_window(const struct model *m, struct operation *op)
{
    MESSAGE(RemoveWindowRequest, remove_window_request);
    q->programme_id = bytes(op, m->programme);
    q->window_id = window_bytes(m, op);
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_erase(const struct model *m, struct operation *op)
{
    MESSAGE(ErasePersonRequest, erase_person_request);
    q->even_unknown = true; /* whom the service knows hangs on more than the model keeps count of: refusals, keys */
    if (op->named)
        q->person_id = bytes(op, model_person_id(m, op->person));
    q->reason = reason(op);
    return &q->base;
}

static const ProtobufCMessage *ask_return(const struct model *m, struct operation *op)
{
    (void)m;
    MESSAGE(PutPersonRequest, put_person_request);
    q->person = particulars(op, model_meets(op->person));
    return &q->base;
}

/* The clock names the programme, as the service's own timer does once something of it is due. */
static const ProtobufCMessage *ask_tick(const struct model *m, struct operation *op)
{
    MESSAGE(GetProgrammeRequest, get_programme_request);
    q->programme_id = bytes(op, m->programme);
    return &q->base;
}

const ProtobufCMessage *ask_message(const struct model *m, struct operation *op)
{
    static const ProtobufCMessage *(*const ASK[OPERATION_COUNT])(const struct model *, struct operation *) = {
        [OPERATION_ENROL] = ask_enrol,
        [OPERATION_HOLD] = ask_hold,
        [OPERATION_CONFIRM] = ask_confirm,
        [OPERATION_CANCEL] = ask_cancel,
        [OPERATION_OFFER] = ask_offer,
        [OPERATION_TRANSFER] = ask_transfer,
        [OPERATION_TEAM] = ask_team,
        [OPERATION_REVIEW] = ask_review,
        [OPERATION_PROMOTE] = ask_promote,
        [OPERATION_PRIORITY] = ask_priority,
        [OPERATION_CAPACITY] = ask_capacity,
        [OPERATION_CAP] = ask_cap,
        [OPERATION_INVITE] = ask_invite,
        [OPERATION_REVOKE] = ask_revoke,
        [OPERATION_TICK] = ask_tick,
        [OPERATION_WINDOW] = ask_window,
        [OPERATION_ADD_WINDOW] = ask_add_window,
        [OPERATION_REMOVE_WINDOW] = ask_remove_window,
        [OPERATION_ERASE] = ask_erase,
        [OPERATION_RETURN] = ask_return,
    };
    return ASK[op->kind](m, op);
}
