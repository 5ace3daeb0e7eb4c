/* See proposal_message.h. */
#include "services/funding/handler/proposal_message.h"

#include <inttypes.h>
#include <stdlib.h>

#include "services/funding/handler/convert.h"
#include "services/funding/handler/evaluation_case.h"

#define ANSWER_MAX ((size_t)300 * 1024) /* of packed bytes: an answer of the bus holds 320 KiB */

static struct text displaced(struct arena *arena, const struct proposal_row *row, const struct application_ask *all)
{
    const char *names = "";
    const unsigned long long more = row->displaces_all - row->displaces_count;

    for (size_t i = 0; i < row->displaces_count; i++) {
        const struct application *a = application_of(all, row->displaces[i]);
        names = arena_printf(arena, "%s%s%s", names, i > 0 ? ", " : "", a != NULL ? a->register_number : "?");
    }
    if (more == 0)
        return FINDING_TEXT(arena_printf(arena, " Sen tieltä pois jäisi %s.", names),
                            arena_printf(arena, " I dess ställe skulle %s falla bort.", names),
                            arena_printf(arena, " It would displace %s.", names));
    return FINDING_TEXT(arena_printf(arena, " Sen tieltä pois jäisi %s ja %llu muuta.", names, more),
                        arena_printf(arena, " I dess ställe skulle %s och %llu andra falla bort.", names, more),
                        arena_printf(arena, " It would displace %s and %llu more.", names, more));
}

static struct text no_room(struct arena *arena, const struct proposal_row *row, const struct application_ask *all)
{
    const struct text tail = row->displaces_all > 0 ? displaced(arena, row, all) : FINDING_TEXT("", "", "");
    const int64_t n = row->loss;

    return FINDING_TEXT(arena_printf(arena, "Ei mahdu: mukaan ottaminen veisi kokonaisuudelta %" PRId64 " pistettä.%s", n, tail.fi),
                        arena_printf(arena, "Ryms inte: att ta med den skulle kosta helheten %" PRId64 " poäng.%s", n, tail.sv),
                        arena_printf(arena, "Does not fit: taking it in would cost the whole %" PRId64 " points.%s", n, tail.en));
}

static struct text why(struct arena *arena, const struct proposal_row *row, const struct application_ask *all)
{
    const int64_t n = row->loss;

    switch (row->why) {
    case PORTFOLIO_CHOSEN:
        return FINDING_TEXT(arena_printf(arena, "Valittu: ilman tätä kokonaisuus menettäisi %" PRId64 " pistettä.", n),
                            arena_printf(arena, "Vald: utan den skulle helheten förlora %" PRId64 " poäng.", n),
                            arena_printf(arena, "Chosen: without it the whole would lose %" PRId64 " points.", n));
    case PORTFOLIO_NO_ROOM:
        return no_room(arena, row, all);
    case PORTFOLIO_TOO_DEAR:
        return FINDING_TEXT("Summa on yksinään suurempi kuin teeman tai haun jäljellä oleva raha.",
                            "Beloppet är ensamt större än de pengar som är kvar för temat eller utlysningen.",
                            "The amount alone is more than the theme or the call has left.");
    case PORTFOLIO_VERDICT:
        return FINDING_TEXT("Arvioijien enemmistö ei suosittele rahoitusta.", "En majoritet av bedömarna rekommenderar inte finansiering.",
                            "Most evaluators do not recommend funding.");
    case PORTFOLIO_NOT_EVALUATED:
        return FINDING_TEXT("Hakemuksella ei ole yhtään huomioon otettavaa arviota.", "Ansökan har ingen bedömning som beaktas.",
                            "The application has no evaluation that counts.");
    }
    return FINDING_TEXT("", "", "");
}

static Funding__ProposalRow *row_message(struct arena *arena, const struct proposal_row *row, const struct application *a,
                                         const struct application_ask *all)
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
    m->loss = row->loss;
    m->why = convert_texts(arena, why(arena, row, all));
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
}

void proposal_answer(struct job *job, struct workset *w, const struct call *call, const struct proposal *proposal, bool outdated)
{
    const struct application_ask *all = application_asked(w, job);
    Funding__Proposal *m = arena_alloc(job->arena, sizeof *m);

    funding__proposal__init(m);
    m->id = convert_id(job->arena, proposal->id);
    m->call_id = convert_id(job->arena, proposal->call_id);
    m->made_us = proposal->made_us;
    m->actor = convert_id(job->arena, proposal->actor);
    m->points = proposal->points;
    m->cents = proposal->cents;
    m->input_hash = convert_bytes(arena_copy(job->arena, span_of(proposal->input_hash.b, HASH_SIZE)));
    m->outdated = outdated;
    m->rows = arena_array(job->arena, proposal->count + 1, sizeof *m->rows);
    for (size_t i = 0; i < proposal->count; i++) {
        const struct application *a = application_of(all, proposal->rows[i].application_id);

        if (known_to(job, w, call, a))
            m->rows[m->n_rows++] = row_message(job->arena, &proposal->rows[i], a, all);
    }
    if (m->n_rows > 0)
        qsort(m->rows, m->n_rows, sizeof(Funding__ProposalRow *), by_register);
    fit(m);
    job_answer(job, &m->base, 0);
}
