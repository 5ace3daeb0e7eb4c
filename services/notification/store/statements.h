/* The SQL of batches, one name each (that of the queue: spool_statements.h; of a part: in its file). Numbers of states and kinds:
 * domain/message.h.
 * Counters: every statement that moves messages moves tally in the same breath, on the slot of its own connection. */
#ifndef HV_NOTIFICATION_STORE_STATEMENTS_H
#define HV_NOTIFICATION_STORE_STATEMENTS_H
#include "common/db/db.h"
#include "services/notification/domain/why.h"
#include "services/notification/store/digest.h"
#include "services/notification/store/inbox.h"
#include "services/notification/store/reader.h"
#include "services/notification/store/text_of.h"
#include "services/notification/store/workset.h"

/* --- load ---------------------------------------------------------------------------------------------------------- */
static const struct db_stmt STMT_TRAINING_LOCK = {"training_lock",
                                                  "select id, version from training where id = any($1) order by id for update"};
static const struct db_stmt STMT_FOLLOWERS = {
    "followers", "select training_id, person_id, since from follower where training_id = any($1) order by training_id, person_id"};

static const struct db_stmt STMT_PARTICIPANTS = {
    "participants", "select training_id, registration_id, person_id, since, implementation_id, version, standing from participant "
                    "where training_id = any($1) order by training_id, registration_id"};

#define MESSAGE_COLUMNS                                                                                                                    \
    "number, id, event_id, recipient_id, kind, state, queued_at, sent_at, next_at, language, subject, topic, template_version, read_at, "  \
    "why, digest_id, test, sends, doubts, not_before"
/* Bare: its words are gone, by their age (retention.h) or because somebody was forgotten. */
static const struct db_stmt STMT_REVIVAL_LOCK = {
    "revival_lock", "select " MESSAGE_COLUMNS ", body, bare or (subject is null and facts = '{}'), "
                    "(select bool_or(true) from recipient r join suppression x on x.address = lower(r.email) where r.id = " READER(
                        "message") "), "
                                   "(select p.mail from preference p where p.person_id = recipient_id and p.topic = message.topic), "
                                   "(select r.email from recipient r where r.id = " READER("message") ") "
                                                                                                      "from message where id = any($1) "
                                                                                                      "order by number for update"};

/* Lists, newest first: $1 below this number, $2 at most so many. Each condition has an index of its own, so that no list walks
 * through a million rows of another state. */
#define MESSAGE_LIST(condition) "select " MESSAGE_COLUMNS " from message where number < $1 and " condition " order by number desc limit $2"
static const struct db_stmt STMT_LIST_ALL = {"list_all", MESSAGE_LIST("true")};
static const struct db_stmt STMT_LIST_QUEUED = {"list_queued", MESSAGE_LIST("state in (1, 5)")};
static const struct db_stmt STMT_LIST_SENDING = {"list_sending", MESSAGE_LIST("state = 2")};
static const struct db_stmt STMT_LIST_SENT = {"list_sent", MESSAGE_LIST("state = 3")};
static const struct db_stmt STMT_LIST_FAILED = {"list_failed", MESSAGE_LIST("state = 4")};
static const struct db_stmt STMT_LIST_UNSURE = {"list_unsure", MESSAGE_LIST("doubts > 0")};
static const struct db_stmt STMT_LIST_WITHHELD = {"list_withheld", MESSAGE_LIST("state = 6")};
static const struct db_stmt STMT_LIST_GATHERED = {"list_gathered", MESSAGE_LIST("state = 7")};
static const struct db_stmt STMT_LIST_BOUNCED = {"list_bounced", MESSAGE_LIST("state = 8")};
static const struct db_stmt STMT_LIST_CALLED_OFF = {"list_called_off", MESSAGE_LIST("state = 9")};
/* The inbox of $3 (inbox.h). */
#define INBOX INBOX_OF("$3")
static const struct db_stmt STMT_LIST_INBOX = {"list_inbox", MESSAGE_LIST(INBOX)};
static const struct db_stmt STMT_LIST_UNREAD = {"list_unread", MESSAGE_LIST(INBOX " and read_at is null")};
/* Of one person: $3 whose, $4 state or 0. */
static const struct db_stmt STMT_LIST_PERSON = {"list_person",
                                                MESSAGE_LIST("recipient_id = $3 and ($4 = 0 or ($4 = 5 and doubts > 0) or state = $4)")};

/* Of one event: $3 whose or null, $4 state or 0, $5 and $6 between which its ids lie, $7 the event, $8 from this kind on. */
static const struct db_stmt STMT_LIST_EVENT = {
    "list_event", "with said as materialized (select * from message where id between $5 and $6 and event_id = $7 and kind >= $8) "
                  "select " MESSAGE_COLUMNS " from said where number < $1 and ($3::uuid is null or recipient_id = $3) "
                  "and ($4 = 0 or ($4 = 5 and doubts > 0) or state = $4) order by number desc limit $2"};

static const struct db_stmt STMT_MESSAGE = {"message", "select " MESSAGE_COLUMNS ", body from message where id = $1"};
static const struct db_stmt STMT_ATTEMPTS = {
    "attempts",
    "select a.number, a.smtp_code, a.started_at, a.ended_at, a.answer, a.relay from attempt a join message m on m.number = a.message "
    "where m.id = $1 order by a.number desc limit 200"};
static const struct db_stmt STMT_SUMMARY = {"summary", "select what, sum(n)::bigint from tally group by what"};

/* --- save ---------------------------------------------------------------------------------------------------------- */
/* $1 id[] $2 name[] $3 email[] $4 language[] $5 version[] $6 now $7 slot $8 account[]. A person's own word (enrolment's, from version 1 on)
 * stands over a contact of a grant (version 0), of which the last one counts. Messages that waited for nothing else are due at once. */
static const struct db_stmt STMT_RECIPIENTS = {
    "recipients",
    "with put as (insert into recipient as r (id, name, email, language, version, account_id) "
    " select distinct on (id) id, name, email, language, version, account_id "
    "  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $8::uuid[]) with ordinality "
    "  as t(id, name, email, language, version, account_id, n) order by id, version desc, n desc "
    " on conflict (id) do update set name = excluded.name, email = excluded.email, language = excluded.language, "
    "  version = excluded.version, account_id = excluded.account_id where r.version < excluded.version or (r.version = 0 and "
    "excluded.version = 0) returning id, email, xmax "
    "= 0 as fresh), "
    "woken as (update message m set next_at = greatest($6, m.not_before), waits = false from put where m.recipient_id = put.id "
    " and m.waits and put.email <> '' and (m.training_id is null or exists (select from training t where t.id = m.training_id))) "
    "update tally set n = n + (select count(*) from put where fresh) where slot = $7 and what = 'recipient'"};

/* $1 id[] $2 code[] $3..$5 title[] $6 version[] $7 now */
static const struct db_stmt STMT_TRAININGS = {
    "trainings",
    "with put as (insert into training (id, code, title_fi, title_sv, title_en, version, updated_at) "
    " select t.*, $7 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) t "
    " on conflict (id) do update set code = excluded.code, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
    "  title_en = excluded.title_en, version = excluded.version, updated_at = excluded.updated_at returning id) "
    "update message m set next_at = greatest($7, m.not_before), waits = false from put where m.training_id = put.id and m.waits "
    "and exists (select from recipient r where r.id = " READER("m") " and r.email <> '')"};
/* $1 id[] $2 training_id[] $3..$5 title[] $6..$8 organiser[] $9 places[] $10 place_count[] $11 online[]. One that is no longer in its
 * programme stays: messages may name it. */
static const struct db_stmt STMT_IMPLEMENTATIONS = {
    "implementations",
    "insert into implementation (id, training_id, title_fi, title_sv, title_en, organiser_fi, organiser_sv, organiser_en, places, "
    " place_count, online) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], "
    " $8::text[], $9::text[], $10::int[], $11::bool[]) "
    "on conflict (id) do update set training_id = excluded.training_id, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
    " title_en = excluded.title_en, organiser_fi = excluded.organiser_fi, organiser_sv = excluded.organiser_sv, "
    " organiser_en = excluded.organiser_en, places = excluded.places, place_count = excluded.place_count, "
    " online = excluded.online"};
static const struct db_stmt STMT_UNITS_FORGET = {"units_forget", "delete from unit where training_id = any($1)"};
static const struct db_stmt STMT_UNITS = {"units",
                                          "insert into unit (id, training_id, ordinal, title_fi, title_sv, title_en) "
                                          "select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[])"};
static const struct db_stmt STMT_WEBINARS = {
    "webinars", "insert into webinar (unit_id, number, starts_at, ends_at, advance_notice, id, sequence, cancelled) "
                "select * from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::timestamptz[], $5::bool[], $6::uuid[], $7::int[], "
                " $8::bool[])"};
static const struct db_stmt STMT_WINDOWS_FORGET = {"windows_forget", "delete from training_window where training_id = any($1)"};
static const struct db_stmt STMT_WINDOWS = {"windows",
                                            "insert into training_window (id, training_id, opens_at, closes_at) "
                                            "select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[])"};

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
 * yet waits outside the queue: the event that brings it sets it free (above), and STMT_LOOK_AGAIN is the net below. $1..$23 the columns of
 * struct said, $24 now $25 slot $26 when to look again, $27 the application whose contact reads it, if it has named one yet */
static const struct db_stmt STMT_MESSAGES = {
    "messages",
    "with new as (insert into message (id, event_id, recipient_id, kind, topic, lane, training_id, implementation_id, registration_id, "
    "  registration_version, unit_id, webinar_id, announcement_id, reminder_id, facts, promised_at, not_before, attached, test, actor, "
    "  webinar_sequence, origin_id, origin_version, queued_at, waits, next_at, reader_id) "
    " select s.id, s.event_id, s.recipient_id, s.kind, s.topic, s.lane, s.training_id, s.implementation_id, s.registration_id, "
    "  s.registration_version, s.unit_id, s.webinar_id, s.announcement_id, s.reminder_id, s.facts::jsonb, "
    "  greatest(s.event_at, s.not_before), s.not_before, s.attached, s.test, s.actor, s.webinar_sequence, s.origin_id, "
    "  s.origin_version, $24, w.waits, case when w.waits then $26 else greatest($24, s.not_before) end, c.id "
    " from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::smallint[], $6::smallint[], $7::uuid[], $8::uuid[], $9::uuid[], "
    "  $10::bigint[], $11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::text[], $16::timestamptz[], $17::timestamptz[], "
    "  $18::bool[], $19::bool[], $20::uuid[], $21::int[], $22::uuid[], $23::bigint[], $27::uuid[]) with ordinality "
    "  as s(id, event_id, recipient_id, kind, topic, lane, training_id, implementation_id, registration_id, registration_version, unit_id, "
    "  webinar_id, announcement_id, reminder_id, facts, event_at, not_before, attached, test, actor, webinar_sequence, origin_id, "
    "  origin_version, application_id, n) "
    " left join recipient c on c.id = s.application_id and c.email <> '' "
    " left join recipient r on r.id = coalesce(c.id, s.recipient_id) and r.email <> '' left join training t on t.id = s.training_id "
    " cross join lateral (select r.id is null or (s.training_id is not null and t.id is null) as waits) w "
    " order by s.n on conflict do nothing returning 1) "
    "update tally set n = n + (select count(*) from new) where slot = $25 and what = 'queued'"};
/* $1 event_id $2 name[] $3 media_type[] $4 content[] */
static const struct db_stmt STMT_ATTACHMENTS = {
    "attachments", "insert into attachment (event_id, n, name, media_type, content) select $1, s.n, s.name, s.media_type, s.content "
                   "from unnest($2::text[], $3::text[], $4::bytea[]) with ordinality as s(name, media_type, content, n) "
                   "on conflict do nothing"};

/* $1 registration_id[] $2 training_id[] $3 person_id[] $4 standing[] $5 since[] $6 implementation_id[] $7 version[], in order: the last
 * word of each registration counts; since stays, its version rises, and how it stands moves with it. */
#define LAST_PARTICIPANTS                                                                                                                  \
    "with said as (select distinct on (registration_id) * "                                                                                \
    " from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::timestamptz[], $6::uuid[], $7::bigint[]) with ordinality "       \
    "  as t(registration_id, training_id, person_id, standing, since, implementation_id, version, n) order by registration_id, n desc) "
static const struct db_stmt STMT_PARTICIPATE = {
    "participate", LAST_PARTICIPANTS "insert into participant as p (registration_id, training_id, person_id, since, "
                                     " implementation_id, version, standing) select registration_id, training_id, person_id, since, "
                                     " implementation_id, version, standing from said where standing > 0 on conflict "
                                     "(registration_id) do update set implementation_id = excluded.implementation_id, "
                                     " version = excluded.version, standing = excluded.standing "
                                     "where p.version < excluded.version"};
static const struct db_stmt STMT_LEAVE = {"leave", LAST_PARTICIPANTS "delete from participant p using said s where s.standing = 0 and "
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
    "with addresses as (delete from suppression s using recipient r where (r.id = any ($1) or r.account_id = any ($1)) and s.address = "
    "lower(r.email)), "
    "changes as (delete from suppression_change s using recipient r where (r.id = any ($1) or r.account_id = any ($1)) and s.address = "
    "lower(r.email)), "
    "gone as (delete from recipient where id = any ($1) or account_id = any ($1) returning 1), "
    "unfollowed as (delete from follower where person_id = any ($1)), "
    "left_out as (delete from participant where person_id = any ($1)), "
    "unset as (delete from preference where person_id = any ($1)), "
    "ungathered as (delete from digest where recipient_id = any ($1)), "
    "unreminded as (delete from reminder where person_id = any ($1)), "
    "open as materialized (select number, state from message where recipient_id = any ($1) and state in (1, 5, 7) and next_at is not null "
    "for update), "
    "ended as (update message m set state = 9, next_at = null, waits = false, claimed_by = null, why = '" WHY_PERSON "', "
    "  actor = null from open where m.number = open.number returning open.state as was), "
    "counted as (update tally set n = n + case what when 'queued' then -(select count(*) from ended where was <> 7) "
    "  when 'gathered' then -(select count(*) from ended where was = 7) when 'called_off' then (select count(*) from ended) "
    "  else -(select count(*) from gone) end where slot = $2 and what in ('queued', 'gathered', 'called_off', 'recipient')) "
    "select was from ended"};
static const struct db_stmt STMT_BLANK = {
    "blank", "update message set subject = null, body = null, html = null, facts = '{}', why = case when state = 9 then why else '' end "
             "where recipient_id = any ($1)"};
static const struct db_stmt STMT_BLANK_CHANGES = {
    "blank_changes", "update message_change c set why = '' from message m where m.recipient_id = any ($1) and c.message = m.number "
                     "and c.to_state <> 9"};
/* Attachments that went to nobody else who is still known. */
static const struct db_stmt STMT_FORGET_ATTACHED = {
    "forget_attached",
    "delete from attachment a using message m where m.recipient_id = any ($1) and m.attached and a.event_id = m.event_id "
    "and (select bool_or(true) from message o join recipient r on r.id = o.recipient_id where o.event_id = a.event_id "
    " and o.attached) is null"};
/* What was parked about them: its event, as it came. One event to many people stays: it holds none of their particulars. */
static const struct db_stmt STMT_FORGET_DEAD = {
    "forget_dead",
    "delete from event_dead d using unnest($1::uuid[]) as k (id) where (position(convert_to(k.id::text, 'UTF8') in d.event) > 0 "
    "or position(uuid_send(k.id) in d.event) > 0) and position('enrolment.Announced.v1'::bytea in d.event) = 0 "
    "and position('funding.DecisionSent.v1'::bytea in d.event) = 0"};
static const struct db_stmt STMT_BLANK_ATTEMPTS = {
    "blank_attempts", "update attempt a set answer = '' from message m where m.recipient_id = any ($1) and a.message = m.number"};

/* Somebody and a training are parted: they take no part in it, and of what they were told about it before ($4: an id of an event begins
 * with its time; the ids of reminders and of what officers sent do not, so $7 when it happened) there stays that something was sent, and
 * when. What has not left never does; what a sender has at this moment is taken from it, so that its outcome leaves no text. What a digest
 * has told is out: it stays gathered. The digest repeats its subject: one that has ended loses its words, one that waits is to be written
 * of what else it tells, and called off if that is nothing; one that a sender has is taken from it. A file goes with the last message that
 * had it. No training is named then, since a person who goes on is known by theirs. $1 registration[] $2 training[] $3 person[] $4 event[]
 * $5 slot $6 now $7 at[] */
#define OTHERS                                                                                                                             \
    "o.recipient_id = d.recipient_id and o.digest_id = d.id and o.subject is not null and o.number <> all (array(select number from "      \
    "told))"
static const struct db_stmt STMT_PART = {
    "part",
    "with k as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $7::timestamptz[]) "
    "  as k (registration, training, person, event, at)), "
    "left_out as (delete from participant p using k where p.registration_id = k.registration), "
    "unreminded as (delete from reminder r using k where r.person_id = k.person and r.training_id = k.training "
    "  and r.subject_id = k.registration), "
    "told as materialized (select number, state, event_id, attached, digest_id, state in (1, 2, 5) or (state = 7 and digest_id is null) "
    "  as open from message where number = any (array(select m.number from k cross join lateral (select number from message "
    "   where recipient_id = k.person and (event_id <= k.event or queued_at <= k.at) and training_id = k.training) m)) "
    "  order by number for update), "
    "parted as (update message m set training_id = null, implementation_id = null, registration_id = null, unit_id = null, "
    "  announcement_id = null, webinar_id = null, origin_id = null, reminder_id = null, facts = '{}', subject = null, body = null, "
    "  html = null, waits = false, claimed_by = null, actor = null, next_at = null, "
    "  why = case when told.open then '" WHY_TRAINING "' else '' end, "
    "  state = case when told.open then 9 else told.state end from told where m.number = told.number), "
    "repeats as materialized (select d.number, d.state, r.n, r.entries, d.state = 2 or (d.state in (1, 5) and r.n = 0) as off from message "
    "d "
    "  cross join lateral (select count(*) as n, (select string_agg('- ' || e.subject || e'\\n', '' order by e.number) from (select "
    "   o.number, o.subject from message o where " OTHERS " order by o.number limit " TEXT_OF(
        DIGEST_ENTRIES_MAX) ") e) as entries "
                            "   from message o where " OTHERS ") r "
                            "  where d.id = any (array(select digest_id from told where digest_id is not null)) order by d.number for "
                            "update of d), "
                            "repeated as (update message d set facts = case when r.state in (1, 5) and not r.off "
                            "   then d.facts || jsonb_build_object('count', r.n, 'entries', r.entries) else '{}' end, "
                            "  subject = null, body = null, html = null, why = case when r.off then '" WHY_TRAINING "' else '' end, "
                            "  state = case when r.off then 9 else d.state end, next_at = case when not r.off then d.next_at end, "
                            "  waits = d.waits and not r.off, claimed_by = case when not r.off then d.claimed_by end, actor = null "
                            "  from repeats r where d.number = r.number), "
                            "gone as (select number, state from told where open union all select number, state from repeats where off), "
                            "unattached as (delete from attachment a using (select distinct event_id from told where attached) e where "
                            "a.event_id = e.event_id "
                            "  and (select bool_or(true) from message o join recipient r on r.id = o.recipient_id where o.event_id = "
                            "e.event_id and o.attached "
                            "   and o.training_id is not null and o.number <> all (select number from told)) is null), "
                            "unsaid as (update message_change c set why = '' from told where c.message = told.number and c.to_state <> 9), "
                            "tried as (update attempt a set answer = '', ended_at = coalesce(a.ended_at, $6) from (select number from told "
                            "union select number "
                            "  from gone) t where a.message = t.number) "
                            "update tally set n = n + case what when 'queued' then -(select count(*) from gone where state in (1, 5)) when "
                            "'sending' then "
                            " -(select count(*) from gone where state = 2) when 'gathered' then -(select count(*) from gone where state = "
                            "7) "
                            " else (select count(*) from gone) end "
                            "where slot = $5 and what in ('queued', 'sending', 'gathered', 'called_off')"};

/* $1 training[] $2 until when[] */
static const struct db_stmt STMT_END_TRAINING = {
    "end_training", "with k as (select * from unnest($1::uuid[], $2::timestamptz[]) as k (training, at)), "
                    "unfollowed as (delete from follower f using k where f.training_id = k.training and f.since <= k.at) "
                    "delete from participant p using k where p.training_id = k.training and p.since <= k.at"};

/* Failed, bounced and withheld ones back to the queue: with a fresh 72 hours, which count from not_before; when it was made stays. $1 id[]
 * $2 why[] $3 actor[] $4 now $5 slot */
static const struct db_stmt STMT_REVIVE = {
    "revive",
    "with old as materialized (select m.number, m.state, k.why, k.actor from unnest($1::uuid[], $2::text[], $3::uuid[]) as "
    "  k(id, why, actor) join message m on m.id = k.id where m.state in (4, 6, 8) for update of m), "
    "back as (update message m set state = 1, next_at = $4, not_before = $4, sent_at = null, why = old.why, actor = old.actor from old "
    "  where m.number = old.number returning old.state as was) "
    "update tally set n = n + case what when 'queued' then (select count(*) from back) else -(select count(*) from back "
    "  where was = case tally.what when 'failed' then 4 when 'withheld' then 6 else 8 end) end "
    "where slot = $5 and what in ('queued', 'failed', 'withheld', 'bounced')"};

#endif
