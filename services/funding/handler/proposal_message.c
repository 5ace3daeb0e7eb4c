/* See proposal_message.h. */
#include "services/funding/handler/proposal_message.h"

#include <inttypes.h>
#include <stdlib.h>

#include "services/funding/handler/convert.h"
#include "services/funding/handler/evaluation_case.h"

#define ANSWER_MAX ((size_t)300 * 1024) /* of packed bytes: an answer of the bus holds 320 KiB */

/* --- why --------------------------------------------------------------------------------------------------------------- */
static struct text others(struct arena *arena, unsigned long long more)
{
    if (more == 0)
        return FINDING_TEXT("", "", "");
    if (more == 1)
        return FINDING_TEXT(" ja yksi muu", " och en annan", " and one more");
    return FINDING_TEXT(arena_printf(arena, " ja %llu muuta", more), arena_printf(arena, " och %llu andra", more),
                        arena_printf(arena, " and %llu more", more));
}

static struct text displaced(struct arena *arena, const struct proposal_row *row, const struct application_ask *all)
{
    const struct text more = others(arena, row->displaces_all - row->displaces_count);
    const char *names = "";

    if (row->displaces_all == 0)
        return FINDING_TEXT("", "", "");
    for (size_t i = 0; i < row->displaces_count; i++) {
        const struct application *a = application_of(all, row->displaces[i]);
        names = arena_printf(arena, "%s%s%s", names, i > 0 ? ", " : "", a != NULL ? a->register_number : "?");
    }
    return FINDING_TEXT(arena_printf(arena, " Sen tieltä jäisi pois %s%s.", names, more.fi),
                        arena_printf(arena, " Då skulle %s%s falla bort.", names, more.sv),
                        arena_printf(arena, " It would displace %s%s.", names, more.en));
}

static struct text no_room(struct arena *arena, const struct proposal_row *row, const struct application_ask *all)
{
    const struct text tail = displaced(arena, row, all);
    const int64_t n = row->loss;

    return FINDING_TEXT(
        arena_printf(arena, "Ei mahdu: jos se otettaisiin mukaan, yhteispisteet olisivat %" PRId64 " pienemmät.%s", n, tail.fi),
        arena_printf(arena, "Ryms inte: om den togs med skulle totalpoängen vara %" PRId64 " lägre.%s", n, tail.sv),
        arena_printf(arena, "Does not fit: with it the total would be %" PRId64 " points lower.%s", n, tail.en));
}

static struct text chosen(struct arena *arena, const struct proposal_row *row)
{
    const int64_t n = row->loss;

    return FINDING_TEXT(arena_printf(arena, "Valittu: ilman sitä yhteispisteet olisivat %" PRId64 " pienemmät.", n),
                        arena_printf(arena, "Vald: utan den skulle totalpoängen vara %" PRId64 " lägre.", n),
                        arena_printf(arena, "Chosen: without it the total would be %" PRId64 " points lower.", n));
}

/* whole: the reader may know of all rows; else losses and names would tell of those that are left out. */
static struct text why(struct arena *arena, const struct proposal_row *row, const struct application_ask *all, bool whole)
{
    switch (row->why) {
    case PORTFOLIO_CHOSEN:
        return whole ? chosen(arena, row)
                     : FINDING_TEXT("Valittu. Vertailua muihin ei näytetä, koska et näe kaikkia hakemuksia.",
                                    "Vald. Jämförelsen med andra visas inte, eftersom du inte ser alla ansökningar.",
                                    "Chosen. How it compares is not shown, because you do not see all applications.");
    case PORTFOLIO_NO_ROOM:
        return whole ? no_room(arena, row, all)
                     : FINDING_TEXT("Ei mahdu. Vertailua muihin ei näytetä, koska et näe kaikkia hakemuksia.",
                                    "Ryms inte. Jämförelsen med andra visas inte, eftersom du inte ser alla ansökningar.",
                                    "Does not fit. How it compares is not shown, because you do not see all applications.");
    case PORTFOLIO_TOO_DEAR:
        return FINDING_TEXT("Summa on jo yksinään suurempi kuin teeman tai haun jäljellä oleva määräraha.",
                            "Beloppet är redan ensamt större än det anslag som återstår för temat eller utlysningen.",
                            "The amount alone is more than the theme or the call has left.");
    case PORTFOLIO_VERDICT:
        return FINDING_TEXT("Arvioijien enemmistö ei suosittele rahoitusta.", "En majoritet av bedömarna rekommenderar inte finansiering.",
                            "Most evaluators do not recommend funding.");
    case PORTFOLIO_NOT_EVALUATED:
        return FINDING_TEXT("Hakemuksella ei ole yhtään huomioon otettavaa arviota.", "Ansökan har ingen bedömning som kan beaktas.",
                            "The application has no evaluation that counts.");
    }
    return FINDING_TEXT("", "", "");
}

/* --- the message ------------------------------------------------------------------------------------------------------- */
static Funding__ProposalRow *row_message(struct arena *arena, const struct proposal_row *row, const struct application *a,
                                         const struct application_ask *all, bool whole)
{
    Funding__ProposalRow *m = arena_alloc(arena, sizeof *m);

    funding__proposal_row__init(m);
    m->application_id = convert_id(arena, row->application_id);
    m->register_number = convert_text(a->register_number);
    m->title = convert_text(a->title);
    m->theme_id = convert_id(arena, row->theme_id);
    m->points = (uint32_t)row->points;
    m->cents = row->cents;
    m->chosen = row->chosen;
    m->loss = whole ? row->loss : 0;
    m->why = convert_texts(arena, why(arena, row, all, whole));
    m->cause = (Funding__ProposalCause)row->why; /* numbered alike */
    return m;
}

static int by_register(const void *a, const void *b)
{
    const Funding__ProposalRow *const *x = a, *const *y = b;

    return register_compare((*x)->register_number, (*y)->register_number);
}

static bool known_to(const struct job *job, const struct workset *w, const struct call *call, const struct application *a)
{
    const struct evaluation_ask *found = evaluation_asked(w, job);

    return a != NULL && conflict_of(found, a->id, job->actor) == NULL && !evaluation_case_hidden(job, call, found, a);
}

static void fit(Funding__Proposal *m)
{
    if (protobuf_c_message_get_packed_size(&m->base) > ANSWER_MAX)
        for (size_t i = 0; i < m->n_rows; i++)
            m->rows[i]->title = convert_text("");
    if (protobuf_c_message_get_packed_size(&m->base) > ANSWER_MAX)
        for (size_t i = 0; i < m->n_rows; i++)
            m->rows[i]->why = NULL;
    if (protobuf_c_message_get_packed_size(&m->base) > ANSWER_MAX)
        for (size_t i = 0; i < m->n_rows; i++) {
            m->rows[i]->register_number = convert_text("");
            m->rows[i]->theme_id = (ProtobufCBinaryData){0};
        }
}

/* Rows about which the actor may not know are left out; then the sums are of the others. */
static void put_rows(const struct job *job, const struct workset *w, const struct call *call, const struct proposal *proposal,
                     Funding__Proposal *m)
{
    const struct application_ask *all = application_asked(w, job);
    const struct proposal_row **known = arena_array(job->arena, proposal->count + 1, sizeof *known);
    size_t count = 0;

    for (size_t i = 0; i < proposal->count; i++)
        if (known_to(job, w, call, application_of(all, proposal->rows[i].application_id)))
            known[count++] = &proposal->rows[i];
    m->rows = arena_array(job->arena, count + 1, sizeof *m->rows);
    for (size_t i = 0; i < count; i++) {
        const struct proposal_row *row = known[i];

        m->rows[m->n_rows++] = row_message(job->arena, row, application_of(all, row->application_id), all, count == proposal->count);
        m->points += row->chosen ? row->points : 0;
        m->cents += row->chosen ? row->cents : 0;
    }
}

void proposal_answer(struct job *job, struct workset *w, const struct call *call, const struct proposal *proposal, bool outdated)
{
    Funding__Proposal *m = arena_alloc(job->arena, sizeof *m);

    funding__proposal__init(m);
    m->id = convert_id(job->arena, proposal->id);
    m->call_id = convert_id(job->arena, proposal->call_id);
    m->made_us = proposal->made_us;
    m->actor = convert_id(job->arena, proposal->actor);
    m->input_hash = convert_bytes(arena_copy(job->arena, span_of(proposal->input_hash.b, HASH_SIZE)));
    m->outdated = outdated;
    put_rows(job, w, call, proposal, m);
    if (m->n_rows > 0)
        qsort(m->rows, m->n_rows, sizeof(Funding__ProposalRow *), by_register);
    fit(m);
    job_answer(job, &m->base, 0);
}
