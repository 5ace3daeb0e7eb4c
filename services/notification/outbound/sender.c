/* One sender's life: claim some messages; for each: compose the letter, commit the attempt, mail it, commit the outcome (the
 * outcome of one and the attempt of the next share a transaction); give back what was not begun.
 * A relay that is down stops the sender, not the messages: it gives its claim back and pauses, 1 s doubling to 30 s. */
#include "services/notification/outbound/sender.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/base/time.h"
#include "services/notification/outbound/compose.h"
#include "services/notification/outbound/mime.h"
#include "services/notification/outbound/senders.h"
#include "services/notification/outbound/smtp.h"

#define PAUSE_FIRST            TIME_SECOND
#define PAUSE_LONGEST          (30 * TIME_SECOND)
#define NICE                   10
#define DB_TRIES_WHEN_STOPPING 3

/* What the last mail's transaction has still to say. */
struct pending {
    bool set;
    struct outcome outcome;
};

static void pause_longer(struct sender *s)
{
    s->pause_us = s->pause_us == 0 ? PAUSE_FIRST : s->pause_us * 2;
    if (s->pause_us > PAUSE_LONGEST)
        s->pause_us = PAUSE_LONGEST;
    s->paused_until_us = time_steady_us() + s->pause_us;
}

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
    metric_add(s->all->attempts[move], 1);
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
    enum message_move move = retry_judge(r->stage, r->code);
    struct outcome o = {.due = due, .state = MESSAGE_SENDING, .smtp_code = (int)r->code, .answer = r->answer};
    uint32_t dice;

    random_bytes(&dice, sizeof dice);
    if ((move == MOVE_LATER || move == MOVE_DOUBT) && !retry_next(due->queued_us, now, (unsigned)due->tries, dice, &o.next_us))
        move = MOVE_REFUSED; /* 72 hours are over */
    if (!message_move(&o.state, move))
        bug("an attempt ends in one of four ways");
    count_attempt(s, move);
    if (move == MOVE_REFUSED)
        note_failed(s, due, r->code);
    if (move == MOVE_TAKEN)
        metric_observe_us(s->all->delay, now - due->queued_us);
    return o;
}

/* A relay that is down is said at each pause, and once when it is back. */
static void note_relay(struct sender *s, const struct smtp_result *result)
{
    s->relay_down = result->relay_down;
    senders_note_error(s->all, result->relay_down ? result->answer : "");
    if (s->relay_down) {
        pause_longer(s);
        log_warn(s->all->log, NULL, "sender.relay-down", LOG_TEXT("answer", result->answer), LOG_INT("smtp_code", result->code),
                 LOG_INT("pause_s", s->pause_us / TIME_SECOND));
    } else if (s->pause_us > 0) {
        s->pause_us = 0;
        log_info(s->all->log, NULL, "sender.relay-back");
    }
}

/* Mails one composed letter whose attempt is committed. */
static struct outcome mail_one(struct sender *s, const struct due *due, const struct letter *letter)
{
    const struct senders *all = s->all;
    const char *language = language_code(due->person.language);
    char *to = arena_text(s->arena, due->person.email);
    struct smtp_result *result = arena_alloc(s->arena, sizeof *result);

    mime_write(&s->mail, &(struct mail){.from_name = all->from_name,
                                        .from_address = all->from_address,
                                        .to_name = arena_text(s->arena, due->person.name),
                                        .to_address = to,
                                        .subject = letter->subject,
                                        .body = letter->body,
                                        .language = language,
                                        .kind = message_kind_name(due->said.kind),
                                        .id = due->said.id,
                                        .domain = all->domain,
                                        .date_us = time_now_us()});
    smtp_send(s->smtp, to, buf_span(&s->mail), result);
    note_relay(s, result);

    struct outcome o = outcome_of(s, due, result);
    o.language = language;
    o.subject = letter->subject;
    o.body = letter->body;
    return o;
}

/* A message whose letter cannot be written now, or never. Waiting for facts is no attempt; after 72 hours it fails like one. */
static struct outcome unwritten(struct sender *s, const struct due *due, const char *why)
{
    int64_t now = time_now_us();
    struct outcome o = {.due = due, .answer = why};

    if (why == NULL && now - due->queued_us <= RETRY_SPAN) {
        o.state = MESSAGE_QUEUED;
        o.waits = true;
        o.next_us = now + RETRY_RECHECK;
        return o;
    }
    o.state = MESSAGE_FAILED;
    if (why == NULL)
        o.answer = "the recipient's address or the training's name did not become known within 72 hours";
    count_attempt(s, MOVE_REFUSED);
    note_failed(s, due, 0);
    return o;
}

/* One claimed message, from letter to relay. The outcome of the one before is committed on the way. */
static void deliver(struct sender *s, const struct due *due, struct pending *pending)
{
    struct letter *letter = &s->letters[s->letter];
    const char *why = NULL;
    enum compose_result result = compose_letter(due, s->format, s->arena, time_now_us(), letter, &why);

    s->letter = !s->letter; /* the one before may still be pending */
    if (result != COMPOSE_OK) {
        (void)turn(s, pending, NULL);
        pending->outcome = unwritten(s, due, result == COMPOSE_WAITS ? NULL : why);
    } else if (turn(s, pending, due)) {
        pending->outcome = mail_one(s, due, letter);
    } else {
        return; /* the claim has lapsed: somebody else has the message */
    }
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
    s->relay_down = false;
    if (s->disordered && !put_in_order(s))
        return 0;
    err = spool_claim(s->spool, s->arena, time_now_us(), &dues, &count);
    if (err != ERR_OK) {
        claim_trouble(s, "sender.claim-failed", err);
        return 0;
    }
    while (done < count && !s->relay_down && !atomic_load(&s->all->stopping))
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
        int64_t now = time_steady_us();
        if (s->index == 0)
            keep_house(s);
        if (now < s->paused_until_us)
            senders_sleep(s->all, s->paused_until_us - now);
        else if (sender_round(s) == 0)
            senders_wait(s->all, &s->seen);
    }
    return NULL;
}
