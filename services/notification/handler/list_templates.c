/* ListTemplates: every kind of message with the facts a template of it can say, and the current version of each language. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/preview.h"

enum err list_templates_needs(struct job *job, struct workset *w)
{
    const enum err err = page_require_admin(job);

    if (err == ERR_OK)
        template_ask(w, job)->what = TEMPLATE_ASK_LIST;
    return err;
}

static void add_facts(struct arena *arena, Notification__TemplateKind *out, enum message_kind kind)
{
    bool required;

    out->facts = arena_array(arena, FACT_COUNT_OF, sizeof *out->facts);
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        const enum fact_name fact = (enum fact_name)i;
        if (!kind_has(kind, fact, &required))
            continue;
        Notification__FactSpec *spec = arena_alloc(arena, sizeof *spec);
        notification__fact_spec__init(spec);
        spec->name = (char *)(uintptr_t)fact_text_name(fact);
        spec->type = (Notification__FactType)fact_type_of(fact); /* the domain's numbers are the contract's */
        spec->required = required;
        spec->sample = (char *)(uintptr_t)fact_sample(fact);
        spec->told = kind_told(kind, fact);
        out->facts[out->n_facts++] = spec;
    }
}

static Notification__TemplateKind *kind_message(struct arena *arena, enum message_kind kind, const struct template_ask *ask)
{
    Notification__TemplateKind *out = arena_alloc(arena, sizeof *out);

    notification__template_kind__init(out);
    out->kind = (char *)(uintptr_t)kind_of(kind)->name;
    out->topic = (Notification__Topic)kind_of(kind)->topic;
    out->statutory = kind_of(kind)->statutory;
    add_facts(arena, out, kind);
    out->current = arena_array(arena, LANGUAGE_COUNT, sizeof *out->current);
    for (size_t i = 0; i < ask->count && out->n_current < LANGUAGE_COUNT; i++)
        if (ask->rows[i].kind == kind)
            out->current[out->n_current++] = preview_row(arena, &ask->rows[i]);
    return out;
}

void list_templates_decide(struct job *job, struct workset *w)
{
    const struct template_ask *ask = template_asked(w, job);
    Notification__TemplateList *answer = arena_alloc(job->arena, sizeof *answer);

    notification__template_list__init(answer);
    answer->kinds = arena_array(job->arena, KIND_LAST + 1, sizeof *answer->kinds);
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++)
        answer->kinds[answer->n_kinds++] = kind_message(job->arena, (enum message_kind)kind, ask);
    job_answer(job, &answer->base, 0);
}
