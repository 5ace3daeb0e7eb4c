/* Words that change in a call that has opened. They may, where that makes them clearer (call_change.c); but people have read the old ones
 * and applied by them, and nobody is told of an edit. So whoever edits is warned: of each text that changes, and of languages that are left
 * with what it said before. See call.h. */
#include <stdio.h>
#include <string.h>

#include "services/funding/domain/call.h"

#define T FINDING_TEXT

struct languages {
    bool changed, kept; /* one has other words; another keeps words that it had */
};

static void compare(struct languages *l, const char *was, const char *is)
{
    const bool same = strcmp(was, is) == 0;

    l->changed = l->changed || !same;
    l->kept = l->kept || (same && *is != '\0');
}

static void look(struct findings *out, struct text was, struct text is, const char *field)
{
    struct languages l = {.changed = false, .kept = false};

    compare(&l, was.fi, is.fi);
    compare(&l, was.sv, is.sv);
    compare(&l, was.en, is.en);
    if (!l.changed)
        return;
    finding_warning(out, "funding.call.words",
                    T("Sanamuoto muuttui haun jo avauduttua eikä siitä lähde viestiä: kerro muutoksesta niille, jotka ovat jo hakeneet",
                      "Ordalydelsen ändrades efter att utlysningen öppnats och inget meddelande sänds: berätta om ändringen för dem som "
                      "redan har ansökt",
                      "The words changed after the call had opened, and nobody is told by a message: tell those who have applied already"),
                    "%s", field);
    if (l.kept)
        finding_warning(out, "funding.call.words-language",
                        T("Sanamuoto muuttui vain osassa kielistä: tarkista, että kaikki kielet sanovat samaa",
                          "Ordalydelsen ändrades bara på en del av språken: kontrollera att alla språk säger detsamma",
                          "The words changed in some of the languages only: check that all of them say the same"),
                        "%s", field);
}

void call_words_changed(const struct call *before, const struct call *after, int64_t now_us, struct findings *findings)
{
    char field[FINDING_FIELD_MAX];

    if (before->state != CALL_PUBLISHED || call_phase(before, now_us) == PHASE_UPCOMING)
        return;
    look(findings, before->purpose, after->purpose, "content.purpose");
    look(findings, before->terms, after->terms, "content.terms");
    for (size_t i = 0; i < after->criterion_count; i++) {
        const struct call_criterion *was = call_criterion(before, after->criteria[i].id);

        (void)snprintf(field, sizeof field, "content.criteria[%zu].title", i);
        if (was != NULL)
            look(findings, was->title, after->criteria[i].title, field);
    }
    for (size_t i = 0; i < after->question_count; i++) {
        const struct call_question *was = call_question(before, after->questions[i].id);

        (void)snprintf(field, sizeof field, "content.questions[%zu].title", i);
        if (was != NULL)
            look(findings, was->title, after->questions[i].title, field);
    }
}
