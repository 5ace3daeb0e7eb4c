/* What letters are made of in tests: everything a kind can say, or only what it must; and the built-in templates. */
#ifndef HV_TESTS_NOTIFICATION_LETTERS_H
#define HV_TESTS_NOTIFICATION_LETTERS_H
#include <string.h>

#include "services/notification/domain/template.h"

static inline void letters_add(struct facts *facts, const enum fact_name *names)
{
    for (; *names != FACT_COUNT_OF; names++)
        (void)fact_read(*names, span_text(fact_sample(*names)), &facts->of[*names]);
}

/* The samples of the facts the kind requires, and of the others it has. */
static inline struct facts letters_facts(enum message_kind kind, bool all)
{
    struct facts facts = {0};

    letters_add(&facts, kind_of(kind)->required);
    if (all)
        letters_add(&facts, kind_of(kind)->optional);
    return facts;
}

static inline struct template_texts letters_texts(enum message_kind kind, enum language language)
{
    const struct template_built_in *words = template_built_in(kind, language);

    return (struct template_texts){.subject = span_text(words->subject), .text = span_text(words->text)};
}

#endif
