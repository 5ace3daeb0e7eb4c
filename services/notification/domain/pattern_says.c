/* Whether a pattern tells a fact whichever of its branches are written: a letter whose template forgot its fact would say nothing, night
 * after night, without anybody noticing. Looked at when the template is stored. Of patterns that passed pattern_check. */
#include "services/notification/domain/pattern_read.h"

static bool message_says(struct reader *r, bool plural, struct span fact);

/* A plural of the fact tells it by its words. A select tells what each of its branches tells; that the fact itself is not known does not
 * happen to one that is required. */
static bool choice_says(struct reader *r, const struct piece *piece, struct span fact)
{
    const bool plural = piece->kind == PIECE_PLURAL, own = span_equal(piece->name, fact);
    struct branch branch;
    bool all = true;

    while (read_branch(r, &branch)) {
        r->depth++;
        const bool says = message_says(r, plural, fact);
        r->depth--;
        all = all && (says || (own && (plural || span_equal(branch.key, span_text("none")))));
    }
    return all;
}

static bool message_says(struct reader *r, bool plural, struct span fact)
{
    bool says = false;

    for (;;) {
        const struct piece piece = read_piece(r, plural);
        switch (piece.kind) {
        case PIECE_TEXT:
        case PIECE_SHARP:
            break;
        case PIECE_VALUE:
            says = says || span_equal(piece.name, fact);
            break;
        case PIECE_PLURAL:
        case PIECE_SELECT:
            says = choice_says(r, &piece, fact) || says;
            break;
        case PIECE_CLOSE:
        case PIECE_END:
        case PIECE_WRONG:
            return says;
        }
    }
}

bool pattern_says(struct span pattern, enum fact_name fact)
{
    struct reader r = reader_init(pattern);

    return message_says(&r, false, span_text(fact_text_name(fact)));
}
