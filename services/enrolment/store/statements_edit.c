/* The SQL of people, followers and imports: rare beside enrolments, so written for plainness, a row a statement in one pipeline. */
#include "services/enrolment/store/statements.h"

const struct db_stmt PUT_PERSONS = {
    "enrolment_put_persons",
    "insert into person (id, name, email, language, role, level, organisation_kind, organisation, region, version)"
    " select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],"
    " $10::bigint[]) on conflict (id) do update set name = excluded.name, email = excluded.email, language = excluded.language,"
    " role = excluded.role, level = excluded.level, organisation_kind = excluded.organisation_kind, organisation = excluded.organisation,"
    " region = excluded.region, version = excluded.version"};

const struct db_stmt PUT_FOLLOWS = {"enrolment_put_follows",
                                    "insert into follower (programme_id, person_id) values ($1, $2) on conflict do nothing"};
const struct db_stmt DROP_FOLLOWS = {"enrolment_drop_follows", "delete from follower where programme_id = $1 and person_id = $2"};

/* A new programme is inserted and nothing else: if somebody else has just made it, this is a conflict, and the import runs again on
 * what stands. An upsert here would set the counters of a programme whose lock we never held. */
const struct db_stmt ADD_PROGRAMME = {
    "enrolment_add_programme",
    "insert into programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, taken, waiting, last_order, reply_hours, version,"
    " offer_hours, hold_minutes, moderated, edit_until, plan_required, retention_days, last_change)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"};
const struct db_stmt EDIT_PROGRAMME = {
    "enrolment_edit_programme",
    "update programme set code = $2, title_fi = $3, title_sv = $4, title_en = $5, credits_tenths = $6, cap = $7, taken = $8, waiting = $9,"
    " last_order = $10, reply_hours = $11, version = $12, offer_hours = $13, hold_minutes = $14, moderated = $15, edit_until = $16,"
    " plan_required = $17, retention_days = $18, last_change = $19 where id = $1"};

/* The counters of an implementation that stands already are written by SET_IMPLEMENTATIONS; here they are those of a new one. */
const struct db_stmt PUT_IMPLEMENTATION = {
    "enrolment_put_implementation",
    "insert into implementation (id, programme_id, code, ordinal, organiser_fi, organiser_sv, organiser_en, title_fi, title_sv, title_en,"
    " audience_fi, audience_sv, audience_en, places, region, mode, capacity, waiting_cap, version, chain_head)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, string_to_array($14, E'\\n'), $15, $16, $17, $18, $19, $20)"
    " on conflict (id) do update set code = excluded.code, ordinal = excluded.ordinal, organiser_fi = excluded.organiser_fi, organiser_sv "
    "= excluded.organiser_sv,"
    " organiser_en = excluded.organiser_en, title_fi = excluded.title_fi, title_sv = excluded.title_sv, title_en = excluded.title_en,"
    " audience_fi = excluded.audience_fi, audience_sv = excluded.audience_sv, audience_en = excluded.audience_en, places = excluded.places,"
    " region = excluded.region, mode = excluded.mode, capacity = excluded.capacity, waiting_cap = excluded.waiting_cap,"
    " version = excluded.version"};

const struct db_stmt DROP_RULES = {"enrolment_drop_rules", "delete from eligibility_rule where programme_id = $1"};
const struct db_stmt ADD_RULE = {
    "enrolment_add_rule",
    "insert into eligibility_rule (programme_id, implementation_id, ordinal, rule, fact, allowed, reason_fi, reason_sv,"
    " reason_en, review) values ($1, $2, $3, $4, $5, string_to_array($6, ','), $7, $8, $9, $10)"};
/* Units and webinars keep their rows: attendance, completions and calendar entries refer to them. Those that are gone go first, and the
 * others come in order of their ordinals, which only ever get lower: so no ordinal is taken twice on the way. */
const struct db_stmt DROP_UNITS = {"enrolment_drop_units", "delete from unit where programme_id = $1 and id <> all ($2::uuid[])"};
const struct db_stmt PUT_UNIT = {
    "enrolment_put_unit",
    "insert into unit (id, programme_id, ordinal, title_fi, title_sv, title_en, credits_tenths) values ($1, $2, $3, $4, $5, $6, $7)"
    " on conflict (id) do update set ordinal = excluded.ordinal, title_fi = excluded.title_fi, title_sv = excluded.title_sv,"
    " title_en = excluded.title_en, credits_tenths = excluded.credits_tenths"};
const struct db_stmt PUT_WEBINAR = {"enrolment_put_webinar",
                                    "insert into webinar (unit_id, ordinal, starts_at, ends_at, advance_notice, id, sequence, cancelled)"
                                    " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set ordinal = excluded.ordinal,"
                                    " starts_at = excluded.starts_at, ends_at = excluded.ends_at, advance_notice = excluded.advance_notice,"
                                    " sequence = excluded.sequence, cancelled = excluded.cancelled"};

const struct db_stmt DROP_QUESTIONS = {"enrolment_drop_questions", "delete from question where programme_id = $1"};
const struct db_stmt ADD_QUESTION = {
    "enrolment_add_question",
    "insert into question (programme_id, ordinal, code, kind, title_fi, title_sv, title_en, help_fi, help_sv, help_en, required,"
    " sensitive, option_values, option_fi, option_sv, option_en, when_code, when_values) values ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
    " $10, $11, $12, string_to_array($13, E'\\n'), string_to_array($14, E'\\n'), string_to_array($15, E'\\n'),"
    " string_to_array($16, E'\\n'), $17, string_to_array($18, E'\\n'))"};

/* An implementation nobody ever enrolled in, and what hung on it: whom its rules refused, teams that got no place, and invitations that
 * are over. */
const struct db_stmt DROP_IMPLEMENTATIONS = {"enrolment_drop_implementations",
                                             "delete from implementation where programme_id = $1 and id <> all ($2::uuid[])"};
const struct db_stmt DROP_INVITATIONS = {"enrolment_drop_invitations",
                                         "delete from invitation where programme_id = $1 and over and used = 0"
                                         " and implementation_id <> all ($2::uuid[])"};
const struct db_stmt DROP_TEAMS = {"enrolment_drop_teams",
                                   "delete from team where programme_id = $1 and implementation_id <> all ($2::uuid[])"};
const struct db_stmt DROP_REFUSALS = {"enrolment_drop_refusals",
                                      "delete from refusal where programme_id = $1 and implementation_id <> all ($2::uuid[])"};

const struct db_stmt DROP_WINDOWS = {"enrolment_drop_windows",
                                     "delete from application_window where programme_id = $1 and id <> all ($2::uuid[])"};
const struct db_stmt PUT_WINDOW = {
    "enrolment_put_window",
    "insert into application_window (id, programme_id, opens_at, closes_at, opened_told, closed_told, quota, used)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8)"
    " on conflict (id) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at, opened_told = excluded.opened_told,"
    " closed_told = excluded.closed_told, quota = excluded.quota, used = excluded.used"};
