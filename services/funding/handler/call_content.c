/* What a preparer writes is checked here: see call_content.h. The building is in call_build.c. */
#include "services/funding/handler/call_content.h"

#include "common/work/check.h"
#include "services/funding/domain/iban.h"
#include "services/funding/domain/money.h"

#define TEXT_MAX    10000 /* characters of a purpose, of terms */
#define CONTENT_MAX (180 * 1024)

static const char *under(struct job *job, const char *list, size_t i, const char *name)
{
    return arena_printf(job->arena, "%s[%zu].%s", list, i, name);
}

/* Finnish is there when least is 1; the others may be empty. Names are one line, longer texts may have several. */
static enum err check_texts(struct job *job, const char *field, const Bus__Text *text, size_t least, size_t most)
{
    enum err err;

    if (text == NULL)
        return least == 0 ? ERR_OK : fail_missing(job, field);
    enum err (*const check)(struct job *, const char *, const char *, size_t, size_t) = most > CHECK_NAME_MAX ? check_lines : check_text;
    err = check(job, arena_printf(job->arena, "%s.fi", field), text->fi, least, most);
    if (err == ERR_OK)
        err = check(job, arena_printf(job->arena, "%s.sv", field), text->sv, 0, most);
    return err == ERR_OK ? check(job, arena_printf(job->arena, "%s.en", field), text->en, 0, most) : err;
}

static enum err check_title(struct job *job, const char *field, const Bus__Text *text)
{
    return check_texts(job, field, text, 1, CHECK_NAME_MAX);
}

static enum err check_cents(struct job *job, const char *field, int64_t cents)
{
    return check_range(job, field, cents, 0, MONEY_MAX);
}

static enum err check_many(struct job *job, const char *field, size_t count, size_t most)
{
    if (count <= most)
        return ERR_OK;
    (void)job_fail(job, ERR_INVALID, "field.many", field, "Osia on liikaa", "Det finns för många delar", "There are too many parts");
    fact_number(job, "most", most);
    return ERR_INVALID;
}

static enum err check_names(struct job *job, const Funding__CallContent *c)
{
    static const char *const series_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.";
    enum err err = check_code(job, "content.code", c->code, 2, 60);

    if (err == ERR_OK && strpbrk(c->code, "._") != NULL)
        err = job_fail(job, ERR_INVALID, "field.code", "content.code", "Käytä vain merkkejä a–z, 0–9 ja -",
                       "Använd bara tecknen a–z, 0–9 och -", "Use only a-z, 0-9 and -");
    if (err == ERR_OK)
        err = check_text(job, "content.series", c->series, 1, 20);
    if (err == ERR_OK && strspn(c->series, series_letters) != strlen(c->series))
        err =
            job_fail(job, ERR_INVALID, "field.series", "content.series", "Diaarinumeron sarjassa on numeroita, isoja kirjaimia ja pisteitä",
                     "En diarienummerserie har siffror, stora bokstäver och punkter",
                     "A series of register numbers has digits, capital letters and dots");
    if (err == ERR_OK && c->kind != FUNDING__GRANT_KIND__GRANT_GENERAL && c->kind != FUNDING__GRANT_KIND__GRANT_SPECIAL)
        err = fail_word(job, "content.kind", "", (const char *const[]){"GRANT_GENERAL", "GRANT_SPECIAL", NULL});
    if (err == ERR_OK && c->authority_kind != FUNDING__AUTHORITY_KIND__AUTHORITY_STATE &&
        c->authority_kind != FUNDING__AUTHORITY_KIND__AUTHORITY_MUNICIPAL)
        err = fail_word(job, "content.authorityKind", "", (const char *const[]){"AUTHORITY_STATE", "AUTHORITY_MUNICIPAL", NULL});
    return err;
}

static enum err check_payee(struct job *job, const Funding__CallContent *c)
{
    char iban[IBAN_TEXT];
    enum err err = check_text(job, "content.payee", c->payee, 0, CHECK_NAME_MAX);

    if (err == ERR_OK)
        err = check_text(job, "content.payeeReference", c->payee_reference, 0, CHECK_NAME_MAX);
    if (err == ERR_OK && *c->payee_iban != '\0' && !iban_read(iban, c->payee_iban))
        err = job_fail(job, ERR_INVALID, "funding.call.payee-iban", "content.payeeIban", "Tilinumero ei ole IBAN: tarkista se",
                       "Kontonumret är inget IBAN: kontrollera det", "The account number is no IBAN: check it");
    return err;
}

static enum err check_words(struct job *job, const Funding__CallContent *c)
{
    enum err err = check_title(job, "content.authority", c->authority);

    if (err == ERR_OK)
        err = check_lines(job, "content.contact", c->contact, 0, 1000);
    if (err == ERR_OK)
        err = check_payee(job, c);
    if (err == ERR_OK)
        err = check_title(job, "content.title", c->title);
    if (err == ERR_OK)
        err = check_texts(job, "content.purpose", c->purpose, 0, TEXT_MAX);
    return err == ERR_OK ? check_texts(job, "content.terms", c->terms, 0, TEXT_MAX) : err;
}

static enum err fail_order(struct job *job, const char *field, const char *fi, const char *sv, const char *en)
{
    return job_fail(job, ERR_INVALID, "funding.call.order", field, fi, sv, en);
}

static enum err check_days(struct job *job, const Funding__CallContent *c)
{
    int64_t from = 0, until = 0, final = 0;
    enum err err = check_day(job, "content.useFrom", c->use_from, &from);

    if (err == ERR_OK)
        err = check_day(job, "content.useUntil", c->use_until, &until);
    if (err == ERR_OK)
        err = check_day(job, "content.finalDue", c->final_due, &final);
    if (err == ERR_OK && *c->interim_due != '\0')
        err = check_day(job, "content.interimDue", c->interim_due, NULL);
    if (err == ERR_OK && from > until)
        err = fail_order(job, "content.useUntil", "Käyttöaika päättyy ennen kuin se alkaa", "Användningstiden går ut innan den börjar",
                         "The period of use ends before it begins");
    if (err == ERR_OK && final < until)
        err = fail_order(job, "content.finalDue", "Loppuselvitys annetaan vasta käyttöajan jälkeen",
                         "Slutredovisningen lämnas först efter användningstiden", "The final report comes after the period of use");
    return err;
}

static enum err check_times(struct job *job, const Funding__CallContent *c)
{
    enum err err = check_time(job, "content.opensAt", c->opens_us);

    if (err == ERR_OK)
        err = check_time(job, "content.closesAt", c->closes_us);
    if (err == ERR_OK && c->opens_us >= c->closes_us)
        err = fail_order(job, "content.closesAt", "Haku päättyy ennen kuin se alkaa", "Ansökningstiden går ut innan den börjar",
                         "The call closes before it opens");
    return err == ERR_OK ? check_days(job, c) : err;
}

static enum err check_numbers(struct job *job, const Funding__CallContent *c)
{
    enum err err = check_range(job, "content.answerDays", c->answer_days, 1, 365);

    if (err == ERR_OK)
        err = check_range(job, "content.ownPermille", c->own_permille, 0, 1000);
    if (err == ERR_OK)
        err = check_range(job, "content.samplePermille", c->sample_permille, 0, 1000);
    return err == ERR_OK ? check_cents(job, "content.allocationCents", c->allocation_cents) : err;
}

static enum err check_themes(struct job *job, const char *field, const Funding__Group *group, int64_t *sum)
{
    enum err err = ERR_OK;

    for (size_t t = 0; err == ERR_OK && t < group->n_themes; t++) {
        err = check_title(job, under(job, field, t, "title"), group->themes[t]->title);
        if (err == ERR_OK)
            err = check_cents(job, under(job, field, t, "allocationCents"), group->themes[t]->allocation_cents);
        if (err == ERR_OK && !money_add(sum, group->themes[t]->allocation_cents))
            *sum = MONEY_MAX;
    }
    return err;
}

static enum err check_groups(struct job *job, const Funding__CallContent *c)
{
    int64_t sum = 0;
    size_t themes = 0;
    enum err err = check_many(job, "content.groups", c->n_groups, CALL_GROUPS_MAX);

    for (size_t g = 0; err == ERR_OK && g < c->n_groups; g++) {
        err = check_title(job, under(job, "content.groups", g, "title"), c->groups[g]->title);
        if (err == ERR_OK)
            err = check_themes(job, under(job, "content.groups", g, "themes"), c->groups[g], &sum);
        themes += c->groups[g]->n_themes;
    }
    if (err == ERR_OK)
        err = check_many(job, "content.groups", themes, CALL_THEMES_MAX);
    if (err == ERR_OK && sum > c->allocation_cents) {
        err = job_fail(job, ERR_INVALID, "funding.call.overallocated", "content.allocationCents",
                       "Teemojen määrärahat ovat yhdessä suuremmat kuin haun", "Temanas anslag är tillsammans större än utlysningens",
                       "The themes' allocations are more together than the call's");
        fact_number(job, "themesCents", (uint64_t)sum);
    }
    return err;
}

static enum err check_criteria(struct job *job, const Funding__CallContent *c)
{
    enum err err = check_many(job, "content.criteria", c->n_criteria, CALL_CRITERIA_MAX);

    for (size_t i = 0; err == ERR_OK && i < c->n_criteria; i++) {
        err = check_title(job, under(job, "content.criteria", i, "title"), c->criteria[i]->title);
        if (err == ERR_OK)
            err = check_range(job, under(job, "content.criteria", i, "weight"), c->criteria[i]->weight, 1, 100);
        if (err == ERR_OK)
            err = check_range(job, under(job, "content.criteria", i, "points"), c->criteria[i]->points, 1, 100);
    }
    return err;
}

static enum err check_questions(struct job *job, const Funding__CallContent *c)
{
    enum err err = check_many(job, "content.questions", c->n_questions, CALL_QUESTIONS_MAX);

    for (size_t i = 0; err == ERR_OK && i < c->n_questions; i++) {
        err = check_title(job, under(job, "content.questions", i, "title"), c->questions[i]->title);
        if (err == ERR_OK)
            err = check_range(job, under(job, "content.questions", i, "most"), c->questions[i]->most, 1, 20000);
    }
    return err;
}

enum err call_content_check(struct job *job, const Funding__CallContent *content)
{
    enum err err;

    if (content == NULL)
        return fail_missing(job, "content");
    if (protobuf_c_message_get_packed_size(&content->base) > CONTENT_MAX)
        return job_fail(job, ERR_TOO_LARGE, "funding.call.large", "content",
                        "Haun tiedot ovat yhdessä liian pitkät; siirrä osa liitteeseen",
                        "Utlysningens uppgifter är tillsammans för långa; flytta en del till en bilaga",
                        "What the call says is too long altogether; move a part to a file");
    err = check_names(job, content);
    if (err == ERR_OK)
        err = check_words(job, content);
    if (err == ERR_OK)
        err = check_times(job, content);
    if (err == ERR_OK)
        err = check_numbers(job, content);
    if (err == ERR_OK)
        err = check_groups(job, content);
    if (err == ERR_OK)
        err = check_criteria(job, content);
    return err == ERR_OK ? check_questions(job, content) : err;
}
