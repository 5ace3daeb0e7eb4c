/* Every SQL text of this service, one name each. Numbers of states and kinds: domain/message.h.
 * Counters: every statement that moves messages moves tally in the same breath, on the slot of its own connection. */
#ifndef HV_NOTIFICATION_STORE_STATEMENTS_H
#define HV_NOTIFICATION_STORE_STATEMENTS_H
#include "common/db/db.h"
#include "services/notification/store/spool.h"

/* --- load ---------------------------------------------------------------------------------------------------------- */
static const struct db_stmt STMT_TRAINING_LOCK = {"training_lock",
                                                  "select id, version from training where id = any($1) order by id for update"};
static const struct db_stmt STMT_FOLLOWERS = {
    "followers", "select training_id, person_id, since from follower where training_id = any($1) order by training_id, person_id"};

static const struct db_stmt STMT_PARTICIPANTS = {
    "participants", "select training_id, registration_id, person_id, since from participant where training_id = any($1) "
                    "order by training_id, registration_id"};

#define MESSAGE_COLUMNS "number, id, event_id, recipient_id, kind, state, queued_at, sent_at, next_at, language, subject"
static const struct db_stmt STMT_REVIVAL_LOCK = {"revival_lock", "select " MESSAGE_COLUMNS
                                                                 ", body from message where id = any($1) order by number for update"};

/* Lists, newest first: $1 below this number, $2 at most so many. Each condition has an index of its own, so that no list walks
 * through a million rows of another state. */
#define MESSAGE_LIST(condition) "select " MESSAGE_COLUMNS " from message where number < $1 and " condition " order by number desc limit $2"
static const struct db_stmt STMT_LIST_ALL = {"list_all", MESSAGE_LIST("true")};
static const struct db_stmt STMT_LIST_QUEUED = {"list_queued", MESSAGE_LIST("state in (1, 5)")};
static const struct db_stmt STMT_LIST_SENDING = {"list_sending", MESSAGE_LIST("state = 2")};
static const struct db_stmt STMT_LIST_SENT = {"list_sent", MESSAGE_LIST("state = 3")};
static const struct db_stmt STMT_LIST_FAILED = {"list_failed", MESSAGE_LIST("state = 4")};
static const struct db_stmt STMT_LIST_UNSURE = {"list_unsure", MESSAGE_LIST("doubts > 0")};
/* Of one person: $3 whose, $4 state or 0. */
static const struct db_stmt STMT_LIST_PERSON = {"list_person",
                                                MESSAGE_LIST("recipient_id = $3 and ($4 = 0 or ($4 = 5 and doubts > 0) or state = $4)")};

static const struct db_stmt STMT_MESSAGE = {"message", "select " MESSAGE_COLUMNS ", body from message where id = $1"};
static const struct db_stmt STMT_ATTEMPTS = {
    "attempts", "select a.number, a.smtp_code, a.started_at, a.ended_at, a.answer from attempt a join message m on m.number = a.message "
                "where m.id = $1 order by a.number desc limit 200"};
static const struct db_stmt STMT_SUMMARY = {"summary", "select what, sum(n)::bigint from tally group by what"};

/* --- save ---------------------------------------------------------------------------------------------------------- */
/* $1 id[] $2 name[] $3 email[] $4 language[] $5 version[] $6 now $7 slot. Messages that waited for nothing else are due at once. */
static const struct db_stmt STMT_RECIPIENTS = {
    "recipients",
    "with put as (insert into recipient as r (id, name, email, language, version) "
    " select distinct on (id) * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[]) "
    "  as t(id, name, email, language, version) order by id, version desc "
    " on conflict (id) do update set name = excluded.name, email = excluded.email, language = excluded.language, "
    "  version = excluded.version where r.version < excluded.version returning id, email, xmax = 0 as fresh), "
    "woken as (update message m set next_at = $6, waits = false from put where m.recipient_id = put.id and m.waits and put.email <> '' "
    " and exists (select from training t where t.id = m.training_id)) "
    "update tally set n = n + (select count(*) from put where fresh) where slot = $7 and what = 'recipient'"};

/* $1 id[] $2 code[] $3..$5 title[] $6 version[] $7 now */
static const struct db_stmt STMT_TRAININGS = {
    "trainings", "with put as (insert into training (id, code, title_fi, title_sv, title_en, version) "
                 " select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) "
                 " on conflict (id) do update set code = excluded.code, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
                 "  title_en = excluded.title_en, version = excluded.version returning id) "
                 "update message m set next_at = $7, waits = false from put where m.training_id = put.id and m.waits "
                 "and exists (select from recipient r where r.id = m.recipient_id and r.email <> '')"};
/* $1 id[] $2 training_id[] $3..$5 title[] $6..$8 organiser[] $9 places[] $10 place_count[]. One that is no longer in its programme stays:
 * messages may name it. */
static const struct db_stmt STMT_IMPLEMENTATIONS = {
    "implementations",
    "insert into implementation (id, training_id, title_fi, title_sv, title_en, organiser_fi, organiser_sv, organiser_en, places, "
    " place_count) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], "
    " $9::text[], $10::int[]) "
    "on conflict (id) do update set training_id = excluded.training_id, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
    " title_en = excluded.title_en, organiser_fi = excluded.organiser_fi, organiser_sv = excluded.organiser_sv, "
    " organiser_en = excluded.organiser_en, places = excluded.places, place_count = excluded.place_count"};
static const struct db_stmt STMT_UNITS_FORGET = {"units_forget", "delete from unit where training_id = any($1)"};
static const struct db_stmt STMT_UNITS = {"units",
                                          "insert into unit (id, training_id, ordinal, title_fi, title_sv, title_en) "
                                          "select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[])"};
static const struct db_stmt STMT_WEBINARS = {
    "webinars", "insert into webinar (unit_id, number, starts_at, ends_at, advance_notice) "
                "select * from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::timestamptz[], $5::bool[])"};

/* $1 training_id[] $2 person_id[] $3 following[] $4 since[], in order: the last word of each pair counts. */
#define LAST_FOLLOWS                                                                                                                       \
    "with said as (select distinct on (training_id, person_id) training_id, person_id, following, since "                                  \
    " from unnest($1::uuid[], $2::uuid[], $3::bool[], $4::timestamptz[]) with ordinality "                                                 \
    "  as t(training_id, person_id, following, since, n) order by training_id, person_id, n desc) "
static const struct db_stmt STMT_FOLLOWS = {
    "follows", LAST_FOLLOWS "insert into follower as f (training_id, person_id, since) select training_id, person_id, since from said "
                            "where following on conflict (training_id, person_id) do update set since = excluded.since "
                            "where f.since > excluded.since"};
static const struct db_stmt STMT_UNFOLLOWS = {
    "unfollows", LAST_FOLLOWS "delete from follower f using said s where not s.following and f.training_id = s.training_id and "
                              "f.person_id = s.person_id"};

/* One row per thing to say; what was said before (a replay) is left as it is. One whose recipient's address or training is not known
 * yet waits outside the queue: the event that brings it sets it free (above), and STMT_LOOK_AGAIN is the net below. $15 now $16 slot
 * $17 when to look again */
static const struct db_stmt STMT_MESSAGES = {
    "messages",
    "with new as (insert into message (id, event_id, recipient_id, kind, training_id, implementation_id, registration_id, order_no, "
    "  \"position\", stood, reply_due, opens_at, closes_at, reason, unit_id, announcement_id, cause, review, credits_tenths, code, "
    "  queued_at, waits, next_at) "
    " select s.id, s.event_id, s.recipient_id, s.kind, s.training_id, s.implementation_id, s.registration_id, s.order_no, s.place, "
    "  s.stood, s.reply_due, s.opens_at, s.closes_at, s.reason, s.unit_id, s.announcement_id, s.cause, s.review, s.credits_tenths, "
    "  s.code, $21, r.id is null or t.id is null, case when r.id is null or t.id is null then $23 else $21 end "
    " from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::uuid[], $6::uuid[], $7::uuid[], $8::int[], "
    "  $9::int[], $10::smallint[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::uuid[], $16::uuid[], "
    "  $17::smallint[], $18::smallint[], $19::int[], $20::text[]) with ordinality "
    "  as s(id, event_id, recipient_id, kind, training_id, implementation_id, registration_id, order_no, place, stood, reply_due, "
    "  opens_at, closes_at, reason, unit_id, announcement_id, cause, review, credits_tenths, code, n) "
    " left join recipient r on r.id = s.recipient_id and r.email <> '' left join training t on t.id = s.training_id "
    " order by s.n on conflict do nothing returning 1) "
    "update tally set n = n + (select count(*) from new) where slot = $22 and what = 'queued'"};

/* $1 registration_id[] $2 training_id[] $3 person_id[] $4 seated[] $5 since[], in order: the last word of each registration counts. */
#define LAST_PARTICIPANTS                                                                                                                  \
    "with said as (select distinct on (registration_id) registration_id, training_id, person_id, seated, since "                           \
    " from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bool[], $5::timestamptz[]) with ordinality "                                     \
    "  as t(registration_id, training_id, person_id, seated, since, n) order by registration_id, n desc) "
static const struct db_stmt STMT_PARTICIPATE = {"participate", LAST_PARTICIPANTS
                                                "insert into participant (registration_id, training_id, person_id, since) "
                                                "select registration_id, training_id, person_id, since from said where seated "
                                                "on conflict (registration_id) do nothing"};
static const struct db_stmt STMT_LEAVE = {"leave", LAST_PARTICIPANTS "delete from participant p using said s where not s.seated and "
                                                                     "p.registration_id = s.registration_id"};

/* $1 id[] $2 training_id[] $3..$5 subject[] $6..$8 body[] */
static const struct db_stmt STMT_ANNOUNCE = {
    "announce", "insert into announcement (id, training_id, subject_fi, subject_sv, subject_en, body_fi, body_sv, body_en) "
                "select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) "
                "on conflict do nothing"};

/* People who are to be forgotten: nothing about them stays but that something was sent, and what has not left is never sent.
 * $1 id[] $2 slot */
static const struct db_stmt STMT_FORGET = {
    "forget",
    "with gone as (delete from recipient where id = any ($1) returning 1), "
    "unfollowed as (delete from follower where person_id = any ($1)), "
    "left_out as (delete from participant where person_id = any ($1)), "
    "ended as (update message set state = 4, next_at = null, waits = false, claimed_by = null where recipient_id = any ($1) "
    "  and state in (1, 5) returning number), "
    "counted as (update tally set n = n + case what when 'queued' then -(select count(*) from ended) when 'failed' then "
    "  (select count(*) from ended) else -(select count(*) from gone) end where slot = $2 and what in ('queued', 'failed', 'recipient')) "
    "select number from ended"};
static const struct db_stmt STMT_BLANK = {"blank", "update message set subject = null, body = null, reason = '', code = '' "
                                                   "where recipient_id = any ($1)"};
/* What was parked about them (people, or registrations of people): its event, as it came. One event to many people stays: it holds none
 * of their particulars. */
static const struct db_stmt STMT_FORGET_DEAD = {
    "forget_dead",
    "delete from event_dead d using unnest($1::uuid[]) as k (id) where (position(convert_to(k.id::text, 'UTF8') in d.event) > 0 "
    "or position(uuid_send(k.id) in d.event) > 0) and position('enrolment.Announced.v1'::bytea in d.event) = 0"};
static const struct db_stmt STMT_BLANK_ATTEMPTS = {
    "blank_attempts", "update attempt a set answer = '' from message m where m.recipient_id = any ($1) and a.message = m.number"};

/* Somebody and a training are parted: they take no part in it, and of what they were told about it before ($4: an id of an event begins
 * with its time) there stays that something was sent, and when. What has not left never does; what a sender has at this moment is taken
 * from it, so that its outcome leaves no text. The training is the nil id then, since a person who goes on is known by theirs.
 * $1 registration[] $2 training[] $3 person[] $4 event[] $5 slot $6 now */
#define NOTHING "'00000000-0000-0000-0000-000000000000'::uuid"
static const struct db_stmt STMT_PART = {
    "part",
    "with k as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as k (registration, training, person, event)), "
    "left_out as (delete from participant p using k where p.registration_id = k.registration), "
    "told as materialized (select number, state from message where number = any (array(select m.number from k cross join lateral "
    "  (select number from message where recipient_id = k.person and event_id <= k.event and training_id = k.training) m)) for update), "
    "parted as (update message m set training_id = " NOTHING ", implementation_id = null, registration_id = null, unit_id = null, "
    "  announcement_id = null, order_no = 0, \"position\" = 0, stood = 0, reply_due = null, opens_at = null, closes_at = null, cause = 0, "
    "  review = 0, credits_tenths = 0, subject = null, body = null, reason = '', code = '', waits = false, claimed_by = null, "
    "  state = case when told.state in (1, 2, 5) then 4 else told.state end, next_at = null from told where m.number = told.number), "
    "tried as (update attempt a set answer = '', ended_at = coalesce(a.ended_at, $6) from told where a.message = told.number) "
    "update tally set n = n + case what when 'queued' then -(select count(*) from told where state in (1, 5)) when 'sending' then "
    " -(select count(*) from told where state = 2) else (select count(*) from told where state in (1, 2, 5)) end "
    "where slot = $5 and what in ('queued', 'sending', 'failed')"};

/* $1 training[] $2 until when[] */
static const struct db_stmt STMT_END = {
    "end_training", "with k as (select * from unnest($1::uuid[], $2::timestamptz[]) as k (training, at)), "
                    "unfollowed as (delete from follower f using k where f.training_id = k.training and f.since <= k.at) "
                    "delete from participant p using k where p.training_id = k.training and p.since <= k.at"};

/* Failed ones back to the queue: with a fresh 72 hours. $1 id[] $2 now $3 slot */
static const struct db_stmt STMT_REVIVE = {
    "revive", "with back as (update message set state = 1, next_at = $2, queued_at = $2 where id = any($1) and state = 4 returning 1) "
              "update tally set n = n + case what when 'queued' then 1 else -1 end * (select count(*) from back) "
              "where slot = $3 and what in ('queued', 'failed')"};

/* --- queue: the senders' own connections ---------------------------------------------------------------------------- */
/* $1 now $2 when the claim lapses $3 slot. Who came first locks; the others take the next ones. What was said to a person earlier goes
 * first: a later message waits until the earlier one has left or failed. For the planner, which must walk the index of due messages and
 * look up a few rows even when a million wait: the number of rows is in the text, and the look at earlier messages is a scalar,
 * which never becomes a join of the whole table. */
#define TEXT_OF(number)  TEXT_OF_(number)
#define TEXT_OF_(number) #number
#define CLAIM_LIMIT      "limit " TEXT_OF(SPOOL_CLAIM_MAX)
static const struct db_stmt STMT_CLAIM = {
    "claim",
    "with due as materialized (select m.number from message m where m.state in (1, 5) and not m.waits and m.next_at <= $1 "
    "  and (select bool_or(true) from message e where e.recipient_id = m.recipient_id and e.number < m.number and e.state in (1, 2, 5) "
    "    and not e.waits) is null order by m.next_at, m.number " CLAIM_LIMIT " for update of m skip locked), "
    "claimed as (update message m set state = 2, claimed_by = $3, next_at = $2, tries = m.tries + 1 from due "
    "  where m.number = due.number returning m.*), "
    "counted as (update tally set n = n + case what when 'sending' then 1 else -1 end * (select count(*) from claimed) "
    "  where slot = $3 and what in ('queued', 'sending')) "
    "select m.number, m.tries, m.queued_at, m.id, m.event_id, m.recipient_id, m.kind, m.training_id, m.registration_id, m.order_no, "
    " m.\"position\", m.stood, m.reply_due, m.opens_at, m.closes_at, m.reason, r.id is not null, r.name, r.email, r.language, "
    " t.id is not null, t.title_fi, t.title_sv, t.title_en, i.title_fi, i.title_sv, i.title_en, i.organiser_fi, i.organiser_sv, "
    " i.organiser_en, i.places, i.place_count, m.cause, m.review, m.credits_tenths, m.code, m.unit_id, u.title_fi, u.title_sv, u.title_en, "
    " m.announcement_id, a.subject_fi, a.subject_sv, a.subject_en, a.body_fi, a.body_sv, a.body_en "
    "from claimed m left join recipient r on r.id = m.recipient_id left join training t on t.id = m.training_id "
    "left join implementation i on i.id = m.implementation_id left join unit u on u.id = m.unit_id "
    "left join announcement a on a.id = m.announcement_id order by m.number"};
static const struct db_stmt STMT_CLAIM_SESSIONS = {
    "claim_sessions",
    "select u.training_id, u.title_fi, u.title_sv, u.title_en, w.starts_at, w.ends_at, w.advance_notice from unit u "
    "join webinar w on w.unit_id = u.id where u.training_id = any($1) order by u.training_id, u.ordinal, u.id, w.starts_at"};

/* The attempt exists before the connection does; no row when the claim ($1 number $2 try $4 slot) has lapsed meanwhile. Said again after a
 * lost connection it changes nothing. $3 now */
static const struct db_stmt STMT_ATTEMPT = {
    "attempt", "insert into attempt as a (message, number, started_at) select number, tries, $3 from message "
               "where number = $1 and tries = $2 and state = 2 and claimed_by = $4 "
               "on conflict (message, number) do update set started_at = excluded.started_at where a.ended_at is null"};

/* The end of an attempt; or of a claim that came to none, which is noted as one unless the message just waits. Only who still holds the
 * claim ($1 number $2 try $15 slot) may say so. $3 state $4 next_at $5 waits $6 sent_at $7..$10 text $11 now $12 smtp code $13 answer $14
 * doubt; $16 what it counts as. Of somebody who was forgotten meanwhile no text is kept, the relay's words (which may repeat the
 * address) among them; ours, where no relay spoke ($12 is 0), stay. What
 * came to be said after they were forgotten, because streams do not wait for each other, does not stay either. */
static const struct db_stmt STMT_OUTCOME = {
    "outcome",
    "with done as (update message set state = $3, next_at = $4, waits = $5, sent_at = $6, language = coalesce($7, language), "
    "  reason = case when $3 = 4 and not exists (select from recipient r where r.id = recipient_id) then '' else reason end, "
    "  subject = coalesce((select $8::text from recipient r where r.id = recipient_id), subject), "
    "  body = coalesce((select $9::text from recipient r where r.id = recipient_id), body), template_version = coalesce($10, "
    "template_version), "
    "  doubts = doubts + $14, claimed_by = null, tries = tries - case when $5 then 1 else 0 end where number = $1 and tries = $2 and state "
    "= 2 and claimed_by = $15 "
    "  returning number, doubts, recipient_id), "
    "ended as (insert into attempt (message, number, started_at, ended_at, smtp_code, answer) "
    "  select number, $2, $11, $11, $12, case when $12 = 0 then $13 else "
    "   coalesce((select $13::text from recipient r where r.id = done.recipient_id), '') end "
    "  from done where not $5 on conflict (message, number) do update "
    "  set ended_at = excluded.ended_at, smtp_code = excluded.smtp_code, answer = excluded.answer) "
    "update tally set n = n + case what when 'sending' then -1 else 1 end from done where slot = $15 and (what in ('sending', $16) "
    " or (what = 'unsure' and $14 = 1 and done.doubts = 1))"};

/* Claims given back untried. $1 number[] $2 now $3 slot */
static const struct db_stmt STMT_RELEASE = {
    "release",
    "with back as (update message set state = 1, next_at = $2, claimed_by = null, tries = tries - 1 where number = any($1) and state = 2 "
    "  and claimed_by = $3 returning 1) "
    "update tally set n = n + case what when 'queued' then 1 else -1 end * (select count(*) from back) "
    "where slot = $3 and what in ('queued', 'sending')"};

/* After a crash: what the senders $1..$2 held, and anybody's claim that has lapsed. One with an open attempt is a doubt, the others were
 * not begun. $3 now $4 slot $5 words for the attempt. Returns how many of each. */
static const struct db_stmt STMT_RECOVER = {
    "recover",
    "with held as materialized (select m.number, exists (select from attempt a where a.message = m.number and a.number = m.tries "
    "   and a.ended_at is null) as begun from message m where m.state = 2 and (m.claimed_by between $1 and $2 or m.next_at < $3) "
    "  for update of m), "
    "back as (update message m set state = case when h.begun then 5 else 1 end, next_at = $3, claimed_by = null, "
    "  tries = m.tries - case when h.begun then 0 else 1 end, doubts = m.doubts + case when h.begun then 1 else 0 end "
    "  from held h where m.number = h.number returning m.number, m.tries, m.doubts, h.begun), "
    "ended as (update attempt a set ended_at = $3, answer = $5 from back where back.begun and a.message = back.number "
    "  and a.number = back.tries), "
    "counted as (update tally set n = n + case what when 'queued' then (select count(*) from back) "
    "   when 'sending' then -(select count(*) from back) else (select count(*) from back where begun and doubts = 1) end "
    "  where slot = $4 and what in ('queued', 'sending', 'unsure')) "
    "select count(*) filter (where begun), count(*) filter (where not begun) from back"};

/* Waiting messages whose time to look again has come, a thousand at most (a call a second: a million are no load). Those whose facts are
 * known by now, or that have waited since $2 (72 h ago), are due; the others are looked at again in a quarter of their age, in a minute
 * at least and an hour at most. $1 now */
static const struct db_stmt STMT_LOOK_AGAIN = {
    "look_again",
    "with look as materialized (select number from message where waits and next_at <= $1 order by next_at limit 1000 "
    "  for update skip locked), "
    "seen as (select m.number, m.queued_at <= $2 or (exists (select from recipient r where r.id = m.recipient_id and r.email <> '') "
    "   and exists (select from training t where t.id = m.training_id)) as due from look join message m on m.number = look.number) "
    "update message m set waits = not seen.due, next_at = case when seen.due then $1 else "
    " $1 + greatest(interval '1 minute', least(interval '1 hour', ($1 - m.queued_at) / 4)) end from seen where m.number = seen.number"};

/* For health: how many wait, and since when the first one is due. */
static const struct db_stmt STMT_DEPTH = {"depth", "select (select coalesce(sum(n), 0)::bigint from tally where what = 'queued'), "
                                                   "(select min(next_at) from message where state in (1, 5) and not waits)"};

#endif
