/* GiveStatement: what came of a request for a statement, noted by a preparer or by the person who was asked: it was given; it is not theirs
 * to give, and who is the right one, who is asked next; or none was given, which the preparer notes. Nobody in a chain is asked twice. */
#include "common/base/workday.h"
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"
#include "services/funding/handler/statement_case.h"
#include "services/funding/handler/tell_case.h"

static enum err check_referred(struct job *job, const Municipal__GiveStatementRequest *request)
{
    struct uuid person;
    enum err err = statement_check_asked(job, "referredTo", request->referred_to);

    if (err == ERR_OK)
        err = check_id_or(job, "referredPersonId", &request->referred_person_id, (struct uuid){{0}}, &person);
    if (err == ERR_OK)
        err = check_day(job, "referredDueOn", request->referred_due_on, NULL);
    return err;
}

enum err give_statement_needs(struct job *job, struct workset *w)
{
    const Municipal__GiveStatementRequest *request = (const Municipal__GiveStatementRequest *)job->message;
    const bool given = (int)request->state != STATEMENT_NOT_GIVEN;
    struct uuid statement;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "statementId", &request->statement_id, &statement);
    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, STATEMENT_GIVEN, STATEMENT_NOT_GIVEN);
    if (err == ERR_OK)
        err = case_content_words(job, "words", request->words, given ? 1 : 0, STATEMENT_WORDS_MAX);
    if (err == ERR_OK && *request->given_on != '\0')
        err = check_day(job, "givenOn", request->given_on, NULL);
    if (err == ERR_OK && (int)request->state == STATEMENT_REFERRED)
        err = check_referred(job, request);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

static bool refuse_who(struct job *job, const struct municipality *m, const struct statement *s, enum statement_state state)
{
    const bool asked = !uuid_is_nil(s->person_id) && uuid_compare(s->person_id, job->actor) == 0;

    if (municipal_has(job, m, OFFICE_PREPARER) || (asked && state != STATEMENT_NOT_GIVEN))
        return false;
    (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return true;
}

static bool refuse_state(struct job *job, const struct municipal_case *c, const struct statement *s)
{
    if (s->state != STATEMENT_REQUESTED) {
        (void)job_fail(job, ERR_REFUSED, "municipal.statement.state", "statementId", "Tähän lausuntopyyntöön on jo vastattu",
                       "Denna begäran om utlåtande har redan besvarats", "This request for a statement is answered already");
        job_fact(job, "state", machine_state(MACHINE_STATEMENT, (int)s->state));
        return true;
    }
    if (case_takes_statements(c))
        return false;
    return prepared_case_refuse(job, c, "Asia on jo esityslistalla tai päätetty: toimita lausunto toimielimen sihteerille",
                                "Ärendet finns redan på en föredragningslista eller är avgjort: lämna utlåtandet till organets sekreterare",
                                "The case is on an agenda or decided already: give the statement to the board's secretary");
}

static bool refuse_day(struct job *job, int64_t given_on, int64_t today)
{
    if (given_on <= today)
        return false;
    (void)job_fail(job, ERR_INVALID, "municipal.statement.given", "givenOn", "Käsittelypäivä on viimeistään tänään",
                   "Behandlingsdagen är senast i dag", "The day on which it was considered is today at the latest");
    return true;
}

static bool refuse_ring(struct job *job, const struct municipal_case *c, const struct statement *s, const char *next)
{
    if (!case_statement_ring(c, s, next))
        return false;
    (void)job_fail(job, ERR_REFUSED, "municipal.statement.ring", "referredTo",
                   "Tältä taholta on jo pyydetty lausunto tässä ketjussa, tai ketju on liian pitkä: pyydä lausunto toiselta",
                   "Utlåtande har redan begärts av denna part i samma kedja, eller så är kedjan för lång: begär det av någon annan",
                   "They were asked in this chain already, or the chain is too long: ask somebody else");
    return true;
}

/* What a referral asks next, in the same words, of whom it names. */
static struct statement next_of(const struct statement *s, const Municipal__GiveStatementRequest *request)
{
    struct statement next = {.follows_id = s->id, .asked = request->referred_to, .words_asked = s->words_asked};

    (void)uuid_read(&next.person_id, span_of(request->referred_person_id.data, request->referred_person_id.len)); /* absent: nil */
    (void)day_parse(&next.due_on, span_text(request->referred_due_on));
    return next;
}

static bool refuse_referral(struct job *job, const struct municipal_case *c, const struct statement *s, const struct statement *next,
                            int64_t today)
{
    return refuse_ring(job, c, s, next->asked) || statement_refuse_many(job, c) ||
           statement_refuse_due(job, "referredDueOn", next->due_on, today);
}

static const char *why_of(enum statement_state state)
{
    switch (state) {
    case STATEMENT_GIVEN:
        return "given";
    case STATEMENT_REFERRED:
        return "referred to another";
    case STATEMENT_NOT_GIVEN:
        return "not given";
    case STATEMENT_REQUESTED:
        break;
    }
    return "asked";
}

static void give(struct statement *s, const Municipal__GiveStatementRequest *request, int64_t given_on)
{
    s->state = (enum statement_state)request->state;
    s->words = request->words;
    s->given_on = s->state == STATEMENT_NOT_GIVEN ? NO_DAY : given_on;
    s->referred_to = s->state == STATEMENT_REFERRED ? request->referred_to : "";
}

static void save(struct job *job, struct workset *w, struct municipal_case *c, const struct statement *s, const struct statement *next)
{
    c->version++;
    statement_put(w, c, s, why_of(s->state), job->actor);
    if (next != NULL) {
        statement_add(w, c, next, "named by whoever was asked before", job->actor);
        tell_statement_asked(w, job, c, municipality_found(w, job), next);
    }
    prepared_case_answer(job, w, c);
}

void give_statement_decide(struct job *job, struct workset *w)
{
    const Municipal__GiveStatementRequest *request = (const Municipal__GiveStatementRequest *)job->message;
    const enum statement_state state = (enum statement_state)request->state;
    const int64_t today = helsinki_day(w->now_us);
    int64_t given_on = today;
    struct uuid id;
    struct case_view view;
    struct municipal_case *c = prepared_case_seen(job, w, &view);
    struct statement *s;

    if (c == NULL || check_id(job, "statementId", &request->statement_id, &id) != ERR_OK)
        return;
    s = case_statement(c, id);
    if (s == NULL) {
        (void)fail_absent(job, "statementId");
        return;
    }
    if (*request->given_on != '\0')
        (void)day_parse(&given_on, span_text(request->given_on));
    if (refuse_who(job, municipality_found(w, job), s, state) || refuse_state(job, c, s) || refuse_day(job, given_on, today))
        return;
    const struct statement next = next_of(s, request);
    const bool referred = state == STATEMENT_REFERRED;
    if (referred && refuse_referral(job, c, s, &next, today))
        return;
    const struct statement *added = referred ? statement_append(w, c, &next) : NULL;
    s = case_statement(c, id); /* in the list as it is now */
    give(s, request, given_on);
    if (!prepared_case_too_large(job, c))
        save(job, w, c, s, added);
}
