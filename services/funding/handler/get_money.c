/* GetMoney: what is allocated, applied for, proposed, granted, planned, paid and given back in a call; by theme as far as it goes. To the
 * officials of the call: where a theme has one application, what is proposed is that application's, and nobody else's yet. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"

enum err get_money_needs(struct job *job, struct workset *w)
{
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = call_want_request(job, w, &((const Funding__GetCallRequest *)job->message)->call_id, CALL_READ);
    if (err == ERR_OK)
        call_asked(w, job)->money = true;
    return err;
}

static struct call_sum sum_of(const struct call_money *money, struct uuid theme)
{
    for (size_t i = 0; i < money->count; i++)
        if (uuid_compare(money->themes[i].id, theme) == 0)
            return money->themes[i];
    return (struct call_sum){.id = theme};
}

static Funding__ThemeMoney *theme_message(struct arena *arena, const struct call_theme *theme, const struct call_sum *sum)
{
    Funding__ThemeMoney *m = arena_alloc(arena, sizeof *m);

    funding__theme_money__init(m);
    m->theme_id = convert_id(arena, theme->id);
    m->title = convert_texts(arena, theme->title);
    m->allocation_cents = theme->allocation_cents;
    m->granted_cents = theme->granted_cents;
    m->applied_cents = sum->applied_cents;
    m->proposed_cents = sum->proposed_cents;
    m->applications = (uint32_t)sum->applications;
    return m;
}

static void put_themes(struct arena *arena, Funding__Money *m, const struct call *call, const struct call_money *money)
{
    m->themes = arena_array(arena, call_theme_count(call) + 1, sizeof *m->themes);
    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++) {
            const struct call_sum sum = sum_of(money, call->groups[g].themes[t].id);

            m->themes[m->n_themes++] = theme_message(arena, &call->groups[g].themes[t], &sum);
            m->applied_cents += sum.applied_cents;
            m->proposed_cents += sum.proposed_cents;
        }
}

void get_money_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);
    Funding__Money *m = arena_alloc(job->arena, sizeof *m);

    if (call == NULL)
        return;
    if (!official_sees(job, call)) {
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-official", NULL,
                       "Sinulla ei ole tehtävää tässä haussa: pyydä sen valmistelijaa nimeämään sinut",
                       "Du har ingen uppgift i denna utlysning: be dess beredare utse dig",
                       "You have no role in this call: ask its preparer to name you");
        return;
    }
    const struct call_money *money = call_asked(w, job)->sums;
    funding__money__init(m);
    m->allocation_cents = call->allocation_cents;
    m->granted_cents = call->granted_cents;
    m->planned_cents = money->planned_cents;
    m->paid_cents = money->paid_cents;
    m->returned_cents = money->returned_cents;
    put_themes(job->arena, m, call, money);
    job_answer(job, &m->base, 0);
}
