/* One sender's life: claim some messages; for each: compose the letter, commit the attempt, mail it, commit the outcome (the
 * outcome of one and the attempt of the next share a transaction); give back what was not begun.
 * While every relay rests (domain/relay.h) nothing is claimed: that stops the senders, not the messages. */
#include "services/notification/outbound/sender.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "common/base/address.h"
#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/base/time.h"
#include "services/notification/domain/allowed.h"
#include "services/notification/domain/course.h"
#include "services/notification/domain/why.h"
#include "services/notification/outbound/compose.h"
#include "services/notification/outbound/invite.h"
#include "services/notification/outbound/parcel.h"
#include "services/notification/outbound/senders.h"

#define NICE                   10
#define DB_TRIES_WHEN_STOPPING 3

/* What the last mail's transaction has still to say. */
struct pending {
    bool set;
    struct outcome outcome;
};

/* The connection to PostgreSQL is gone: tries until it is back. False: the service stops meanwhile; what we held is set free by
 * the next start. */
static bool database_back(struct sender *s)
{
    for (unsigned tries = 0;; tries++) {
        if (atomic_load(&s->all->stopping) && tries >= DB_TRIES_WHEN_STOPPING)
            return false;
        if (spool_reconnect(s->spool) == ERR_OK)
            return true;
        senders_sleep(s->all, (int64_t)db_backoff_ms(tries) * 1000);
    }
}

/* Commits what is pending and that `begins` begins (NULL: nothing). Returns whether `begins` may be sent. */
static bool turn(struct sender *s, struct pending *pending, const struct due *begins)
{
    bool begun = false;
    enum err err;

    do {
        err = spool_turn(s->spool, s->arena, pending->set ? &pending->outcome : NULL, begins, time_now_us(), &begun);
    } while ((err == ERR_UNAVAILABLE || err == ERR_TIMEOUT) && database_back(s));
    if (err != ERR_OK)
        log_error(s->all->log, NULL, "sender.turn-failed", LOG_TEXT("error", err_text(err)->name));
    pending->set = false;
    return err == ERR_OK && begun;
}

static void count_attempt(const struct sender *s, enum message_move move)
{
    senders_note_attempt(s->all, move);
}

/* By id and code: the relay's words may hold the address, they stand in the table only. */
static void note_failed(const struct sender *s, const struct due *due, unsigned smtp_code)
{
    char id[UUID_TEXT];

    uuid_format(due->said.id, id);
    log_warn(s->all->log, NULL, "sender.message-failed", LOG_TEXT("message", id), LOG_INT("smtp_code", smtp_code),
             LOG_INT("tries", due->tries));
}

/* The mail's fate, from how far it came and what the relay said. */
static struct outcome outcome_of(struct sender *s, const struct due *due, const struct smtp_result *r)
{
    int64_t now = time_now_us();
    enum message_move move = status_ours(r->status) ? MOVE_LATER : retry_judge(r->stage, r->code);
    struct outcome o = {.due = due, .state = MESSAGE_SENDING, .smtp_code = (int)r->code, .answer = r->answer};
    uint32_t dice;

    random_bytes(&dice, sizeof dice);
    if (move == MOVE_DOUBT && due->doubts + 1 >= RETRY_DOUBTS) {
        move = MOVE_REFUSED;
        o.answer = WHY_SILENCE;
    }
    if ((move == MOVE_LATER || move == MOVE_DOUBT) && !retry_next(due->queued_us, now, (unsigned)due->tries, dice, &o.next_us))
        move = MOVE_REFUSED; /* 72 hours are over */
    if (!message_move(&o.state, move))
        bug("an attempt ends in one of four ways");
    count_attempt(s, move);
    if (move == MOVE_REFUSED)
        note_failed(s, due, r->code);
    if (move == MOVE_TAKEN && due->first && !due->said.test)
        senders_note_sent(s->all, now, now - due->promised_us);
    return o;
}

/* What the answer says of others than this message: a domain that wants its mail slower, an address that takes none. */
static void heed(struct sender *s, const struct due *due, const struct smtp_result *r, struct outcome *o)
{
    if (r->stage == STAGE_SESSION)
        return;
    if (status_throttles(r->code, r->status)) {
        int rate = bucket_throttled(s->all->buckets, due->person.email, time_now_us());
        log_warn(s->all->log, NULL, "sender.domain-slower", LOG_INT("smtp_code", r->code), LOG_INT("mails_per_minute", rate));
    }
    o->address_dead = o->state == MESSAGE_FAILED && status_address_dead(r->status);
}

/* The texts go with the message: what was said is in the inbox, whatever becomes of the mail. */
static void keep_letter(struct outcome *o, const struct letter *letter)
{
    o->language = language_code(o->due->person.language);
    o->subject = letter->subject;
    o->body = letter->text;
    o->html = letter->html;
}

/* Mails one written parcel whose attempt is committed. */
static struct outcome mail_one(struct sender *s, const struct due *due, const struct letter *letter)
{
    struct smtp_result *result = arena_alloc(s->arena, sizeof *result);
    const char *relay;

    post_send(s->post, arena_text(s->arena, due->person.email), buf_span(&s->mail), result, &relay);

    struct outcome o = outcome_of(s, due, result);
    o.relay = relay;
    heed(s, due, result, &o);
    keep_letter(&o, letter);
    return o;
}

static bool write_parcel(struct sender *s, const struct due *due, const struct letter *letter, const char *unsubscribe)
{
    struct mail_calendar *entries = arena_array(s->arena, INVITES_MAX, sizeof *entries);
    const struct inviter inviter = {.name = s->all->from.name, .address = s->all->from.address};
    const int64_t now = time_now_us();
    const struct parcel parcel = {.from = &s->all->from,
                                  .due = due,
                                  .letter = letter,
                                  .unsubscribe = unsubscribe,
                                  .calendars = entries,
                                  .calendar_count = invite_write(&inviter, due, s->arena, now, entries),
                                  .date_us = now};

    return parcel_write(&s->mail, &parcel, s->arena) == ERR_OK;
}

static struct outcome refused(struct sender *s, const struct due *due, const char *why)
{
    count_attempt(s, MOVE_REFUSED);
    note_failed(s, due, 0);
    return (struct outcome){.due = due, .state = MESSAGE_FAILED, .answer = why};
}

/* A message whose letter cannot be written now, or that has nowhere to go yet. Waiting is no attempt; after 72 hours it fails like one, and
 * `why` says what it waited for. What waits for its recipient is not claimed: one that was claimed knew them when it was queued, and they
 * were forgotten while a sender had it. */
static struct outcome waiting(struct sender *s, const struct due *due, const char *why)
{
    int64_t now = time_now_us();

    if (now - due->queued_us > RETRY_SPAN)
        return refused(s, due, why);
    if (!due->person_known)
        return (struct outcome){.due = due, .state = MESSAGE_CALLED_OFF, .untried = true, .answer = WHY_PERSON};
    return (struct outcome){.due = due, .state = MESSAGE_QUEUED, .waits = true, .next_us = now + RETRY_RECHECK};
}

static struct course_answer ask_course(const struct sender *s, const struct due *due)
{
    uint32_t dice; /* the end of the id is a hash */

    memcpy(&dice, due->said.id.b + sizeof due->said.id.b - sizeof dice, sizeof dice);
    return course_of(&(struct course_facts){.kind = due->said.kind,
                                            .setting = due->setting,
                                            .suppressed = due->suppressed,
                                            .allowed = mail_allowed(s->all->mail_only, due->person.email),
                                            .any_hour = s->all->any_hour,
                                            .has_attachments = due->said.attachment_count > 0,
                                            .test = due->said.test,
                                            .dice = dice,
                                            .now_us = time_now_us()});
}

/* What becomes of a message that is not mailed now, though it could be. */
static struct outcome unmailed(struct sender *s, const struct due *due, const struct course_answer *answer)
{
    struct outcome o = {.due = due, .state = MESSAGE_SENDING, .untried = true, .answer = answer->why};
    enum message_move move = MOVE_RELEASE;

    switch (answer->course) {
    case COURSE_WITHHOLD:
        move = MOVE_WITHHOLD;
        break;
    case COURSE_GATHER:
        move = MOVE_GATHER;
        o.next_us = answer->next_us;
        break;
    case COURSE_LATER:
        o.put_off = true;
        o.next_us = answer->next_us;
        break;
    case COURSE_MAIL:
        break;
    }
    if (!message_move(&o.state, move))
        bug("a claimed message can be withheld, gathered and put off");
    if (move != MOVE_RELEASE)
        senders_note_attempt(s->all, move);
    return o;
}

/* Its domain has had its share for now: it comes back when there is room again. Nobody's promise moves by that. */
static bool slowed(struct sender *s, const struct due *due, struct outcome *out)
{
    int64_t next = bucket_take(s->all->buckets, due->person.email, kind_of(due->said.kind)->lane, time_now_us());

    if (next == 0)
        return false;
    *out = (struct outcome){.due = due,
                            .state = MESSAGE_QUEUED,
                            .untried = true,
                            .next_us = next,
                            .answer = "its domain gets so many mails a minute; it is next"};
    metric_add(s->all->slowed, 1);
    return true;
}

/* What becomes of a composed message, as far as no relay has to be asked. False: it is to be mailed. */
static bool settle(struct sender *s, const struct due *due, const struct letter *letter, struct outcome *out)
{
    struct course_answer answer;

    if (due->person.email.len == 0) {
        *out = waiting(s, due, WHY_UNKNOWN);
    } else if ((answer = ask_course(s, due)).course != COURSE_MAIL) {
        *out = unmailed(s, due, &answer);
    } else if (!address_valid(due->person.email)) {
        *out = refused(s, due, WHY_ADDRESS);
    } else {
        return slowed(s, due, out);
    }
    if (!out->put_off)
        keep_letter(out, letter);
    return true;
}

/* One claimed message, from letter to relay. The outcome of the one before is committed on the way. */
static void deliver(struct sender *s, const struct due *due, struct pending *pending)
{
    const struct composer composer = {.format = s->format, .public_url = s->all->public_url, .link_key = s->all->link_key};
    struct letter *letter = &s->letters[s->letter];
    const char *why = NULL;
    struct outcome outcome;

    s->letter = !s->letter; /* the one before may still be pending */
    switch (compose_letter(&composer, due, s->arena, time_now_us(), letter, &why)) {
    case COMPOSE_WAITS:
        outcome = waiting(s, due, why);
        break;
    case COMPOSE_REFUSED:
        outcome = refused(s, due, why);
        break;
    case COMPOSE_OK:
        if (settle(s, due, letter, &outcome))
            break;
        if (!write_parcel(s, due, letter, compose_unsubscribe(&composer, due, s->arena))) {
            outcome = refused(s, due, WHY_DOCUMENT);
            break;
        }
        if (!turn(s, pending, due))
            return; /* the claim has lapsed: somebody else has the message */
        outcome = mail_one(s, due, letter);
        pending->outcome = outcome;
        pending->set = true;
        return;
    }
    (void)turn(s, pending, NULL);
    pending->outcome = outcome;
    pending->set = true;
}

/* The connection was lost around a claim: whatever this sender holds in the table, it does not know of. */
static bool put_in_order(struct sender *s)
{
    int64_t doubts, untried;

    if (spool_recover(s->spool, s->arena, SPOOL_MINE, time_now_us(), &doubts, &untried) == ERR_OK) {
        s->disordered = false;
        return true;
    }
    (void)database_back(s);
    return false;
}

/* A claim or its end failed. */
static void claim_trouble(struct sender *s, const char *event, enum err err)
{
    s->disordered = true;
    log_warn(s->all->log, NULL, event, LOG_TEXT("error", err_text(err)->name));
    if (err == ERR_UNAVAILABLE)
        (void)database_back(s);
}

/* Claims and sends once. Returns how many there were. */
static size_t sender_round(struct sender *s)
{
    struct pending pending = {.set = false};
    struct due *dues;
    size_t count = 0, done = 0;
    enum err err;

    arena_reset(s->arena);
    if (s->disordered && !put_in_order(s))
        return 0;
    err = spool_claim(s->spool, s->arena, time_now_us(), &dues, &count);
    if (err != ERR_OK) {
        claim_trouble(s, "sender.claim-failed", err);
        return 0;
    }
    while (done < count && relays_rest_us(s->all->relays) == 0 && !atomic_load(&s->all->stopping))
        deliver(s, &dues[done++], &pending);
    if (pending.set)
        (void)turn(s, &pending, NULL);
    err = spool_release(s->spool, s->arena, dues + done, count - done, time_now_us());
    if (err != ERR_OK)
        claim_trouble(s, "sender.release-failed", err);
    return count;
}

/* The first sender keeps house: counts for health each second, sets free lapsed claims each minute. */
static void keep_house(struct sender *s)
{
    int64_t now = time_now_us();
    int64_t waiting, oldest, doubts, untried;

    arena_reset(s->arena);
    if (now - s->counted_us >= TIME_SECOND) {
        s->counted_us = now;
        if (spool_depth(s->spool, &waiting, &oldest) == ERR_OK)
            senders_note_depth(s->all, waiting, oldest);
        enum err err = spool_look_again(s->spool, s->arena, now);
        if (err != ERR_OK)
            log_warn(s->all->log, NULL, "sender.look-again-failed", LOG_TEXT("error", err_text(err)->name));
    }
    if (now - s->swept_us >= 60 * TIME_SECOND) {
        s->swept_us = now;
        if (spool_recover(s->spool, s->arena, SPOOL_LAPSED, now, &doubts, &untried) == ERR_OK && doubts + untried > 0)
            log_warn(s->all->log, NULL, "sender.claims-lapsed", LOG_INT("unsure", doubts), LOG_INT("untried", untried));
    }
}

void *sender_main(void *arg)
{
    struct sender *s = arg;

    (void)prctl(PR_SET_NAME, "sender", 0, 0, 0);
    (void)setpriority(PRIO_PROCESS, 0, NICE); /* on Linux this thread only: in a burst mail yields to the places themselves */
    while (!atomic_load(&s->all->stopping)) {
        int64_t rest = relays_rest_us(s->all->relays);
        if (s->index == 0)
            keep_house(s);
        if (rest > 0)
            senders_sleep(s->all, rest);
        else if (sender_round(s) == 0)
            senders_wait(s->all, &s->seen);
    }
    return NULL;
}
