/* Every field of a programme and of its parts, checked before anything is looked up. Each check is told how the caller wrote the
 * part ("programme.units[2]" in an import, "unit" in an edit), and names the field under it. See import.h. */
#include <string.h>

#include "services/enrolment/handler/import.h"

const char *field_under(struct job *job, const char *field, const char *name)
{
    return arena_printf(job->arena, "%s.%s", field, name);
}

static const char *element(struct job *job, const char *field, const char *list, size_t at)
{
    return arena_printf(job->arena, "%s.%s[%zu]", field, list, at);
}

enum err check_texts(struct job *job, const char *field, const Bus__Text *text, size_t least, size_t most)
{
    if (text == NULL)
        return least > 0 ? fail_missing(job, field) : ERR_OK;
    enum err err = check_text(job, field_under(job, field, "fi"), text->fi, least, most);
    if (err == ERR_OK)
        err = check_text(job, field_under(job, field, "sv"), text->sv, 0, most);
    if (err == ERR_OK)
        err = check_text(job, field_under(job, field, "en"), text->en, 0, most);
    return err;
}

/* In a message 0 and a field left out are the same, and a field left out must not take every place away. */
static enum err check_seats(struct job *job, const char *field, uint32_t seats)
{
    if (seats == 0)
        return job_fail(job, ERR_INVALID, "enrolment.import.no-seats", field,
                        "Anna paikkamäärä, vähintään 1. Nollaan sen voi asettaa jälkikäteen muuttamalla paikkamäärää",
                        "Ange antalet platser, minst 1. Det kan ställas på noll efteråt genom att ändra antalet",
                        "Give the number of places, 1 or more. It can be set to 0 afterwards by the call that sets it");
    return check_range(job, field, seats, 1, PROGRAMME_SEATS_MAX);
}

static enum err check_rule(struct job *job, const char *field, const Enrolment__Rule *rule)
{
    enum err err = check_code(job, field_under(job, field, "rule"), rule->rule, 1, 100);

    if (err == ERR_OK &&
        person_fact(&(const struct person){.role = "", .level = "", .organisation_kind = "", .region = ""}, rule->fact) == NULL)
        err = fail_word(job, field_under(job, field, "fact"), rule->fact, PERSON_FACTS);
    if (err == ERR_OK)
        err = check_range(job, field_under(job, field, "allowed"), (int64_t)rule->n_allowed, 1, 50);
    for (size_t i = 0; err == ERR_OK && i < rule->n_allowed; i++) {
        err = check_code(job, element(job, field, "allowed", i), rule->allowed[i], 1, 50);
        if (err == ERR_OK && !person_word_known(rule->fact, rule->allowed[i]))
            err = fail_word(job, element(job, field, "allowed", i), rule->allowed[i], person_words(rule->fact));
    }
    if (err == ERR_OK)
        err = check_texts(job, field_under(job, field, "reason"), rule->reason, 1, 500);
    return err;
}

enum err check_rules(struct job *job, const char *field, Enrolment__Rule *const *rules, size_t count)
{
    enum err err = check_range(job, field, (int64_t)count, 0, ELIGIBILITY_RULES_MAX);

    for (size_t i = 0; err == ERR_OK && i < count; i++)
        err = check_rule(job, arena_printf(job->arena, "%s[%zu]", field, i), rules[i]);
    return err;
}

static enum err check_ends(struct job *job, const char *field, const Enrolment__Webinar *webinar)
{
    const enum err err = check_time(job, field, webinar->ends_us);
    const struct refusal_text *text = refusal_text(REFUSAL_WEBINAR_ORDER);

    if (err != ERR_OK || webinar->ends_us >= webinar->starts_us)
        return err;
    return job_fail(job, ERR_INVALID, text->rule, field, text->fi, text->sv, text->en);
}

enum err check_unit(struct job *job, const char *field, const Enrolment__Unit *unit)
{
    enum err err = check_texts(job, field_under(job, field, "title"), unit->title, 1, CHECK_NAME_MAX);

    if (err == ERR_OK)
        err = check_range(job, field_under(job, field, "creditsTenths"), unit->credits_tenths, 0, 3000);
    if (err == ERR_OK)
        err = check_range(job, field_under(job, field, "webinars"), (int64_t)unit->n_webinars, 0, PROGRAMME_WEBINARS_MAX);
    for (size_t i = 0; err == ERR_OK && i < unit->n_webinars; i++) {
        const Enrolment__Webinar *webinar = unit->webinars[i];
        const char *of = element(job, field, "webinars", i);
        err = check_time(job, field_under(job, of, "startsAt"), webinar->starts_us);
        if (err == ERR_OK && webinar->ends_us != 0)
            err = check_ends(job, field_under(job, of, "endsAt"), webinar);
    }
    return err;
}

static enum err check_places(struct job *job, const char *field, const Enrolment__Implementation *i)
{
    enum err err = check_range(job, field_under(job, field, "places"), (int64_t)i->n_places, 0, 50);

    for (size_t n = 0; err == ERR_OK && n < i->n_places; n++)
        err = check_text(job, element(job, field, "places", n), i->places[n], 1, 100);
    return err;
}

enum err check_implementation(struct job *job, const char *field, const Enrolment__Implementation *i, bool seats)
{
    enum err err = check_code(job, field_under(job, field, "code"), i->code, 1, 50);

    if (err == ERR_OK)
        err = check_texts(job, field_under(job, field, "organiser"), i->organiser, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_texts(job, field_under(job, field, "title"), i->title, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_texts(job, field_under(job, field, "audience"), i->audience, 0, CHECK_REASON_MAX);
    if (err == ERR_OK)
        err = check_code(job, field_under(job, field, "region"), i->region, 0, 50);
    if (err == ERR_OK)
        err = check_range(job, field_under(job, field, "mode"), i->mode, MODE_UNKNOWN, MODE_HYBRID);
    if (err == ERR_OK && seats)
        err = check_seats(job, field_under(job, field, "capacity"), i->capacity);
    if (err == ERR_OK)
        err = check_range(job, field_under(job, field, "waitingCap"), i->waiting_cap, 0, PROGRAMME_WAITING_MAX);
    if (err == ERR_OK)
        err = check_places(job, field, i);
    if (err == ERR_OK)
        err = check_rules(job, field_under(job, field, "rules"), i->rules, i->n_rules);
    return err;
}

enum err fail_twice(struct job *job, const char *field)
{
    return job_fail(job, ERR_INVALID, "field.twice", field, "Sama koodi on jo toisella", "En annan har redan samma kod",
                    "Another one has the same code already");
}

enum err fail_code_taken(struct job *job)
{
    return job_fail(job, ERR_CONFLICT, "enrolment.programme.code-taken", "programme.code", "Koodi on jo toisella koulutuksella",
                    "En annan utbildning har redan koden", "Another programme has the code already");
}

static enum err check_twins(struct job *job, const Enrolment__Programme *p)
{
    for (size_t i = 0; i < p->n_implementations; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(p->implementations[i]->code, p->implementations[k]->code) == 0)
                return fail_twice(job, field_under(job, element(job, "programme", "implementations", i), "code"));
    return ERR_OK;
}

static enum err check_windows(struct job *job, const Enrolment__Programme *p)
{
    enum err err = check_range(job, "programme.windows", (int64_t)p->n_windows, 0, PROGRAMME_WINDOWS_MAX);

    for (size_t i = 0; err == ERR_OK && i < p->n_windows; i++) {
        const struct window own = {.opens_us = p->windows[i]->opens_us, .closes_us = p->windows[i]->closes_us};
        const char *field = element(job, "programme", "windows", i);
        err = check_time(job, field_under(job, field, "opensAt"), own.opens_us);
        if (err == ERR_OK)
            err = check_time(job, field_under(job, field, "closesAt"), own.closes_us);
        if (err == ERR_OK)
            err = check_range(job, field_under(job, field, "quota"), p->windows[i]->quota, 0, PROGRAMME_SEATS_MAX);
        if (err == ERR_OK && own.opens_us >= own.closes_us)
            err = refuse_field(job, REFUSAL_WINDOW_ORDER, field_under(job, field, "closesAt"));
        for (size_t k = 0; err == ERR_OK && k < i; k++) {
            const struct window other = {.opens_us = p->windows[k]->opens_us, .closes_us = p->windows[k]->closes_us};
            if (window_overlaps(&own, &other))
                err = refuse(job, REFUSAL_WINDOW_OVERLAP);
        }
    }
    return err;
}

enum err check_head(struct job *job, const Enrolment__Programme *p, bool seats)
{
    enum err err = check_code(job, "programme.code", p->code, 1, 50);

    if (err == ERR_OK)
        err = check_texts(job, "programme.title", p->title, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_range(job, "programme.creditsTenths", p->credits_tenths, 0, 3000);
    if (err == ERR_OK && seats)
        err = check_seats(job, "programme.cap", p->cap);
    if (err == ERR_OK)
        err = check_range(job, "programme.replyHours", p->reply_hours, 0, PROGRAMME_REPLY_HOURS_MAX);
    if (err == ERR_OK)
        err = check_range(job, "programme.offerHours", p->offer_hours, 0, PROGRAMME_REPLY_HOURS_MAX);
    if (err == ERR_OK)
        err = check_range(job, "programme.holdMinutes", p->hold_minutes, 0, PROGRAMME_HOLD_MINUTES_MAX);
    if (err == ERR_OK && p->edit_until_us != 0)
        err = check_time(job, "programme.editUntilAt", p->edit_until_us);
    if (err == ERR_OK)
        err = check_range(job, "programme.retentionDays", p->retention_days, 0, PROGRAMME_RETENTION_DAYS_MAX);
    return err;
}

enum err import_check(struct job *job, const Enrolment__Programme *p)
{
    enum err err = check_head(job, p, true);

    if (err == ERR_OK)
        err = check_range(job, "programme.units", (int64_t)p->n_units, 0, PROGRAMME_UNITS_MAX);
    if (err == ERR_OK)
        err = check_range(job, "programme.implementations", (int64_t)p->n_implementations, 0, PROGRAMME_IMPLEMENTATIONS_MAX);
    for (size_t i = 0; err == ERR_OK && i < p->n_units; i++)
        err = check_unit(job, element(job, "programme", "units", i), p->units[i]);
    for (size_t i = 0; err == ERR_OK && i < p->n_implementations; i++)
        err = check_implementation(job, element(job, "programme", "implementations", i), p->implementations[i], true);
    if (err == ERR_OK)
        err = check_twins(job, p);
    if (err == ERR_OK)
        err = check_windows(job, p);
    if (err == ERR_OK)
        err = check_rules(job, "programme.rules", p->rules, p->n_rules);
    if (err == ERR_OK)
        err = check_questions(job, "programme.questions", p->questions, p->n_questions);
    if (err == ERR_OK && enrolment__programme__get_packed_size(p) > IMPORT_BYTES_MAX)
        err = job_fail(job, ERR_TOO_LARGE, NULL, NULL, NULL, NULL, NULL);
    return err;
}
