/* A small world of grants, written by hand as the owner: a published call of 10 euros in two themes (6 and 4), three submitted applications
 * of two partners each, one decision that grants 5 euros of the first theme. Whoever attacks it does so as the service's role. */
#ifndef HV_TESTS_STORE_FUNDING_WORLD_H
#define HV_TESTS_STORE_FUNDING_WORLD_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/db/db.h"
#include "tests/support/kit.h"

#define CALL       "'00000000-0000-8000-8000-0000000000c1'"
#define GROUP_ROW  "'00000000-0000-8000-8000-0000000000f1'"
#define THEME_ONE  "'00000000-0000-8000-8000-0000000000e1'" /* 600 cents, 500 of them granted */
#define THEME_TWO  "'00000000-0000-8000-8000-0000000000e2'" /* 400 cents */
#define FIRST      "'00000000-0000-8000-8000-0000000000a1'" /* decided: 500 of 500 */
#define SECOND     "'00000000-0000-8000-8000-0000000000a2'" /* theme one, applies for 300 */
#define THIRD      "'00000000-0000-8000-8000-0000000000a3'" /* theme two, applies for 400 */
#define DRAFT      "'00000000-0000-8000-8000-0000000000a4'"
#define DECISION   "'00000000-0000-8000-8000-0000000000d1'"
#define INSTALMENT "'00000000-0000-8000-8000-0000000000b1'" /* 300 of the 500 */
#define SOMEBODY   "'00000000-0000-8000-8000-000000000001'"
#define ANOTHER    "'00000000-0000-8000-8000-000000000002'"
#define DECIDER    "'00000000-0000-8000-8000-000000000003'"

/* Prepared to be granted and presented, unless it is already. */
#define PRESENT(application)                                                                                                               \
    "insert into assessment (id, call_id, state, why) select " application ", " CALL ", 1, 'x' where not exists (select from assessment "  \
    "where id = " application "); update assessment set state = 5, why = 'x' where id = " application " and state = 1; "                   \
    "insert into presentation select s.id, s.version, a.submitted_version, " ANOTHER ", now() from assessment s join application a "       \
    "on a.id = s.id where s.id = " application " and s.state = 5 on conflict do nothing; "
/* A decision and its two partners, which end the application, as one statement: id, theme, application, cents in all, the first partner's,
 * the second's. */
#define DECIDE_AS(id, theme, application, corrects, cents, one, two)                                                                       \
    PRESENT(application)                                                                                                                   \
    DECIDE_UNPRESENTED(id, theme, application, corrects, cents, one, two)
#define DECIDE_UNPRESENTED(id, theme, application, corrects, cents, one, two)                                                              \
    "insert into decision (id, call_id, theme_id, application_id, corrects_id, granted, cents, own_permille, purpose, use_from, "          \
    "use_until, reasons, terms, language, decided_at, decided_by, presented_by, answer_until, review_days, review_version, event_id, "     \
    "html, pdf, sha256) values (" id ", " CALL ", " theme ", " application ", " corrects ", " cents " > 0, " cents ", 0, 'x', "            \
    "'2026-01-01', '2027-01-01', 'x', 'x', 'fi', now(), " DECIDER ", " ANOTHER ", '2026-02-01', 30, 'x', gen_random_uuid(), 'x', "         \
    "'x', sha256('x'));"                                                                                                                   \
    "insert into decision_partner values (" id ", 1, '0313471-7', 'x', " one "), (" id ", 2, '0245894-7', 'x', " two ");"                  \
    "update application set state = 5, why = 'x' where id = " application " and state = 2;"
#define DECIDE(id, theme, application, cents, one, two) DECIDE_AS(id, theme, application, "null", cents, one, two)

struct kit_pg *world_new(void);                   /* with the tables of funding, empty */
void world_fill(struct kit_pg *pg);               /* puts the world in the place of whatever is there */
struct db *world_connect(struct kit_pg *pg);      /* as the service: hv_funding, schema funding */
void world_apply(struct db *db, const char *sql); /* has to succeed */

#endif
