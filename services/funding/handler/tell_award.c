/* See tell_award.h. */
#include "services/funding/handler/tell_award.h"

#include <string.h>

#include "funding.pb-c.h"
#include "services/funding/handler/amendment_message.h"
#include "services/funding/handler/convert.h"

#define ACCOUNT_END 4            /* characters */
#define NAMED_MOST  (240 * 1024) /* bytes of an event that has the names of rows in it: events are bounded (common/event/log.h) */

struct grantee grantee_of(const struct award *award)
{
    return (struct grantee){.application_id = award->id,
                            .call_id = award->call_id,
                            .owner_id = award->owner_id,
                            .register_number = award->register_number,
                            .title = award->title,
                            .language = award->language};
}

struct grantee grantee_of_application(const struct application *a)
{
    return (struct grantee){.application_id = a->id,
                            .call_id = a->call_id,
                            .owner_id = a->owner_id,
                            .register_number = a->register_number,
                            .title = a->title,
                            .language = a->language};
}

static struct uuid tell(struct workset *w, const struct job *job, struct uuid call_id, struct uuid application_id, const char *type,
                        const ProtobufCMessage *message)
{
    return event_add(w->events, job, call_id, application_id, type, message, w->now_us);
}

/* What every event about a grant says of it. */
#define PUT_GRANTEE(m, of)                                                                                                                 \
    do {                                                                                                                                   \
        (m).application_id = convert_id(w->arena, (of)->application_id);                                                                   \
        (m).call_id = convert_id(w->arena, (of)->call_id);                                                                                 \
        (m).owner_id = convert_id(w->arena, (of)->owner_id);                                                                               \
        (m).register_number = convert_text((of)->register_number);                                                                         \
        (m).title = convert_text((of)->title);                                                                                             \
        (m).language = convert_text((of)->language);                                                                                       \
    } while (0)

void tell_grant_answered(struct workset *w, const struct job *job, const struct award *award, int64_t cents, bool by_silence)
{
    Funding__GrantAnswered m = FUNDING__GRANT_ANSWERED__INIT;
    const struct grantee of = grantee_of(award);

    PUT_GRANTEE(m, &of);
    m.theme_id = convert_id(w->arena, award->theme_id);
    m.refused = award->state == AWARD_REFUSED;
    m.by_silence = by_silence;
    m.cents = cents;
    (void)tell(w, job, of.call_id, of.application_id, "funding.GrantAnswered.v1", &m.base);
}

/* The last four characters, however it is spaced: enough to know one's account by, and too little for anybody else. */
static char *account_end(struct arena *arena, const char *iban)
{
    char *end = arena_alloc(arena, ACCOUNT_END + 1);
    size_t from = ACCOUNT_END;

    for (size_t i = strlen(iban); i > 0 && from > 0; i--)
        if (iban[i - 1] != ' ')
            end[--from] = iban[i - 1];
    return from == 0 ? end : end + ACCOUNT_END;
}

void tell_instalment(struct workset *w, const struct job *job, const struct grantee *of, const struct instalment *instalment)
{
    Funding__InstalmentMoved m = FUNDING__INSTALMENT_MOVED__INIT;

    PUT_GRANTEE(m, of);
    m.instalment_id = convert_id(w->arena, instalment->id);
    m.state = (Funding__InstalmentState)instalment->state;
    m.cents = instalment->cents;
    m.account_end = account_end(w->arena, instalment->iban);
    m.paid_on = convert_day(w->arena, instalment->paid_on);
    m.reference = convert_text(instalment->reference);
    (void)tell(w, job, of->call_id, of->application_id, "funding.InstalmentMoved.v1", &m.base);
}

void tell_obligation_set(struct workset *w, const struct job *job, const struct grantee *of, const struct obligation *obligation)
{
    Funding__ObligationSet m = FUNDING__OBLIGATION_SET__INIT;

    PUT_GRANTEE(m, of);
    m.obligation_id = convert_id(w->arena, obligation->id);
    m.kind = (Funding__ObligationKind)obligation->kind;
    m.due_on = convert_day(w->arena, obligation->due_on);
    (void)tell(w, job, of->call_id, of->application_id, "funding.ObligationSet.v1", &m.base);
}

void tell_obligation_ended(struct workset *w, const struct job *job, struct uuid call_id, const struct obligation *obligation)
{
    Funding__ObligationEnded m = FUNDING__OBLIGATION_ENDED__INIT;

    m.obligation_id = convert_id(w->arena, obligation->id);
    m.application_id = convert_id(w->arena, obligation->award_id);
    m.call_id = convert_id(w->arena, call_id);
    m.state = (Funding__ObligationState)obligation->state;
    (void)tell(w, job, call_id, obligation->award_id, "funding.ObligationEnded.v1", &m.base);
}

void tell_obligation_late(struct workset *w, const struct job *job, const struct grantee *of, const struct obligation *obligation)
{
    Funding__ObligationLate m = FUNDING__OBLIGATION_LATE__INIT;

    PUT_GRANTEE(m, of);
    m.obligation_id = convert_id(w->arena, obligation->id);
    m.kind = (Funding__ObligationKind)obligation->kind;
    m.due_on = convert_day(w->arena, obligation->due_on);
    (void)tell(w, job, of->call_id, of->application_id, "funding.ObligationLate.v1", &m.base);
}

void tell_report(struct workset *w, const struct job *job, const struct grantee *of, const struct report *report, const char *words,
                 int64_t trainee_days_tenths)
{
    Funding__ReportMoved m = FUNDING__REPORT_MOVED__INIT;

    PUT_GRANTEE(m, of);
    m.report_id = convert_id(w->arena, report->id);
    m.kind = (Funding__ReportKind)report->kind;
    m.state = (Funding__ReportState)report->state;
    m.words = convert_text(words);
    m.due_on = convert_day(w->arena, report->due_on);
    m.used_cents = report->used_cents;
    m.trainee_days_tenths = trainee_days_tenths;
    (void)tell(w, job, of->call_id, of->application_id, "funding.ReportMoved.v1", &m.base);
}

void tell_amendment_submitted(struct workset *w, const struct job *job, const struct grantee *of, const struct amendment *amendment)
{
    Funding__AmendmentSubmitted m = FUNDING__AMENDMENT_SUBMITTED__INIT;

    m.amendment_id = convert_id(w->arena, amendment->id);
    m.application_id = convert_id(w->arena, of->application_id);
    m.call_id = convert_id(w->arena, of->call_id);
    m.register_number = convert_text(of->register_number);
    m.kinds = arena_array(w->arena, amendment->part_count + 1, sizeof *m.kinds);
    for (size_t i = 0; i < amendment->part_count; i++)
        m.kinds[m.n_kinds++] = (Funding__ChangeKind)amendment->parts[i].kind;
    (void)tell(w, job, of->call_id, of->application_id, "funding.AmendmentSubmitted.v1", &m.base);
}

/* The lead, and whoever stands for another partner, each once. */
static void add_recipients(struct arena *arena, Funding__AmendmentDecided *m, const struct grantee *of, const struct consortium *consortium)
{
    const size_t count = consortium != NULL ? consortium->partner_count : 0;

    m->recipients = arena_array(arena, count + 1, sizeof *m->recipients);
    for (size_t i = 0; i < count + 1; i++) {
        const struct uuid person = i == 0 ? of->owner_id : consortium->partners[i - 1].contact_id;
        Funding__Recipient *r = arena_alloc(arena, sizeof *r);

        if (i > 0 && (uuid_compare(person, of->owner_id) == 0 || consortium_contact(consortium, person) != &consortium->partners[i - 1]))
            continue;
        funding__recipient__init(r);
        r->person_id = convert_id(arena, person);
        r->lead = i == 0;
        m->recipients[m->n_recipients++] = r;
    }
}

static void leave_out(Funding__AmountRow **rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i]->name = convert_text("");
}

/* Rows are told by their numbers: where a hundred of them have names as long as can be, the event is told without these. They stand in the
 * document. */
static void fit(Funding__AmendmentDecided *m)
{
    if (protobuf_c_message_get_packed_size(&m->base) <= NAMED_MOST)
        return;
    for (size_t i = 0; i < m->n_parts; i++) {
        Funding__Change *const changes[] = {m->parts[i]->asked, m->parts[i]->accepted};

        for (size_t k = 0; k < 2; k++)
            if (changes[k] != NULL) {
                leave_out(changes[k]->lines, changes[k]->n_lines);
                leave_out(changes[k]->partners, changes[k]->n_partners);
            }
    }
}

struct uuid tell_amendment_decided(struct workset *w, const struct job *job, const struct grantee *of, const struct amendment *amendment,
                                   Bus__File *document, const struct consortium *consortium)
{
    Funding__AmendmentDecided m = FUNDING__AMENDMENT_DECIDED__INIT;

    PUT_GRANTEE(m, of);
    m.amendment_id = convert_id(w->arena, amendment->id);
    m.parts = amendment_parts_message(w->arena, amendment, &m.n_parts);
    m.document = document;
    add_recipients(w->arena, &m, of, consortium);
    fit(&m);
    return tell(w, job, of->call_id, of->application_id, "funding.AmendmentDecided.v1", &m.base);
}

struct uuid tell_recovery(struct workset *w, const struct job *job, const struct grantee *of, const struct recovery *recovery,
                          const char *reasons, Bus__File *document)
{
    Funding__RecoveryMoved m = FUNDING__RECOVERY_MOVED__INIT;

    PUT_GRANTEE(m, of);
    m.recovery_id = convert_id(w->arena, recovery->id);
    m.state = (Funding__RecoveryState)recovery->state;
    m.kind = (Funding__RecoveryKind)recovery->kind;
    m.cents = recovery->cents;
    m.due_on = convert_day(w->arena, recovery->due_on);
    m.reasons = convert_text(reasons);
    m.document = document;
    return tell(w, job, of->call_id, of->application_id, "funding.RecoveryMoved.v1", &m.base);
}

void tell_draw(struct workset *w, const struct job *job, struct uuid call_id, const uint8_t seed[DRAW_SEED_SIZE],
               const struct draw_row *rows, size_t count)
{
    Funding__DrawMade m = FUNDING__DRAW_MADE__INIT;
    const struct hash commitment = draw_commitment(seed);

    m.call_id = convert_id(w->arena, call_id);
    m.commitment = convert_bytes(span_of(commitment.b, sizeof commitment.b));
    m.seed = convert_bytes(span_of(seed, DRAW_SEED_SIZE));
    m.application_ids = arena_array(w->arena, count + 1, sizeof *m.application_ids);
    for (size_t i = 0; i < count; i++)
        if (rows[i].drawn)
            m.application_ids[m.n_application_ids++] = convert_id(w->arena, rows[i].award_id);
    (void)tell(w, job, call_id, call_id, "funding.DrawMade.v1", &m.base);
}
