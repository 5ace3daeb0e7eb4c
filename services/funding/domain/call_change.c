/* What may still change in a call, and until when. A draft: all. Before it opens: all but its code, which stands in addresses, and its
 * series, from which its own register number came. Once it is open people have planned by it: nothing that harms whoever has read it or
 * applied - a later closing while it is open, more money, a longer use, easier conditions, clearer words. When it is resolved or over: only
 * where to ask. See call.h. */
#include <string.h>

#include "services/funding/domain/call.h"

#define T FINDING_TEXT
#define FIXED                                                                                                                              \
    T("Tätä ei voi enää muuttaa: haku on avattu", "Detta kan inte längre ändras: utlysningen har öppnats",                                 \
      "This can no longer change: the call has opened")
#define HARM                                                                                                                               \
    T("Muutos heikentäisi hakijoiden asemaa: haku on jo avattu",                                                                           \
      "Ändringen skulle försämra de sökandes ställning: utlysningen har redan öppnats",                                                    \
      "The change would make it worse for applicants: the call has opened already")
#define OVER                                                                                                                               \
    T("Haku on ratkaistu tai päättynyt: vain yhteystietoa voi muuttaa",                                                                    \
      "Utlysningen är avgjord eller avslutad: bara kontaktuppgiften kan ändras",                                                           \
      "The call is resolved or over: only the contact can change")
#define IN_USE                                                                                                                             \
    T("Poistettava osa on jo käytössä hakemuksissa", "Delen som tas bort används redan i ansökningar",                                     \
      "What is to go is in use in applications already")

static bool same_text(struct text a, struct text b)
{
    return strcmp(a.fi, b.fi) == 0 && strcmp(a.sv, b.sv) == 0 && strcmp(a.en, b.en) == 0;
}

/* --- always ------------------------------------------------------------------------------------------------------------ */
static void check_money_held(const struct call *before, const struct call *after, struct findings *out)
{
    if (after->allocation_cents < before->granted_cents)
        finding_error(out, "funding.call.granted",
                      T("Määräraha ei voi olla pienempi kuin jo myönnetty", "Anslaget kan inte vara mindre än det som redan beviljats",
                        "The allocation cannot be less than what has been granted"),
                      "content.allocationCents");
    for (size_t g = 0; g < after->group_count; g++)
        for (size_t t = 0; t < after->groups[g].theme_count; t++) {
            const struct call_theme *theme = &after->groups[g].themes[t];
            const struct call_theme *was = call_theme(before, theme->id);

            if (was != NULL && theme->allocation_cents < was->granted_cents)
                finding_error(out, "funding.call.granted",
                              T("Teeman määräraha ei voi olla pienempi kuin siitä jo myönnetty",
                                "Temats anslag kan inte vara mindre än det som redan beviljats av det",
                                "The theme's allocation cannot be less than what has been granted of it"),
                              "content.groups[%zu].themes[%zu].allocationCents", g, t);
        }
}

static void check_gone(const struct call *before, const struct call *after, struct findings *out)
{
    for (size_t g = 0; g < before->group_count; g++)
        for (size_t t = 0; t < before->groups[g].theme_count; t++)
            if (before->groups[g].themes[t].used && call_theme(after, before->groups[g].themes[t].id) == NULL)
                finding_error(out, "funding.call.theme-used", IN_USE, "content.groups[%zu].themes", g);
    for (size_t i = 0; i < before->criterion_count; i++)
        if (before->criteria[i].used && call_criterion(after, before->criteria[i].id) == NULL)
            finding_error(out, "funding.call.criterion-used", IN_USE, "content.criteria");
}

static void check_name(const struct call *before, const struct call *after, struct findings *out)
{
    if (before->state != CALL_DRAFT && strcmp(before->code, after->code) != 0)
        finding_error(out, "funding.call.code",
                      T("Julkaistun haun tunnusta ei voi muuttaa", "En publicerad utlysnings kod kan inte ändras",
                        "The code of a published call cannot change"),
                      "content.code");
    if (strcmp(before->series, after->series) != 0)
        finding_error(out, "funding.call.series",
                      T("Haulla on jo diaarinumero tästä sarjasta", "Utlysningen har redan ett diarienummer ur denna serie",
                        "The call has a register number of this series already"),
                      "content.series");
}

/* --- once it is open --------------------------------------------------------------------------------------------------- */
static void hold(struct findings *out, bool allowed, const char *rule, struct text text, const char *field)
{
    if (!allowed)
        finding_error(out, rule, text, "%s", field);
}

static void check_times_open(const struct call *before, const struct call *after, bool open, struct findings *out)
{
    hold(out, before->opens_us == after->opens_us, "funding.call.fixed", FIXED, "content.opensAt");
    if (after->closes_us < before->closes_us)
        finding_error(out, "funding.call.harm", HARM, "content.closesAt");
    else if (!open && after->closes_us != before->closes_us)
        finding_error(out, "funding.call.closed",
                      T("Hakuaika on päättynyt: sitä ei voi enää pidentää", "Ansökningstiden har gått ut: den kan inte längre förlängas",
                        "The time for applications is over: it cannot be made longer"),
                      "content.closesAt");
    hold(out, after->use_from <= before->use_from, "funding.call.harm", HARM, "content.useFrom");
    hold(out, after->use_until >= before->use_until, "funding.call.harm", HARM, "content.useUntil");
    hold(out, after->interim_due == NO_DAY || (before->interim_due != NO_DAY && after->interim_due >= before->interim_due),
         "funding.call.harm", HARM, "content.interimDue");
    hold(out, after->final_due >= before->final_due, "funding.call.harm", HARM, "content.finalDue");
    hold(out, after->answer_days >= before->answer_days, "funding.call.harm", HARM, "content.answerDays");
}

static void check_conditions_open(const struct call *before, const struct call *after, struct findings *out)
{
    hold(out, before->kind == after->kind, "funding.call.fixed", FIXED, "content.kind");
    hold(out, before->authority_kind == after->authority_kind, "funding.call.fixed", FIXED, "content.authorityKind");
    hold(out, after->own_permille <= before->own_permille, "funding.call.harm", HARM, "content.ownPermille");
    hold(out, after->allocation_cents >= before->allocation_cents, "funding.call.harm", HARM, "content.allocationCents");
}

static void check_themes_open(const struct call *before, const struct call *after, struct findings *out)
{
    for (size_t g = 0; g < before->group_count; g++)
        for (size_t t = 0; t < before->groups[g].theme_count; t++) {
            const struct call_theme *was = &before->groups[g].themes[t];
            const struct call_theme *is = call_theme(after, was->id);

            if (is == NULL && !was->used) /* a used one is told of already */
                finding_error(out, "funding.call.harm", HARM, "content.groups[%zu].themes", g);
            else if (is != NULL && is->allocation_cents < was->allocation_cents)
                finding_error(out, "funding.call.harm", HARM, "content.groups[%zu].themes[%zu].allocationCents", g, t);
        }
}

static void check_criteria_open(const struct call *before, const struct call *after, struct findings *out)
{
    bool same = before->criterion_count == after->criterion_count;

    for (size_t i = 0; same && i < before->criterion_count; i++) {
        const struct call_criterion *is = call_criterion(after, before->criteria[i].id);
        same = is != NULL && is->weight == before->criteria[i].weight && is->points == before->criteria[i].points;
    }
    hold(out, same, "funding.call.fixed", FIXED, "content.criteria");
}

static void check_questions_open(const struct call *before, const struct call *after, struct findings *out)
{
    for (size_t i = 0; i < after->question_count; i++) {
        const struct call_question *is = &after->questions[i];
        const struct call_question *was = call_question(before, is->id);

        if (is->required && (was == NULL || !was->required))
            finding_error(out, "funding.call.harm", HARM, "content.questions[%zu].required", i);
        if (was != NULL && is->most < was->most)
            finding_error(out, "funding.call.harm", HARM, "content.questions[%zu].most", i);
    }
    for (size_t i = 0; i < before->question_count; i++)
        if (call_question(after, before->questions[i].id) == NULL)
            finding_error(out, "funding.call.harm", HARM, "content.questions");
}

/* --- when it is over --------------------------------------------------------------------------------------------------- */
static bool same_themes(const struct call *a, const struct call *b)
{
    if (a->group_count != b->group_count || call_theme_count(a) != call_theme_count(b))
        return false;
    for (size_t g = 0; g < a->group_count; g++)
        for (size_t t = 0; t < a->groups[g].theme_count; t++) {
            const struct call_theme *theme = &a->groups[g].themes[t], *other = call_theme(b, theme->id);
            if (other == NULL || other->allocation_cents != theme->allocation_cents || !same_text(other->title, theme->title))
                return false;
        }
    return true;
}

static bool same_questions(const struct call *a, const struct call *b)
{
    if (a->question_count != b->question_count)
        return false;
    for (size_t i = 0; i < a->question_count; i++) {
        const struct call_question *question = &a->questions[i], *other = call_question(b, question->id);
        if (other == NULL || other->required != question->required || other->most != question->most ||
            !same_text(other->title, question->title))
            return false;
    }
    return true;
}

static bool same_terms(const struct call *a, const struct call *b)
{
    return same_text(a->authority, b->authority) && same_text(a->title, b->title) && same_text(a->purpose, b->purpose) &&
           same_text(a->terms, b->terms) && a->kind == b->kind && a->authority_kind == b->authority_kind;
}

static bool same_numbers(const struct call *a, const struct call *b)
{
    return a->opens_us == b->opens_us && a->closes_us == b->closes_us && a->use_from == b->use_from && a->use_until == b->use_until &&
           a->interim_due == b->interim_due && a->final_due == b->final_due && a->answer_days == b->answer_days &&
           a->own_permille == b->own_permille && a->sample_permille == b->sample_permille && a->allocation_cents == b->allocation_cents;
}

static void check_over(const struct call *before, const struct call *after, struct findings *out)
{
    hold(out, same_terms(before, after) && same_numbers(before, after) && same_themes(before, after) && same_questions(before, after),
         "funding.call.over", OVER, "content");
    check_criteria_open(before, after, out);
}

void call_change_check(const struct call *before, const struct call *after, int64_t now_us, struct findings *findings)
{
    const enum call_phase phase = call_phase(before, now_us);

    check_name(before, after, findings);
    check_money_held(before, after, findings);
    if (before->state != CALL_DRAFT && before->state != CALL_PUBLISHED) {
        check_over(before, after, findings);
        return;
    }
    check_gone(before, after, findings);
    if (phase == PHASE_UNPUBLISHED || phase == PHASE_UPCOMING)
        return;
    check_times_open(before, after, phase == PHASE_OPEN, findings);
    check_conditions_open(before, after, findings);
    check_themes_open(before, after, findings);
    check_criteria_open(before, after, findings);
    check_questions_open(before, after, findings);
}
