/* See asked.h. */
#include "services/notification/handler/asked.h"

#include <string.h>

#include "common/base/utf8.h"
#include "services/notification/domain/sample.h"

static const struct uuid SPACE = {{0x68, 0x76, 0x2d, 0x61, 0x73, 0x6b, 0x65, 0x64}}; /* "hv-asked" */

struct uuid asked_event(const struct job *job)
{
    const ProtobufCBinaryData key = job->request->idempotency_key;

    return uuid_from(uuid_from(SPACE, uuid_span(&job->actor)), span_of(key.data, key.len));
}

int64_t asked_us(const struct job *job, const struct workset *w)
{
    const int64_t received = job->request->received_us;

    return received > 0 && received < w->now_us ? received : w->now_us;
}

enum err asked_kind(struct job *job, const char *name, enum message_kind *out)
{
    if (kind_find(span_text(name), out))
        return ERR_OK;
    const enum err err = job_fail(job, ERR_INVALID, "notification.template.kind", "kind", "Viestilajia ei ole",
                                  "Meddelandetypen finns inte", "There is no such kind of message");
    const char *known = "";
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++)
        known = arena_printf(job->arena, "%s%s%s", known, kind > KIND_CONFIRMATION ? " " : "", kind_of((enum message_kind)kind)->name);
    job_fact(job, "known", known);
    return err;
}

/* A name that is none is repeated only as far as it can be shown. */
static enum err unknown(struct job *job, enum message_kind kind, const char *name)
{
    const bool shown = strlen(name) <= 100 && utf8_valid(span_text(name));
    const enum err err = job_fail(job, ERR_INVALID, "notification.fact.unknown", arena_printf(job->arena, "facts[%s]", shown ? name : "?"),
                                  "Viestilajilla ei ole tällaista tietoa, tai sitä ei anneta viestin mukana",
                                  "Meddelandetypen har ingen sådan uppgift, eller så ges den inte med meddelandet",
                                  "The kind of message has no such fact, or it is not told with the message");

    job_fact(job, "kind", kind_of(kind)->name);
    job_fact(job, "fact", shown ? name : "?");
    return err;
}

static enum err wrong(struct job *job, const char *rule, enum fact_name fact, const char *fi, const char *sv, const char *en)
{
    const enum err err = job_fail(job, ERR_INVALID, rule, arena_printf(job->arena, "facts[%s]", fact_text_name(fact)), fi, sv, en);
    static const char *const TYPES[] = {[FACT_TEXT] = "text",   [FACT_NUMBER] = "number", [FACT_MOMENT] = "moment, RFC 3339",
                                        [FACT_MONEY] = "cents", [FACT_FLAG] = "true",     [FACT_LIST] = "lines begun by \"- \""};

    job_fact(job, "fact", fact_text_name(fact));
    job_fact(job, "type", fact_keys(fact) != NULL ? fact_keys(fact) : TYPES[fact_type_of(fact)]);
    return err;
}

static enum err missing(struct job *job, enum fact_name fact)
{
    const char *name = fact_text_name(fact);

    return wrong(job, "notification.fact.missing", fact, arena_printf(job->arena, "Viestistä puuttuu tieto %s", name),
                 arena_printf(job->arena, "Uppgiften %s saknas i meddelandet", name),
                 arena_printf(job->arena, "The message lacks the fact %s", name));
}

/* An example says more than a type's name. */
static enum err mistyped(struct job *job, enum fact_name fact)
{
    const char *name = fact_text_name(fact), *sample = fact_sample(fact);

    if (fact_type_of(fact) == FACT_TEXT && fact_keys(fact) == NULL)
        return wrong(job, "notification.fact.type", fact, arena_printf(job->arena, "Tieto %s ei ole tekstiä", name),
                     arena_printf(job->arena, "Uppgiften %s är inte text", name),
                     arena_printf(job->arena, "The fact %s is not text", name));
    const enum err err = wrong(job, "notification.fact.type", fact,
                               arena_printf(job->arena, "Tieto %s on väärää muotoa. Esimerkki oikeasta: %s", name, sample),
                               arena_printf(job->arena, "Uppgiften %s har fel form. Exempel på rätt form: %s", name, sample),
                               arena_printf(job->arena, "The fact %s is not of its type. An example of one that is: %s", name, sample));
    job_fact(job, "example", sample);
    return err;
}

/* Nothing given is nothing told: kind_check says so where it is required. */
static enum err read_value(struct job *job, enum fact_name fact, const char *value, struct facts *out)
{
    out->of[fact] = (struct fact){.known = false};
    return value[0] == '\0' || fact_read(fact, span_text(value), &out->of[fact]) ? ERR_OK : mistyped(job, fact);
}

static enum err twice(struct job *job, enum fact_name fact)
{
    return wrong(job, "notification.fact.twice", fact, "Tieto on annettu kahdesti", "Uppgiften har getts två gånger",
                 "The fact is given twice");
}

/* Both callers': finds the fact of one value, which may be given once. */
static enum err find_value(struct job *job, enum message_kind kind, const char *name, bool given[FACT_COUNT_OF], enum fact_name *fact)
{
    bool required;

    if (!fact_find(span_text(name), fact) || !kind_has(kind, *fact, &required))
        return unknown(job, kind, name);
    if (given[*fact])
        return twice(job, *fact);
    given[*fact] = true;
    return ERR_OK;
}

enum err asked_facts(struct job *job, enum message_kind kind, Notification__FactValue *const *values, size_t count, struct facts *out)
{
    bool given[FACT_COUNT_OF] = {false}, is_missing;
    enum fact_name fact = FACT_COUNT_OF;
    enum err err = ERR_OK;

    *out = (struct facts){.of[0].known = false};
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        err = find_value(job, kind, values[i]->name, given, &fact);
        if (err == ERR_OK)
            err = kind_told(kind, fact) ? read_value(job, fact, values[i]->value, out) : unknown(job, kind, values[i]->name);
    }
    if (err == ERR_OK && !kind_check(kind, out, &fact, &is_missing))
        err = missing(job, fact); /* what the kind does not know was refused above */
    return err;
}

static void add_samples(enum message_kind kind, enum language language, struct facts *out)
{
    bool required;

    *out = (struct facts){.of[0].known = false};
    for (int fact = 0; fact < FACT_COUNT_OF; fact++)
        if (kind_has(kind, (enum fact_name)fact, &required))
            (void)fact_read((enum fact_name)fact, span_text(sample_of((enum fact_name)fact, language)), &out->of[fact]);
}

static enum err made(struct job *job)
{
    return wrong(job, "notification.fact.made", FACT_AHEAD, "Tieto ahead lasketaan tiedosta position: anna se",
                 "Uppgiften ahead räknas ut av uppgiften position: ange den", "The fact ahead is made of the fact position: give that one");
}

/* What follows from facts that were given. The samples of those that follow would contradict them. */
static void follow(const bool given[FACT_COUNT_OF], struct facts *facts)
{
    const struct fact *places = &facts->of[FACT_PLACES];
    int64_t count = 1;

    if (!facts->of[FACT_POSITION].known)
        facts->of[FACT_AHEAD] = (struct fact){.known = false};
    if (!given[FACT_PLACES] || given[FACT_PLACE_COUNT])
        return;
    for (size_t i = 0; i < places->text.len; i++)
        count += places->text.data[i] == ',';
    facts_number(facts, FACT_PLACE_COUNT, places->known ? count : 0);
}

enum err asked_samples(struct job *job, enum message_kind kind, enum language language, Notification__FactValue *const *values,
                       size_t count, struct facts *out)
{
    bool given[FACT_COUNT_OF] = {false};
    enum fact_name fact = FACT_COUNT_OF;
    enum err err = ERR_OK;

    add_samples(kind, language, out);
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        err = find_value(job, kind, values[i]->name, given, &fact);
        if (err == ERR_OK)
            err = fact == FACT_AHEAD ? made(job) : read_value(job, fact, values[i]->value, out);
    }
    follow(given, out);
    if (err == ERR_OK && !kind_ready(kind, out, &fact))
        err = missing(job, fact);
    return err;
}
