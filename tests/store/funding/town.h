/* A small world of municipal cases, written by hand as the owner: a town with one board of three seats and a deputy, a project of five
 * shares, and a case about each of the four that are applied for:
 *
 *   case      share   where it is
 *   DONE      400     granted 300 ("changed") in section 29 of the minutes of MEETING_DONE, which are published
 *   FIRST_UP  3163    first on the agenda of MEETING_OPEN, section 30, proposed to be granted whole
 *   NEXT_UP   500     second on it, section 31
 *   WAITING   700     proposed, on no agenda
 *
 * MEETING_PLANNED has no agenda yet. Whoever attacks it does so as the service's role. */
#ifndef HV_TESTS_STORE_FUNDING_TOWN_H
#define HV_TESTS_STORE_FUNDING_TOWN_H
#include "tests/store/funding/attack.h"

#define TOWN            "'00000000-0000-8000-8000-000000000a01'"
#define ELSEWHERE       "'00000000-0000-8000-8000-000000000a02'" /* another municipality */
#define BOARD           "'00000000-0000-8000-8000-000000000b01'"
#define OTHER_BOARD     "'00000000-0000-8000-8000-000000000b02'" /* of the same town */
#define BOARD_ELSEWHERE "'00000000-0000-8000-8000-000000000b03'"
#define CHAIR           "'00000000-0000-8000-8000-000000000101'"
#define VICE            "'00000000-0000-8000-8000-000000000102'"
#define MEMBER          "'00000000-0000-8000-8000-000000000103'" /* is not in MEETING_OPEN */
#define DEPUTY          "'00000000-0000-8000-8000-000000000104'" /* is, in their place */
#define SECRETARY       "'00000000-0000-8000-8000-000000000105'"
#define PLAN            "'00000000-0000-8000-8000-000000000c00'" /* the project */
#define SHARE_DONE      "'00000000-0000-8000-8000-000000000c01'"
#define SHARE_FIRST     "'00000000-0000-8000-8000-000000000c02'"
#define SHARE_NEXT      "'00000000-0000-8000-8000-000000000c03'"
#define SHARE_WAITING   "'00000000-0000-8000-8000-000000000c04'"
#define SHARE_STATE     "'00000000-0000-8000-8000-000000000c05'" /* granted by a file */
#define SHARE_FREE      "'00000000-0000-8000-8000-000000000c06'" /* applied for; there is no case */
#define DONE            "'00000000-0000-8000-8000-000000000d01'"
#define FIRST_UP        "'00000000-0000-8000-8000-000000000d02'"
#define NEXT_UP         "'00000000-0000-8000-8000-000000000d03'"
#define WAITING         "'00000000-0000-8000-8000-000000000d04'"
#define PROPOSED_DONE   "'00000000-0000-8000-8000-000000000e01'" /* the proposals of the cases */
#define PROPOSED_FIRST  "'00000000-0000-8000-8000-000000000e02'"
#define PROPOSED_NEXT   "'00000000-0000-8000-8000-000000000e03'"
#define PROPOSED_WAITS  "'00000000-0000-8000-8000-000000000e04'"
#define MEETING_DONE    "'00000000-0000-8000-8000-000000000f01'"
#define MEETING_OPEN    "'00000000-0000-8000-8000-000000000f02'"
#define MEETING_PLANNED "'00000000-0000-8000-8000-000000000f03'"
#define ITEM_DONE       "'00000000-0000-8000-8000-000000000901'"
#define ITEM_FIRST      "'00000000-0000-8000-8000-000000000902'"
#define ITEM_NEXT       "'00000000-0000-8000-8000-000000000903'"
#define STATEMENT       "'00000000-0000-8000-8000-000000000801'" /* given, of WAITING */
#define STATEMENT_ASKED "'00000000-0000-8000-8000-000000000802'" /* not given yet, of WAITING */

/* --- steps, each a statement or several: what a use case would do --------------------------------------------------------- */
#define FILE_CASE(id, share, number, cents)                                                                                                \
    "insert into municipal_case (id, municipality_id, register_number, state, why, title, language, applicant, owner_id, project_id, "     \
    "share_id, applied_cents, filed_at) values (" id ", " TOWN ", '" number "/00.01.05/2026', 1, 'x', 'x', 'fi', 'x', " SOMEBODY ", " PLAN \
    ", " share ", " cents ", now());"
#define MOVE_CASE(id, to) "update municipal_case set state = " to ", why = 'x' where id = " id ";"
#define PROPOSE(id, proposal, cents)                                                                                                       \
    "insert into proposal_made (id, case_id, words, cents, presenter, presenter_title, presenter_name, saved_at) values (" proposal        \
    ", " id ", 'x', " cents ", " SOMEBODY ", 'x', 'x', now());" MOVE_CASE(id, "3")
#define PLAN_MEETING(id, board, day)                                                                                                       \
    "insert into meeting (id, board_id, municipality_id, starts_at, place, state, why) select " id ", id, municipality_id, '" day          \
    " 18:00', 'x', 1, 'x' from board where id = " board ";"
#define PUT_ITEM(id, meeting, case, proposal, place, previous)                                                                             \
    "insert into item (id, meeting_id, board_id, case_id, proposal_id, place, previous_id) select " id                                     \
    ", m.id, m.board_id, " case ", " proposal ", " place ", " previous " from meeting m where m.id = " meeting ";"                         \
                                "update municipal_case set state = 4, why = 'x' where id = " case " and state = 3;"
#define SUMMON(meeting)                                                                                                                    \
    "update proposal_made p set made_at = now() from item i where i.proposal_id = p.id and p.made_at is null and i.meeting_id = " meeting  \
    "; update municipal_case c set public_since = now() from item i where i.case_id = c.id and c.public_since is null and "                \
    "i.meeting_id = " meeting "; update meeting set state = 2, summoned_at = now(), why = 'x' where id = " meeting ";"
#define ATTEND(meeting, person, checks)                                                                                                    \
    "insert into attendee (meeting_id, person_id, name, kind, checks_minutes) values (" meeting ", " person ", 'x', 3, " checks ");"
#define OPEN_MEETING(meeting)                                                                                                              \
    "update meeting set state = 3, why = 'x' where id = " meeting ";" ATTEND(meeting, CHAIR, "false") ATTEND(meeting, VICE, "true")        \
        ATTEND(meeting, DEPUTY, "false")
#define TAKE_SECTION(item, number) "update item set year = 2026, section = " number " where id = " item ";"
#define DECIDE_ITEM(item, outcome, cents)                                                                                                  \
    "update item set outcome = " outcome ", manner = 1, words = 'x', cents = " cents " where id = " item ";"
#define CLOSE_MEETING(meeting) "update meeting set state = 4, why = 'x' where id = " meeting ";"
#define CHECK_MINUTES(meeting)                                                                                                             \
    "update attendee set checked_at = now() where checks_minutes and meeting_id = " meeting                                                \
    "; update meeting set state = 5, why = 'x' where id = " meeting ";"
#define EXTRACT(item)                                                                                                                      \
    "insert into extract (item_id, html, pdf, sha256, bare_html, bare_pdf, bare_sha256, names_until, review_until, review_version, "       \
    "event_id) values (" item ", 'x', 'x', sha256('x'), 'y', 'y', sha256('y'), '2026-12-31', '2026-12-01', 'x', gen_random_uuid());"
#define PUBLISH_ITEM(item, case, to) "update item set published_at = now() where id = " item ";" EXTRACT(item) MOVE_CASE(case, to)
#define PUBLISH(meeting)             "update meeting set state = 6, published_at = now(), why = 'x' where id = " meeting ";"
#define VOTE(item, person)           "insert into vote values (" item ", " person ", 1, now());"
#define DISQUALIFY(item, person)     "insert into disqualification values (" item ", " person ", 'x', " SECRETARY ", now());"
#define OPEN_VOTE(item)              "update item set voting = true, counter = 'x' where id = " item ";"

void town_fill(struct kit_pg *pg); /* puts the town in the place of whatever is there */
/* What a test looks at: states, sections, votes and money of all, as one line each. */
const char *town_case(struct kit_pg *pg, const char *id);  /* "state granted": of a name above */
const char *town_share(struct kit_pg *pg, const char *id); /* "state granted decided_on" */

#endif
