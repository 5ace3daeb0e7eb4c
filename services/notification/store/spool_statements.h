/* The SQL of the queue (spool.c), one name each: what the senders say over their own connections. Numbers of states and kinds:
 * domain/message.h. Counters: every statement that moves messages moves tally in the same breath, on the slot of its own connection.
 * Whoever changes a state says why, and by whose hand (actor; null: the rules): a trigger writes it into message_change. */
#ifndef HV_NOTIFICATION_STORE_SPOOL_STATEMENTS_H
#define HV_NOTIFICATION_STORE_SPOOL_STATEMENTS_H
#include "common/db/db.h"
#include "services/notification/domain/why.h"
#include "services/notification/store/reader.h"
#include "services/notification/store/spool.h"
#include "services/notification/store/text_of.h"

/* $1 now $2 when the claim lapses $3 slot. One's own matters (lane 1) go first; what goes to many at once has at least SPOOL_CLAIM_MANY
 * of SPOOL_CLAIM_MAX, so that neither waits for ever. Who comes first locks; the others take the next ones. What was said to a person
 * earlier in the same lane goes first: a later message waits until the earlier one has left or failed, unless that one's time has not come.
 * For the planner, which must walk the index of due messages and look up a few rows even when a million wait: the number of rows is in the
 * text, and the look at earlier messages is a scalar, which never becomes a join of the whole table. */
#define CLAIM_MAX TEXT_OF(SPOOL_CLAIM_MAX)
/* The language of the letter: the reader's; but an announcement whose subject or body is not there in it is Finnish as a whole, which both
 * always are: a letter of two languages would be marked as one. */
#define LETTER_LANGUAGE                                                                                                                    \
    "case when a.id is null or (r.language = 'sv' and a.subject_sv <> '' and a.body_sv <> '') "                                            \
    "or (r.language = 'en' and a.subject_en <> '' and a.body_en <> '') then r.language else 'fi' end"
#define CLAIM_LANE(lane)                                                                                                                   \
    "materialized (select m.number from message m where m.lane = " lane " and m.state in (1, 5) and not m.waits and m.next_at <= $1 "      \
    "  and (select bool_or(true) from message e where e.recipient_id = m.recipient_id and e.number < m.number and e.state in (1, 2, 5) "   \
    "    and not e.waits and e.lane = " lane " and (e.not_before is null or e.not_before <= $1)) is null "                                 \
    "  order by m.next_at, m.number limit " CLAIM_MAX " for update of m skip locked), "
static const struct db_stmt STMT_CLAIM = {
    "claim",
    "with own as " CLAIM_LANE("1") "many as " CLAIM_LANE("2") "due as materialized ((select number from many limit greatest(" TEXT_OF(
        SPOOL_CLAIM_MANY) ", " CLAIM_MAX " - (select count(*) from own))) "
                          "  union all (select number from own limit " CLAIM_MAX " - least((select count(*) from many), " TEXT_OF(
                              SPOOL_CLAIM_MANY) "))), "
                                                "claimed as (update message m set state = 2, claimed_by = $3, next_at = $2, tries = "
                                                "m.tries + 1, why = '', actor = null from due "
                                                "  where m.number = due.number returning m.*), "
                                                "counted as (update tally set n = n + case what when 'sending' then 1 else -1 end * "
                                                "(select count(*) from claimed) "
                                                "  where slot = $3 and what in ('queued', 'sending')) "
                                                "select m.number, m.tries, greatest(m.queued_at, m.not_before), m.promised_at, m.id, "
                                                "m.event_id, m.recipient_id, m.kind, m.topic, m.training_id, "
                                                " m.implementation_id, m.registration_id, m.registration_version, m.unit_id, m.webinar_id, "
                                                "m.announcement_id, m.reminder_id, m.webinar_sequence, m.origin_id, m.origin_version, "
                                                " m.facts::text, m.attached, m.test, "
                                                " r.id is not null, r.name, r.email, " LETTER_LANGUAGE ", "
                                                " (select p.mail from preference p where p.person_id = m.recipient_id and p.topic = "
                                                "m.topic), "
                                                " (select bool_or(true) from suppression x where x.address = lower(r.email)), "
                                                " (select v.version from template v where v.kind = m.kind and v.language = "
                                                "coalesce(" LETTER_LANGUAGE ", 'fi') order by v.version desc limit 1), "
                                                " t.id is not null, t.title_fi, t.title_sv, t.title_en, "
                                                " i.id is not null, i.title_fi, i.title_sv, i.title_en, i.organiser_fi, i.organiser_sv, "
                                                "i.organiser_en, i.places, i.place_count, i.online, "
                                                " u.title_fi, u.title_sv, u.title_en, a.subject_fi, a.subject_sv, a.subject_en, a.body_fi, "
                                                "a.body_sv, a.body_en, m.sends = 0, m.doubts, "
                                                "case when m.test then m.language end, case when m.test then m.subject end, "
                                                "case when m.test then m.body end, case when m.test then m.html end "
                                                "from claimed m left join recipient r on r.id = " READER(
                                                    "m") " left join training t on "
                                                         "t.id = m.training_id "
                                                         "left join implementation i on i.id = m.implementation_id left join unit u on "
                                                         "u.id = "
                                                         "m.unit_id "
                                                         "left join announcement a on a.id = m.announcement_id order by m.lane, m.number"};
static const struct db_stmt STMT_CLAIM_SESSIONS = {
    "claim_sessions",
    "select u.training_id, u.title_fi, u.title_sv, u.title_en, w.starts_at, w.ends_at, w.advance_notice, w.id, w.sequence, w.cancelled "
    "from unit u join webinar w on w.unit_id = u.id where u.training_id = any($1) order by u.training_id, u.ordinal, u.id, w.starts_at"};
static const struct db_stmt STMT_CLAIM_ATTACHMENTS = {
    "claim_attachments", "select event_id, name, media_type, content from attachment where event_id = any($1) order by event_id, n"};
/* $1 kind[] $2 language[] $3 version[] */
static const struct db_stmt STMT_CLAIM_TEMPLATES = {
    "claim_templates",
    "select t.kind, t.language, t.version, t.subject, t.\"text\", t.html from unnest($1::smallint[], $2::text[], $3::int[]) "
    "as k(kind, language, version) join template t on t.kind = k.kind and t.language = k.language "
    "and t.version = k.version"};

/* The attempt exists before the connection does; no row when the claim ($1 number $2 try $4 slot) has lapsed meanwhile, or is so near to it
 * that somebody else may sweep it away (STMT_RECOVER) while this commits. Said again after a lost connection it changes nothing. $3 now */
static const struct db_stmt STMT_ATTEMPT = {
    "attempt", "insert into attempt as a (message, number, started_at) select number, tries, $3 from message "
               "where number = $1 and tries = $2 and state = 2 and claimed_by = $4 and next_at > $3 + interval '1 minute' "
               "on conflict (message, number) do update set started_at = excluded.started_at where a.ended_at is null"};

/* The end of an attempt; or of a claim that came to none ($16 untried), which is noted as one only when it failed. Only who still holds the
 * claim ($1 number $2 try $15 slot) may say so. $3 state $4 next_at $5 waits $6 sent_at $7 language $8 subject $9 body $10 version of the
 * template $11 now $12 smtp code $13 answer $14 doubt $17 what it counts as $18 html $19 relay $20 put off: its time comes at $4
 * $21 the day in Helsinki. Of somebody who was forgotten meanwhile no text is kept, the relay's words (which may repeat the
 * address) among them; ours, where no relay spoke ($12 is 0), stay. What came to be said after they were forgotten, because streams do not
 * wait for each other, does not stay either. */
#define WHOM  "from recipient r where r.id = " READER("m")
#define HEARD "from recipient r where r.id = " READER("done")
static const struct db_stmt STMT_OUTCOME = {
    "outcome",
    "with done as (update message m set state = $3, next_at = $4, waits = $5, sent_at = $6, language = coalesce($7, m.language), "
    "  facts = case when $3 <> 4 or exists (select 1 " WHOM ") then m.facts else '{}' end, "
    "  subject = coalesce((select $8::text " WHOM "), m.subject), body = coalesce((select $9::text " WHOM "), m.body), "
    "  html = coalesce((select $18::text " WHOM "), m.html), template_version = coalesce($10, m.template_version), "
    "  doubts = m.doubts + $14, claimed_by = null, tries = m.tries - case when $16 then 1 else 0 end, "
    "  sends = m.sends + case when $3 = 3 then 1 else 0 end, not_before = case when $20 then $4 else m.not_before end, "
    "  promised_at = case when $20 then $4 else m.promised_at end, actor = null, "
    "  why = case when $3 = 3 then '' when $12 = 0 then coalesce($13, '') else coalesce((select $13::text " WHOM "), '') end "
    "  where m.number = $1 and m.tries = $2 and m.state = 2 and m.claimed_by = $15 "
    "  returning m.number, m.doubts, m.recipient_id, m.reader_id, m.promised_at, $3 = 3 and m.sends = 1 and not m.test as counts), "
    "ended as (insert into attempt (message, number, started_at, ended_at, smtp_code, answer, relay) "
    "  select number, $2, $11, $11, $12, case when $12 = 0 then $13 else coalesce((select $13::text " HEARD "), '') end, $19 "
    "  from done where not $16 on conflict (message, number) do update "
    "  set ended_at = excluded.ended_at, smtp_code = excluded.smtp_code, answer = excluded.answer, relay = excluded.relay), "
    "promised as (insert into promise as p (day, slot, sent, within) "
    "  select date '1970-01-01' + $21::int, $15, 1, case when $11 <= promised_at + interval '10 s' then 1 else 0 end "
    "  from done where counts on conflict (day, slot) do update set sent = p.sent + 1, within = p.within + excluded.within) "
    "update tally set n = n + case what when 'sending' then -1 else 1 end from done where slot = $15 and (what in ('sending', $17) "
    " or (what = 'unsure' and $14 = 1 and done.doubts = 1))"};

/* Claims given back untried. $1 number[] $2 now $3 slot */
static const struct db_stmt STMT_RELEASE = {
    "release", "with back as (update message set state = 1, next_at = $2, claimed_by = null, tries = tries - 1, why = '" WHY_UNTRIED "', "
               "  actor = null where number = any($1) and state = 2 and claimed_by = $3 returning 1) "
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
    "  why = case when h.begun then $5 else '" WHY_UNTRIED "' end, actor = null, tries = m.tries - case when h.begun then 0 else 1 end, "
    "doubts = m.doubts + case when h.begun then 1 else 0 end "
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
    "seen as (select m.number, greatest(m.queued_at, m.not_before) <= $2 or (exists (select from recipient r where r.id = " READER(
        "m") " "
             "   and r.email <> '') and (m.training_id is null or exists (select from training t where t.id = m.training_id))) as due "
             "  from look join message m on m.number = look.number) "
             "update message m set waits = not seen.due, next_at = case when seen.due then greatest($1, m.not_before) else "
             " $1 + greatest(interval '1 minute', least(interval '1 hour', ($1 - m.queued_at) / 4)) end from seen where m.number = "
             "seen.number"};

/* For health: how many wait, and since when the first one is due. */
#define FIRST_DUE(lane) "(select next_at from message where lane = " lane " and state in (1, 5) and not waits order by next_at limit 1)"
static const struct db_stmt STMT_DEPTH = {"depth", "select (select coalesce(sum(n), 0)::bigint from tally where what = 'queued'), "
                                                   "least(" FIRST_DUE("1") ", " FIRST_DUE("2") ")"};

#endif
