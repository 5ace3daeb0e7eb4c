/* The SQL of loading, of lists and of the hot path's saving. Written so that the plan cannot depend on how full the tables were
 * when it was made: keys come as arrays, `any(array(...))` and `cross join lateral (... limit 1)` go by the index from the
 * first row to the ten-millionth. */
#include "services/enrolment/store/statements.h"

#include "services/enrolment/store/workset.h"

/* The programmes of a batch: named by id ($1), by an implementation or an invitation ($2), by a registration ($3) or by code ($4). What
 * a part belongs to never changes, so this may be read before the lock. */
#define SCOPE                                                                                                                              \
    " any (array(select unnest($1::uuid[])"                                                                                                \
    " union select programme_id from implementation where id = any ($2::uuid[])"                                                           \
    " union select programme_id from invitation where id = any ($2::uuid[])"                                                               \
    " union select r.programme_id from unnest($3::uuid[]) as k (id)"                                                                       \
    " cross join lateral (select programme_id from registration where id = k.id limit 1) r"                                                \
    " union select id from programme where code = any ($4::text[]))) "

/* Held and offered seats, and invitations, whose time ran out HOLD_GRACE_US before $1. */
#define LAPSED  " from registration where state in (4, 5) and reply_due <= $1::timestamptz - interval '2 seconds' "
#define EXPIRED " from invitation where not over and valid_until <= $1::timestamptz - interval '2 seconds' "
/* Of programme $2: the WORKSET_DUE_MAX that are due longest. */
#define LAPSED_OF(COLUMNS) "(select " COLUMNS LAPSED "and programme_id = $2 order by reply_due limit 200)"
_Static_assert(HOLD_GRACE_US == 2000000 && WORKSET_DUE_MAX == 200, "the texts have both in them");

/* The programmes of which something is due at $1, before any lock; $3 at most, those behind $2 first. So however many there are, and
 * however much is due of one whose rows cannot be saved, each has its turn. */
const struct db_stmt FIND_DUE = {"enrolment_find_due",
                                 "select d.programme_id from ("
                                 "select programme_id from application_window where (not opened_told and opens_at <= $1::timestamptz)"
                                 " or (not closed_told and closes_at <= $1::timestamptz)"
                                 " union select programme_id" LAPSED "union select programme_id" EXPIRED
                                 ") d order by d.programme_id <= $2, d.programme_id limit $3::integer"};

#define PROGRAMME_COLUMNS                                                                                                                  \
    "id, cap, taken, waiting, last_order, reply_hours, version, code, title_fi, title_sv, title_en, credits_tenths, held, reserved,"       \
    " last_pass, last_change, offer_hours, hold_minutes, moderated, edit_until, plan_required, retention_days, forgotten_at"

/* Lock first, read second: under READ COMMITTED the statements after this one see everything that the holders before us committed.
 * In order of id, so two writers never wait for each other in a ring. */
#ifdef HV_TEST_NO_LOCK
#define LOCK_CLAUSE "" /* the oversell test is built once more like this, and must fail */
#else
#define LOCK_CLAUSE " for update"
#endif
const struct db_stmt LOCK_PROGRAMMES = {"enrolment_lock_programmes",
                                        "select " PROGRAMME_COLUMNS " from programme where id =" SCOPE "order by id" LOCK_CLAUSE};
const struct db_stmt SEE_PROGRAMMES = {"enrolment_see_programmes",
                                       "select " PROGRAMME_COLUMNS " from programme where id =" SCOPE "order by id"};

const struct db_stmt LOAD_IMPLEMENTATIONS = {
    "enrolment_load_implementations",
    "select programme_id, id, capacity, taken, waiting, waiting_cap, last_order, version, chain_n, chain_head, chain_at, code, region, "
    "ordinal,"
    " organiser_fi, organiser_sv, organiser_en, title_fi, title_sv, title_en, audience_fi, audience_sv, audience_en,"
    " array_to_string(places, E'\\n'), mode, held, reserved, given_up from implementation where programme_id =" SCOPE
    "order by programme_id, ordinal, code"};

const struct db_stmt LOAD_RULES = {
    "enrolment_load_rules",
    "select programme_id, implementation_id, rule, fact, array_to_string(allowed, ','), reason_fi, reason_sv,"
    " reason_en, review from eligibility_rule where programme_id =" SCOPE "order by programme_id, implementation_id nulls first, ordinal"};

const struct db_stmt LOAD_WINDOWS = {
    "enrolment_load_windows", "select programme_id, id, opens_at, closes_at, opened_told, closed_told, quota, used from application_window"
                              " where programme_id =" SCOPE "order by programme_id, opens_at, id"};

const struct db_stmt LOAD_QUESTIONS = {
    "enrolment_load_questions",
    "select programme_id, code, kind, title_fi, title_sv, title_en, help_fi, help_sv, help_en, required, sensitive,"
    " array_to_string(option_values, E'\\n'), array_to_string(option_fi, E'\\n'), array_to_string(option_sv, E'\\n'),"
    " array_to_string(option_en, E'\\n'), when_code, array_to_string(when_values, E'\\n') from question where programme_id =" SCOPE
    "order by programme_id, ordinal"};

const struct db_stmt LOAD_UNITS = {
    "enrolment_load_units", "select u.programme_id, u.id, u.ordinal, u.title_fi, u.title_sv, u.title_en, u.credits_tenths, w.starts_at,"
                            " w.ends_at, w.advance_notice, w.id, w.sequence, w.cancelled from unit u left join webinar w on w.unit_id = "
                            "u.id where u.programme_id =" SCOPE "order by u.programme_id, u.ordinal, w.ordinal"};

/* What every reader of a registration reads. The position is a count, but only over those who wait before this one, at most the
 * waiting list's cap, by the index of the queue; nothing on the way of an enrolment reads it. */
#define REGISTRATION_COLUMNS                                                                                                               \
    "r.id, r.programme_id, r.implementation_id, r.person_id, r.state, r.first_state, r.order_no, r.programme_order, r.received_at,"        \
    " r.created_at, r.reply_due, r.version, r.chain_n, r.chain_hash, r.salt, r.caller, r.line, r.origin_id, r.team_id, r.invitation_id,"   \
    " r.review, r.condition, r.person_hash, r.quota_window"
#define POSITION                                                                                                                           \
    ", case when r.state = 2 then (select count(*)::integer from registration q where q.implementation_id = r.implementation_id"           \
    " and q.state = 2 and q.line <= r.line) else 0 end"
#define NO_POSITION ", 0"

/* The first $5 who wait, per implementation: as many as the batch can promote at most. */
const struct db_stmt LOAD_QUEUES = {
    "enrolment_load_queues", "select " REGISTRATION_COLUMNS NO_POSITION
                             " from implementation i cross join lateral (select * from registration r where r.implementation_id = i.id"
                             " and r.state = 2 order by r.line limit $5::integer) r where i.programme_id =" SCOPE "order by i.id, r.line"};

/* For the tick of programme $2, after its lock: its held and offered seats whose time ran out at $1. */
const struct db_stmt LOAD_LAPSED = {"enrolment_load_lapsed", "select " REGISTRATION_COLUMNS NO_POSITION " from " LAPSED_OF("*") " r"};

/* And who may get them: per implementation as many as seats can come free by all that is due. */
const struct db_stmt LOAD_QUEUES_DUE = {
    "enrolment_load_queues_due",
    "with d as materialized (select 1 as seats from " LAPSED_OF(
        "1") " l union all select seats - used" EXPIRED "and programme_id = $2)"
             " select " REGISTRATION_COLUMNS NO_POSITION " from implementation i cross join lateral (select * from registration r"
             " where r.implementation_id = i.id and r.state = 2 order by r.line limit (select least(2000, sum(seats))::integer from d)) r"
             " where i.programme_id = $2 and exists (select from d) order by i.id, r.line"};

/* Those to be written; no key update, so that enrolments of the same people (foreign key) need not wait. */
const struct db_stmt LOCK_PERSONS = {"enrolment_lock_persons",
                                     "select id from person where id = any ($1::uuid[]) order by id for no key update"};
#define PERSON_COLUMNS "p.id, p.name, p.email, p.language, p.role, p.level, p.organisation_kind, p.organisation, p.region, p.version"
const struct db_stmt LOAD_PERSONS = {
    "enrolment_load_persons",
    "select " PERSON_COLUMNS " from unnest($1::uuid[]) as k (id) cross join lateral (select * from person p where p.id = k.id limit 1) p"};

const struct db_stmt LOAD_REGISTRATIONS = {
    "enrolment_load_registrations",
    "select " REGISTRATION_COLUMNS POSITION
    " from unnest($1::uuid[]) as k (id) cross join lateral (select * from registration r where r.id = k.id limit 1) r"};

const struct db_stmt LOAD_ACTIVE = {
    "enrolment_load_active",
    "select " REGISTRATION_COLUMNS NO_POSITION
    " from unnest($1::uuid[], $2::uuid[]) as k (person, programme) cross join lateral (select * from registration r"
    " where r.person_id = k.person and r.programme_id = k.programme and r.state in (1, 2, 4, 5) limit 1) r"};

/* The last two columns: which of the keys asked for this is, and the hash of the request it was first used with. */
const struct db_stmt LOAD_KEYS = {
    "enrolment_load_keys", "select " REGISTRATION_COLUMNS POSITION
                           ", k.n::integer - 1, r.request_hash from unnest($1::uuid[], $2::bytea[]) with ordinality as k (caller, key, n)"
                           " cross join lateral (select * from registration r where r.caller = k.caller and r.idempotency_key = k.key"
                           " limit 1) r"};

const struct db_stmt LOAD_FOLLOWS = {"enrolment_load_follows",
                                     "select f.programme_id, f.person_id from unnest($1::uuid[], $2::uuid[]) as k (programme, person)"
                                     " join follower f on f.programme_id = k.programme and f.person_id = k.person"};

const struct db_stmt PAGE_PROGRAMMES = {"enrolment_page_programmes",
                                        "select id, code from programme where code > $1 order by code limit $2::integer"};

/* Newest first; a person has a handful. */
const struct db_stmt LIST_MINE = {"enrolment_list_mine",
                                  "select " REGISTRATION_COLUMNS POSITION " from registration r where r.person_id = $1"
                                  " order by r.created_at desc, r.id limit $2::integer"};

/* Coordinators see who they are. */
const struct db_stmt LIST_REGISTRATIONS = {"enrolment_list_registrations",
                                           "select " REGISTRATION_COLUMNS POSITION ", " PERSON_COLUMNS
                                           " from registration r left join person p on p.id = r.person_id"
                                           " where r.implementation_id = $1 and r.order_no > $2::integer"
                                           " and ($3::integer = 0 or r.state = $3::integer) order by r.order_no limit $4::integer"};

/* Within an implementation both orders rise together, so the programme's order is a merge of the implementations' lists by the
 * index they have; an index of its own would cost every enrolment for the sake of this one list. */
const struct db_stmt LIST_WHOLE = {
    "enrolment_list_whole",
    "select " REGISTRATION_COLUMNS POSITION ", " PERSON_COLUMNS
    " from (select r.* from implementation i cross join lateral (select * from registration r where r.implementation_id = i.id"
    " and r.programme_order > $2::integer and ($3::integer = 0 or r.state = $3::integer) order by r.order_no limit $4::integer) r"
    " where i.programme_id = $1 order by r.programme_order limit $4::integer) r left join person p on p.id = r.person_id"
    " order by r.programme_order"};

/* Who would go back to the waiting list when a capacity is lowered under the taken: the latest first, by the index of the order. */
const struct db_stmt LIST_LAST_SEATED = {"enrolment_list_last_seated",
                                         "select " REGISTRATION_COLUMNS NO_POSITION " from registration r where r.implementation_id = $1"
                                         " and r.state = 1 order by r.order_no desc limit $2::integer"};

/* The members of a team, each where they are now: a transferred registration has a later one with the same team. */
const struct db_stmt LIST_TEAM = {"enrolment_list_team", "select " REGISTRATION_COLUMNS POSITION ", " PERSON_COLUMNS
                                                         " from registration r left join person p on p.id = r.person_id"
                                                         " where r.team_id = $1 and r.state <> 6 order by r.programme_order"};

/* The first move stands on the registration, the later ones have rows of their own. */
const struct db_stmt LIST_HISTORY = {
    "enrolment_list_history",
    "select chain_n, 0, first_state::integer, created_at, caller, '', chain_hash from registration where id = $1"
    " union all select n, from_state, to_state, moved_at, actor, reason, hash from registration_move where registration_id = $1"
    " order by 1 limit $2::integer"};

const struct db_stmt LIST_LAST_MOVE = {"enrolment_list_last_move",
                                       "select n, from_state, to_state, moved_at, actor, reason, hash from registration_move"
                                       " where registration_id = $1 order by n desc limit $2::integer"};

const struct db_stmt LIST_REFUSALS = {"enrolment_list_refusals",
                                      "select f.programme_id, f.implementation_id, f.person_id, f.rule, f.times, f.last_at, " PERSON_COLUMNS
                                      " from refusal f left join person p on p.id = f.person_id"
                                      " where f.programme_id = $1 and (f.person_id, f.implementation_id, f.rule) > ($2, $3, $4)"
                                      " order by f.person_id, f.implementation_id, f.rule limit $5::integer"};

/* Entries 1..$2 are first moves and later moves. The later ones among them are counted by their key; the rest are first moves,
 * whose order numbers are 1, 2, 3 ...: so the first moves after entry $2 begin at the order number after $2 less that count,
 * and the index of the order serves the chain too. */
const struct db_stmt LIST_CHAIN = {
    "enrolment_list_chain",
    "select * from ((select r.chain_n as n, 0 as was, r.first_state::integer as became, r.order_no, r.id, r.salt, r.person_id, "
    "r.created_at,"
    " r.chain_hash, r.person_hash from registration r where r.implementation_id = $1 and r.order_no > $2::integer - (select count(*) from "
    "registration_move m"
    " where m.implementation_id = $1 and m.n <= $2::integer) order by r.order_no limit $3::integer)"
    " union all (select m.n, m.from_state, m.to_state, r.order_no, r.id, r.salt, r.person_id, m.moved_at, m.hash, r.person_hash from "
    "registration_move m"
    " join registration r on r.id = m.registration_id where m.implementation_id = $1 and m.n > $2::integer order by m.n limit "
    "$3::integer)) e"
    " order by n limit $3::integer"};

#define FRESH_COLUMNS                                                                                                                      \
    "id, programme_id, implementation_id, person_id, state, first_state, order_no, programme_order, received_at,"                          \
    " reply_due, version, chain_n, chain_hash, salt, caller, idempotency_key, request_hash, line"
#define FRESH_ARRAYS                                                                                                                       \
    "$1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::smallint[], $7::integer[], $8::integer[], $9::timestamptz[],"     \
    " $10::timestamptz[], $11::bigint[], $12::integer[], $13::bytea[], $14::bytea[], $15::uuid[], $16::bytea[], $17::bytea[], "            \
    "$18::bigint[]"

/*~ 7. An enrolment is one row: the registration with its idempotency key, its order numbers and its entry of the chain. */
const struct db_stmt ADD_REGISTRATIONS = {"enrolment_add_registrations", "insert into registration (" FRESH_COLUMNS
                                                                         ", created_at) select e.*, $19 from unnest(" FRESH_ARRAYS ") e"};

/* The same for the few that have more to say: of a team, invited, transferred, to be reviewed, held with a share of a quota. */
const struct db_stmt ADD_REGISTRATIONS_MORE = {
    "enrolment_add_registrations_more",
    "insert into registration (" FRESH_COLUMNS
    ", origin_id, team_id, invitation_id, review, condition, quota_window, created_at) select e.*, $25 from unnest(" FRESH_ARRAYS
    ", $19::uuid[], $20::uuid[], $21::uuid[], $22::smallint[], $23::text[], $24::uuid[]) e"};

const struct db_stmt SET_REGISTRATIONS = {
    "enrolment_set_registrations",
    "update registration r set state = e.state, reply_due = e.reply_due, version = e.version, line = e.line, review = e.review,"
    " condition = e.condition from unnest($1::uuid[], $2::smallint[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::smallint[],"
    " $7::text[]) as e (id, state, reply_due, version, line, review, condition) where r.id = e.id"};

const struct db_stmt ADD_MOVES = {
    "enrolment_add_moves",
    "insert into registration_move (implementation_id, n, registration_id, from_state, to_state, actor, reason, hash,"
    " moved_at) select e.*, $9 from unnest($1::uuid[], $2::integer[], $3::uuid[], $4::smallint[], $5::smallint[],"
    " $6::uuid[], $7::text[], $8::bytea[]) e"};

const struct db_stmt SET_IMPLEMENTATIONS = {
    "enrolment_set_implementations",
    "update implementation i set capacity = e.capacity, waiting_cap = e.waiting_cap, taken = e.taken, waiting = e.waiting,"
    " last_order = e.last_order, chain_n = e.chain_n, chain_head = e.chain_head, chain_at = e.chain_at, version = e.version,"
    " held = e.held, reserved = e.reserved, given_up = e.given_up"
    " from unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::integer[], $8::bytea[],"
    " $9::timestamptz[], $10::bigint[], $11::integer[], $12::integer[], $13::integer[]) as e (id, capacity, waiting_cap, taken, waiting,"
    " last_order, chain_n, chain_head, chain_at, version, held, reserved, given_up) where i.id = e.id"};

const struct db_stmt SET_PROGRAMMES = {
    "enrolment_set_programmes",
    "update programme p set cap = e.cap, taken = e.taken, waiting = e.waiting, last_order = e.last_order, version = e.version,"
    " held = e.held, reserved = e.reserved, last_pass = e.last_pass, last_change = e.last_change, forgotten_at = e.forgotten_at"
    " from unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::bigint[], $7::integer[], $8::integer[],"
    " $9::integer[], $10::integer[], $11::timestamptz[]) as e (id, cap, taken, waiting, last_order, version, held, reserved, last_pass,"
    " last_change, forgotten_at) where p.id = e.id"};

const struct db_stmt PUT_REFUSALS = {"enrolment_put_refusals",
                                     "insert into refusal as r (programme_id, implementation_id, person_id, rule, times, last_at)"
                                     " select e.*, $6 from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[]) e"
                                     " on conflict (programme_id, person_id, implementation_id, rule)"
                                     " do update set times = r.times + excluded.times, last_at = excluded.last_at"};
