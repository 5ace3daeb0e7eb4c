/* One round trip for all that is looked at after a history, and the rules that the database can judge alone. See book.h. */
#include "tests/service/enrolment/property/book.h"

#include "common/base/alloc.h"

static const struct db_stmt PROGRAMME = {"p_programme", "select cap, taken, waiting, held, reserved, last_order, version"
                                                        " from programme p where id = $1"};
static const struct db_stmt PLACES = {"p_places",
                                      "select id, capacity, waiting_cap, taken, waiting, held, reserved, last_order, version, chain_n,"
                                      " chain_head from implementation where programme_id = $1 order by ordinal"};
static const struct db_stmt ROWS = {"p_rows", "select id, implementation_id, person_id, state, order_no, programme_order, line, reply_due,"
                                              " origin_id, invitation_id, review, team_id is not null, salt, person_hash from registration"
                                              " where programme_id = $1 order by programme_order"};
static const struct db_stmt INVITATIONS = {"p_invitations", "select id, seats, used, over from invitation where programme_id = $1"};
static const struct db_stmt WINDOWS = {"p_windows", "select id, opens_at, closes_at, quota, used, opened_told, closed_told from"
                                                    " application_window where programme_id = $1"};
static const struct db_stmt MOVES = {
    "p_moves", "select implementation_id, n, registration_id, from_state, to_state, moved_at, hash from registration_move where"
               " implementation_id = any (array(select id from implementation where programme_id = $1))"
               " union all select implementation_id, chain_n, id, 0::smallint, first_state, created_at, chain_hash from registration"
               " where programme_id = $1 order by 1, 2"};
static const struct db_stmt EVENTS = {"p_events", "select type, payload, seq, stream from event_log order by stream, seq"};

/* What must hold whatever happened. Each line is a rule and gives its name when it is broken. */
static const struct db_stmt LAWS = {
    "p_laws",
    "with i as (select * from implementation where programme_id = $1), p as (select * from programme where id = $1),"
    " r as (select * from registration where programme_id = $1),"
    " n as (select i.id, count(r.id) filter (where r.state in (1, 4, 5)) as taken, count(r.id) filter (where r.state in (4, 5)) as held,"
    "  count(r.id) filter (where r.state = 2) as waiting, count(r.id) as rows, coalesce(max(r.order_no), 0) as last"
    "  from i left join r on r.implementation_id = i.id group by i.id),"
    " v as (select implementation_id as id, sum(seats - used) as reserved from invitation where programme_id = $1 and not over group by 1)"
    " select 'an implementation''s counters are not the counts of its rows' from i join n using (id) left join v using (id)"
    "  where (i.taken, i.held, i.waiting, i.last_order, i.reserved) is distinct from"
    "   (n.taken::integer, n.held::integer, n.waiting::integer, n.rows::integer, coalesce(v.reserved, 0)::integer)"
    " union all select 'the programme''s counters are not the sums of its implementations''' from p,"
    "  (select sum(taken) t, sum(held) h, sum(waiting) w, sum(reserved) v, sum(last_order) o from i) s"
    "  where (p.taken, p.held, p.waiting, p.reserved, p.last_order) is distinct from (s.t, s.h, s.w, s.v, s.o)"
    " union all select 'oversold' from i where taken + reserved > capacity"
    " union all select 'the cap is oversold' from p where taken + reserved > cap"
    " union all select 'a waiting list is too long' from i where waiting > waiting_cap"
    " union all select 'an order number is missing' from n where n.last <> n.rows"
    " union all select 'an order number of the programme is missing' from p where last_order <> (select count(distinct programme_order)"
    "  from r) or last_order <> coalesce((select max(programme_order) from r), 0)"
    " union all select 'a person has two places' from r where state in (1, 2, 4, 5) group by person_id having count(*) > 1"
    " union all select 'somebody waits while there is room' from i, p where i.waiting > 0 and i.taken + i.reserved < i.capacity"
    "  and p.taken + p.reserved < p.cap"
    " union all select 'two stand at one place in line' from r where state = 2 group by line having count(*) > 1"
    " union all select 'a held or offered seat has no end' from r where state in (4, 5) and reply_due is null"
    " union all select 'the last move is not the state' from r left join lateral (select to_state from registration_move m"
    "  where m.registration_id = r.id order by n desc limit 1) m on true where r.state <> coalesce(m.to_state, r.first_state)"
    " union all select 'a move does not begin where the one before it ended' from (select from_state, lag(to_state, 1, first_state) over"
    "  (partition by registration_id order by n) as before from registration_move m join r on r.id = m.registration_id) s"
    "  where from_state <> before"
    " union all select 'an invitation is used more often than registrations say' from invitation v where programme_id = $1"
    "  and used <> (select count(*) from r where invitation_id = v.id and origin_id is null)"
    " union all select 'what was before somebody was forgotten still names them in ' || n.of from forgotten f cross join lateral ("
    "  select 'registration' as of from registration where (person_id = f.person_id or caller = f.person_id) and created_at < "
    "f.forgotten_at"
    "  union all select 'registration_move' from registration_move where actor = f.person_id and moved_at < f.forgotten_at"
    "  union all select 'change' from change where actor = f.person_id and changed_at < f.forgotten_at"
    "  union all select 'team' from team where leader = f.person_id and created_at < f.forgotten_at"
    "  union all select 'refusal' from refusal where person_id = f.person_id and last_at < f.forgotten_at) n"
    " union all select 'a word about somebody forgotten is left' from r left join change c on c.registration_id = r.id left join"
    "  registration_move m on m.registration_id = r.id where r.person_id is null and (c.reason <> '' or m.reason <> '')"
    " union all select 'the numbers of a stream have a gap' from (select stream, seq - lag(seq) over (partition by stream order by seq) d"
    "  from event_log) e where d <> 1"};

void book_check(struct book *book)
{
    const struct db_stmt *const statements[] = {&PROGRAMME, &PLACES, &ROWS, &INVITATIONS, &MOVES, &EVENTS, &LAWS, &WINDOWS};
    const struct db_result *found[sizeof statements / sizeof *statements];
    int index[sizeof statements / sizeof *statements];

    db_begin(book->db, DB_READ_ONLY);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        struct db_params *p = db_params(book->arena);
        if (statements[i] != &EVENTS)
            db_uuid(p, book->m->programme);
        index[i] = db_queue(book->db, statements[i], p);
    }
    if (db_flush(book->db) != ERR_OK)
        kit_give_up("the book could not be read: %s", db_message(book->db));
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        found[i] = db_result(book->db, index[i]);
    for (int i = 0; i < db_rows(found[6]); i++) {
        const struct span law = db_get_span(found[6], i, 0);
        story_wrong(book->story, "law: %.*s", (int)law.len, (const char *)law.data);
    }
    book_rows(book, found[0], found[1], found[2], found[3], found[7]);
    book_chain(book, found[1], found[4], found[2]);
    book_events(book, found[5], found[2]);
    db_rollback(book->db);
}
