/* Reading a pattern piece by piece, straight from its text: no tree and no memory, so a pattern costs nothing but itself. What checks it
 * (pattern_check.c) and what writes it (pattern.c) see the same pieces. Private to the domain. */
#ifndef HV_NOTIFICATION_DOMAIN_PATTERN_READ_H
#define HV_NOTIFICATION_DOMAIN_PATTERN_READ_H
#include "services/notification/domain/pattern.h"

struct reader {
    const char *text;
    size_t at, end;
    unsigned depth;   /* messages this one lies in */
    bool quoted;      /* between two apostrophes */
    enum wrong wrong; /* the first thing that is; then nothing more is read */
    size_t wrong_at;
};
struct reader reader_init(struct span pattern);

enum piece_kind {
    PIECE_TEXT,   /* text */
    PIECE_SHARP,  /* # for the number of the plural around it */
    PIECE_VALUE,  /* {name} {name, type} {name, type, style} */
    PIECE_PLURAL, /* {name, plural, ...: the reader stands before its branches */
    PIECE_SELECT, /* {name, select, ... */
    PIECE_CLOSE,  /* the } of a branch */
    PIECE_END,    /* of the pattern */
    PIECE_WRONG   /* reader.wrong */
};
struct piece {
    enum piece_kind kind;
    size_t at; /* where it begins */
    struct span text;
    struct span name, type, style; /* of a value: empty where it has none */
    int64_t offset;                /* of a plural */
};
/* The next piece. plural: whether it lies directly in a branch of plural. Enters and leaves nothing: see read_branch. */
struct piece read_piece(struct reader *reader, bool plural);

struct branch {
    struct span key;
    size_t at; /* of the key */
};
/* The next branch of the argument whose piece was read last; the reader then stands in its message, which the caller reads to its
 * PIECE_CLOSE (or skips). False: there is none any more, and the reader stands behind the argument - or reader.wrong. */
bool read_branch(struct reader *reader, struct branch *out);
/* Reads to the PIECE_CLOSE of the message the reader stands in, with all that lies within. */
void read_past(struct reader *reader, bool plural);

/* "=12" is 12; false: not such a key. */
bool key_number(struct span key, int64_t *out);

#endif
