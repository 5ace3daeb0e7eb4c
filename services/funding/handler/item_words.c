/* See item_words.h. */
#include "services/funding/handler/item_words.h"

#include <string.h>

#include "services/funding/document/letter_words.h"

struct phrase { /* what was decided to do */
    const char *fi, *sv;
};

static const struct phrase *phrase_of(enum outcome outcome)
{
    static const struct phrase approved = {"hyväksyä ehdotuksen", "godkänna förslaget"};
    static const struct phrase changed = {"hyväksyä ehdotuksen muutettuna", "godkänna förslaget med ändringar"};
    static const struct phrase rejected = {"hylätä hakemuksen", "avslå ansökan"};
    static const struct phrase returned = {"palauttaa asian uudelleen valmisteltavaksi", "återremittera ärendet för ny beredning"};
    static const struct phrase tabled = {"jättää asian pöydälle", "bordlägga ärendet"};

    switch (outcome) {
    case OUTCOME_APPROVED:
        return &approved;
    case OUTCOME_CHANGED:
        return &changed;
    case OUTCOME_REJECTED:
        return &rejected;
    case OUTCOME_RETURNED:
        return &returned;
    case OUTCOME_TABLED:
        return &tabled;
    }
    return &approved;
}

static const char *role_word(enum nominee_role role, bool swedish)
{
    switch (role) {
    case NOMINEE_MEMBER:
        return swedish ? "ledamot" : "jäsen";
    case NOMINEE_DEPUTY:
        return swedish ? "ersättare" : "varajäsen";
    case NOMINEE_CHAIR:
        return swedish ? "ordförande" : "puheenjohtaja";
    }
    return "";
}

/* "hankkeen ohjausryhmä, varajäsen: perusopetuksen rehtori [[Maija Meikäläinen]]" */
static const char *named(struct arena *arena, const struct nomination *n, bool swedish)
{
    const char *name = *n->name != '\0' ? arena_printf(arena, "[[%s]]", n->name) : "";

    return arena_printf(arena, "%s, %s: %s%s%s", n->body, role_word(n->role, swedish), n->title,
                        *n->title != '\0' && *name != '\0' ? " " : "", name);
}

/* Those that are told, as a list of lines. */
static const char *nominations(struct arena *arena, const struct item *item, bool swedish)
{
    const char *all = "";

    for (size_t i = 0; i < item->nomination_count; i++)
        if (item->nominations[i].added || item->outcome == OUTCOME_CHANGED)
            all = arena_printf(arena, "%s\n- %s", all, named(arena, &item->nominations[i], swedish));
    return all;
}

struct frame { /* sentences of one language, filled as in letter_words.h */
    const char *unanimously, *voted, *tied, *amount, *named, *also_named;
};

static const struct frame *frame_of(bool swedish)
{
    static const struct frame fi = {.unanimously = "{0} päätti yksimielisesti {1}.",
                                    .voted = "{0} päätti äänestyksen jälkeen {1}.",
                                    .tied = "{0} Äänet menivät tasan, joten puheenjohtajan ääni ratkaisi.",
                                    .amount = "{0} Rahoitusosuus on {1}.",
                                    .named = "{0}\nTehtäviin nimettiin:{1}",
                                    .also_named = "{0}\nLisäksi nimettiin:{1}"};
    static const struct frame sv = {.unanimously = "{0} beslutade enhälligt {1}.",
                                    .voted = "{0} beslutade efter omröstning {1}.",
                                    .tied = "{0} Rösterna föll lika, och ordförandens röst avgjorde.",
                                    .amount = "{0} Finansieringsandelen är {1}.",
                                    .named = "{0}\nTill uppdragen valdes:{1}",
                                    .also_named = "{0}\nDessutom valdes:{1}"};

    return swedish ? &sv : &fi;
}

static const char *filled(struct arena *arena, const char *format, const char *first, const char *second)
{
    const char *const with[] = {first, second};
    return letter_fill(arena, format, with, 2);
}

const char *item_usual_words(struct arena *arena, const struct meeting *meeting, const struct item *item)
{
    const struct text *board = &meeting->board;
    const bool swedish = strcmp(item->language, "sv") == 0, changed = item->outcome == OUTCOME_CHANGED;
    const struct frame *frame = frame_of(swedish);
    const char *title = letter_capital(arena, swedish && *board->sv != '\0' ? board->sv : board->fi);
    const char *what = swedish ? phrase_of(item->outcome)->sv : phrase_of(item->outcome)->fi;
    const char *list = nominations(arena, item, swedish);
    const char *words = filled(arena, item->manner == MANNER_VOTED ? frame->voted : frame->unanimously, title, what);

    if (item->manner == MANNER_VOTED && item_leader_decides(meeting, item))
        words = filled(arena, frame->tied, words, "");
    if (changed)
        words = filled(arena, frame->amount, words, letter_money(arena, item->cents, swedish ? LETTER_SV : LETTER_FI));
    return *list != '\0' ? filled(arena, changed ? frame->named : frame->also_named, words, list) : words;
}
