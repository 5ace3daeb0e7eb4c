/* DecideItem: what the board decided of an item, entered by its secretary. It may be mended until the minutes are published; whoever has
 * checked them already checks them again. What is entered agrees with who was there and how they voted. */
#include <assert.h>
#include <string.h>

#include "services/funding/domain/money.h"
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/case_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/item_words.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/store/municipal_case.h"

enum { ITEM_BYTES_MAX = 64 * 1024 }; /* of the answer: with the case it goes into one message */

/* Whoever was of another mind has said so in the vote (kuntalaki 106 §). */
static enum err check_dissents(struct job *job, const Municipal__DecideItemRequest *request)
{
    if (request->manner != MUNICIPAL__MANNER__MANNER_UNANIMOUS || request->n_dissents == 0)
        return ERR_OK;
    return job_fail(
        job, ERR_INVALID, "municipal.item.dissent", "dissents",
        "Yksimielisestä päätöksestä ei jätetä eriävää mielipidettä: avaa äänestys, tai poista eriävät mielipiteet",
        "Avvikande mening kan inte anmälas mot ett enhälligt beslut: öppna en omröstning, eller ta bort de avvikande meningarna",
        "There is no dissent from a unanimous decision: open a vote, or leave the dissents out");
}

static enum err check_lists(struct job *job, const Municipal__DecideItemRequest *request)
{
    enum err err = check_dissents(job, request);

    if (err == ERR_OK)
        err = case_content_nominations(job, "nominations", request->nominations, request->n_nominations,
                                       ITEM_NOMINATIONS_MAX - PROPOSAL_NOMINATIONS_MAX);
    if (err == ERR_OK)
        err = check_range(job, "dissents", (int64_t)request->n_dissents, 0, ITEM_DISSENTS_MAX);
    for (size_t i = 0; err == ERR_OK && i < request->n_dissents; i++)
        err = case_content_words(job, arena_printf(job->arena, "dissents[%zu]", i), request->dissents[i], 1, ITEM_DISSENT_MAX);
    return err;
}

static enum err fail_reasons(struct job *job)
{
    return job_fail(job, ERR_INVALID, "municipal.item.reasons", "words", "Kielteinen päätös perustellaan: kirjoita päätös perusteluineen",
                    "Ett avslag motiveras: skriv beslutet med motivering", "A rejection has reasons: write the decision with them");
}

/* Whoever rejects, or changes the proposal to nothing, says why (hallintolaki 45 §); so does whoever approves a proposal of nothing, which
 * is found later. */
static enum err check_words(struct job *job, const Municipal__DecideItemRequest *request)
{
    const bool nothing = request->outcome == MUNICIPAL__OUTCOME__OUTCOME_REJECTED ||
                         (request->outcome == MUNICIPAL__OUTCOME__OUTCOME_CHANGED && request->cents == 0);

    if (nothing && *request->words == '\0')
        return fail_reasons(job);
    return case_content_words(job, "words", request->words, 0, ITEM_WORDS_MAX);
}

enum err decide_item_needs(struct job *job, struct workset *w)
{
    const Municipal__DecideItemRequest *request = (const Municipal__DecideItemRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_range(job, "outcome", (int64_t)request->outcome, OUTCOME_APPROVED, OUTCOME_TABLED);
    if (err == ERR_OK)
        err = check_range(job, "manner", (int64_t)request->manner, MANNER_UNANIMOUS, MANNER_VOTED);
    if (err == ERR_OK)
        err = check_words(job, request);
    if (err == ERR_OK)
        err = check_range(job, "cents", request->cents, 0, MONEY_MAX);
    if (err == ERR_OK)
        err = check_lists(job, request);
    if (err == ERR_OK)
        err = meeting_want_item_held(job, w, &request->item_id);
    if (err == ERR_OK)
        (void)case_want_item(w, job, meeting_asked(w, job)->id, true);
    return err;
}

/* --- who was there, and how they voted ---------------------------------------------------------------------------------- */
static bool may_enter(struct job *job, const struct meeting *meeting)
{
    if (meeting->state == MEETING_OPEN || meeting->state == MEETING_CLOSED || meeting->state == MEETING_CHECKED)
        return true;
    if (meeting->state == MEETING_PUBLISHED)
        meeting_refuse(job, meeting, "municipal.meeting.published",
                       "Pöytäkirja on julkaistu: päätöstä voi muuttaa vain uudella päätöksellä",
                       "Protokollet är publicerat: beslutet kan ändras bara genom ett nytt beslut",
                       "The minutes are published: only another decision changes this one");
    else
        (void)meeting_is_in(job, meeting, MEETING_OPEN);
    return false;
}

static void refuse_votes(struct job *job, const struct meeting *meeting, const struct item *item, const char *rule, const char *fi,
                         const char *sv, const char *en)
{
    const struct tally tally = item_tally(item);

    meeting_refuse(job, meeting, rule, fi, sv, en);
    fact_number(job, "votesProposal", (uint64_t)tally.proposal);
    fact_number(job, "votesCounter", (uint64_t)tally.counter);
    fact_number(job, "votesEmpty", (uint64_t)tally.empty);
}

/* A vote that came to no end: not enough have voted, or not enough are left who may. The item can be tabled, or the meeting never ends. */
static bool vote_is_unfinished(const struct meeting *meeting, const struct item *item, const struct board *board)
{
    return 2 * item->vote_count <= board_size(board) || !item_has_quorum(meeting, item, board);
}

/* Whether the votes that were cast bear this outcome: enough of them, and for it. Of a case that was withdrawn nothing is decided, however
 * they voted. */
static bool votes_bear(struct job *job, const struct meeting *meeting, const struct item *item, const struct municipality *municipality,
                       enum outcome outcome, enum manner manner, bool withdrawn)
{
    const struct board *board = municipality_board(municipality, meeting->board_id);
    const bool free_of_votes =
        item->vote_count == 0 || withdrawn || (outcome == OUTCOME_TABLED && vote_is_unfinished(meeting, item, board));

    if (manner == MANNER_UNANIMOUS && free_of_votes)
        return true;
    if (manner == MANNER_UNANIMOUS)
        refuse_votes(job, meeting, item, "municipal.item.voted", "Asiasta äänestettiin: kirjaa päätös äänestyspäätöksenä",
                     "Man röstade i ärendet: anteckna beslutet som fattat genom omröstning",
                     "There was a vote on this item: enter the decision as voted");
    else if (2 * item->vote_count <= board_size(board))
        refuse_votes(job, meeting, item, "municipal.item.votes-missing",
                     "Vasta enintään puolet toimielimen jäsenistä on äänestänyt: odota ääniä",
                     "Högst hälften av organets ledamöter har röstat hittills: vänta på rösterna",
                     "No more than half of the board has voted so far: wait for the votes");
    else if (!item_outcome_fits(meeting, item, outcome))
        refuse_votes(
            job, meeting, item, "municipal.item.votes-differ",
            "Päätös ei vastaa äänestyksen tulosta: ehdotus hyväksytään vain, jos se voitti, eikä muuta voi päättää, jos se voitti",
            "Beslutet motsvarar inte omröstningens resultat: förslaget godkänns bara om det vann, och vann det kan inget annat beslutas",
            "The decision does not follow the vote: the proposal is approved only if it won, and if it did nothing else is decided");
    else
        return true;
    return false;
}

static bool case_bears(struct job *job, const struct meeting *meeting, const struct municipal_case *c, enum outcome outcome)
{
    const bool undecided = outcome == OUTCOME_RETURNED || outcome == OUTCOME_TABLED; /* tabled: where there is no quorum to return it */

    if (c->state == CASE_ON_AGENDA || (c->state == CASE_WITHDRAWN && undecided))
        return true;
    if (c->state == CASE_WITHDRAWN)
        meeting_refuse(job, meeting, "municipal.item.withdrawn", "Hakija on peruuttanut hakemuksen: kirjaa asia palautetuksi",
                       "Sökanden har återtagit ansökan: anteckna ärendet som återremitterat",
                       "The applicant has withdrawn the case: enter it as returned");
    else
        meeting_refuse(job, meeting, "municipal.item.case", "Asia ei ole tämän kokouksen päätettävänä",
                       "Ärendet ska inte avgöras vid detta sammanträde", "The case is not for this meeting to decide");
    job_fact(job, "caseState", machine_state(MACHINE_CASE, (int)c->state));
    return false;
}

/* --- what was decided --------------------------------------------------------------------------------------------------- */
static bool same_nomination(const struct nomination *a, const struct nomination *b)
{
    return a->role == b->role && strcmp(a->body, b->body) == 0 && strcmp(a->title, b->title) == 0 && strcmp(a->name, b->name) == 0;
}

static bool was_proposed(const struct board_proposal *proposal, const struct nomination *n)
{
    for (size_t i = 0; i < proposal->nomination_count; i++)
        if (same_nomination(&proposal->nominations[i], n))
            return true;
    return false;
}

/* Approved: those proposed, and what the board adds. Changed: those of the request. Otherwise nobody is named. */
static bool put_nominations(struct job *job, const Municipal__DecideItemRequest *request, const struct board_proposal *proposal,
                            struct item *item)
{
    const size_t proposed = item->outcome == OUTCOME_APPROVED ? proposal->nomination_count : 0;

    if (item->outcome != OUTCOME_APPROVED && item->outcome != OUTCOME_CHANGED && request->n_nominations > 0) {
        (void)job_fail(job, ERR_INVALID, "municipal.item.nominations", "nominations", "Nimetä voi vain, kun ehdotus hyväksytään",
                       "Val kan göras bara när förslaget godkänns", "Somebody is named only when the proposal is approved");
        return false;
    }
    item->nomination_count = proposed + request->n_nominations;
    item->nominations = arena_array(job->arena, item->nomination_count + 1, sizeof *item->nominations);
    for (size_t i = 0; i < proposed; i++)
        item->nominations[i] = proposal->nominations[i];
    const struct nomination *named = case_content_read_nominations(job->arena, request->nominations, request->n_nominations);
    for (size_t i = 0; i < request->n_nominations; i++) {
        item->nominations[proposed + i] = named[i];
        item->nominations[proposed + i].added = !was_proposed(proposal, &named[i]);
    }
    return true;
}

/* As proposed, as the board changed it, or nothing. */
static bool put_cents(struct job *job, int64_t cents, const struct municipal_case *c, const struct board_proposal *proposal,
                      struct item *item)
{
    const bool changed = item->outcome == OUTCOME_CHANGED;
    const int64_t usual = item->outcome == OUTCOME_APPROVED ? proposal->cents : 0;

    item->cents = changed ? cents : usual;
    if (changed ? cents <= c->applied_cents : cents == 0 || cents == usual)
        return true;
    if (changed)
        (void)job_fail(job, ERR_REFUSED, "municipal.item.too-much", "cents", "Enempää ei voi myöntää kuin on haettu",
                       "Mer än vad som har sökts kan inte beviljas", "No more can be granted than is applied for");
    else
        (void)job_fail(job, ERR_INVALID, "municipal.item.cents", "cents",
                       "Rahamäärä annetaan vain, kun ehdotusta muutetaan: muuten se on ehdotettu määrä tai nolla",
                       "Beloppet anges bara när förslaget ändras: annars är det det föreslagna beloppet eller noll",
                       "An amount is given only when the proposal is changed: else it is what was proposed, or nothing");
    fact_number(job, "appliedCents", (uint64_t)c->applied_cents);
    fact_number(job, "proposedCents", (uint64_t)proposal->cents);
    return false;
}

/* The item as decided; NULL: refused. */
static struct item *decided(struct job *job, struct workset *w, const struct meeting *meeting, const struct item *before,
                            const struct municipal_case *c)
{
    const Municipal__DecideItemRequest *request = (const Municipal__DecideItemRequest *)job->message;
    const struct board_proposal *proposal = case_proposal(c, before->proposal_id);
    struct item *item = arena_alloc(w->arena, sizeof *item);

    *item = *before;
    item->outcome = (enum outcome)request->outcome;
    item->manner = (enum manner)request->manner;
    assert(proposal != NULL); /* the schema: no item without one */
    if (!put_nominations(job, request, proposal, item) || !put_cents(job, request->cents, c, proposal, item))
        return NULL;
    if (item->outcome == OUTCOME_APPROVED && item->cents == 0 && *request->words == '\0') {
        (void)fail_reasons(job);
        return NULL;
    }
    item->words = *request->words != '\0' ? request->words : item_usual_words(w->arena, meeting, item);
    if (item->vote_count == 0)
        item->counter = "";
    item->voting = false;
    item->dissent_count = request->n_dissents;
    item->dissents = arena_array(w->arena, request->n_dissents + 1, sizeof *item->dissents);
    for (size_t i = 0; i < request->n_dissents; i++)
        item->dissents[i] = request->dissents[i];
    item->version++;
    return item;
}

/* The minutes that are being checked, or were, have changed: they are checked again, and whoever checks the version before is told. */
static void check_anew(struct job *job, struct workset *w, struct meeting *meeting, const struct item *item)
{
    if (meeting->state == MEETING_OPEN)
        return;
    for (size_t i = 0; i < meeting->attendee_count; i++)
        meeting->attendees[i].checked_us = 0;
    meeting->version++;
    meeting_put_checks(w, meeting);
    if (meeting->state != MEETING_CHECKED)
        return;
    meeting->state = MEETING_CLOSED;
    meeting_move(w, meeting, arena_printf(w->arena, "the decision of section %d was mended", (int)item->section), job->actor);
}

void decide_item_decide(struct job *job, struct workset *w)
{
    const Municipal__DecideItemRequest *request = (const Municipal__DecideItemRequest *)job->message;
    const struct item *before = item_of_secretary(job, w);
    const struct municipality *municipality = municipality_found(w, job);
    const struct municipal_case *c = case_found(w, job);
    struct meeting *meeting = meeting_found(w, job);
    const enum outcome outcome = (enum outcome)request->outcome;

    if (before == NULL || c == NULL || check_version(job, (uint64_t)before->version) != ERR_OK || !may_enter(job, meeting) ||
        !case_bears(job, meeting, c, outcome) || (outcome != OUTCOME_TABLED && !item_quorum(job, meeting, before, municipality)) ||
        !votes_bear(job, meeting, before, municipality, outcome, (enum manner)request->manner, c->state == CASE_WITHDRAWN))
        return;
    struct item *item = decided(job, w, meeting, before, c);
    if (item == NULL)
        return;
    const Municipal__Item *answer = item_message(w->arena, meeting, item, MEETING_FOR_OFFICIAL, w->now_us);
    if (protobuf_c_message_get_packed_size(&answer->base) > ITEM_BYTES_MAX) {
        (void)job_fail(job, ERR_TOO_LARGE, "municipal.item.large", "words", "Päätöksessä on liikaa tekstiä: lyhennä sitä",
                       "Beslutet innehåller för mycket text: förkorta det", "The decision says too much: shorten it");
        return;
    }
    item_put(w, item);
    check_anew(job, w, meeting, item);
    job_answer(job, &answer->base, (uint64_t)item->version);
}
