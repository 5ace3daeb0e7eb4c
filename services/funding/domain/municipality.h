/* A municipality that decides on its share of what projects cost: its boards and who sits on them, its officials and their offices, the
 * dimensions in which it assesses impacts, how it numbers its cases and how long names stand in its published minutes.
 *
 * Nothing is allocated here; the lists are the store's or the request's. */
#ifndef HV_FUNDING_DOMAIN_MUNICIPALITY_H
#define HV_FUNDING_DOMAIN_MUNICIPALITY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"
#include "services/funding/domain/finding.h"

enum {
    MUNICIPALITY_DIMENSIONS_MAX = 20,
    MUNICIPALITY_BOARDS_MAX = 50,
    MUNICIPALITY_OFFICIALS_MAX = 200,
    BOARD_SEATS_MAX = 60,
    NAMES_DAYS_MIN = 22, /* 14 days of review (kuntalaki 138 §) after 7 of notice (kuntalaki 140 §), and the day itself */
    NAMES_DAYS_MAX = 3650,
    NAMES_DAYS_USUAL = 30
};

enum office { OFFICE_PREPARER = 1, OFFICE_PRESENTER, OFFICE_SECRETARY };
enum seat_kind { SEAT_CHAIR = 1, SEAT_VICE_CHAIR, SEAT_MEMBER, SEAT_DEPUTY };

struct impact_dimension {
    int32_t n; /* 1..20 */
    struct text title;
    bool used; /* a case says something of it: it stays */
};
struct municipal_official {
    struct uuid person_id;
    enum office office;
    const char *name;
    struct text title;
};
struct seat {
    struct uuid person_id;
    enum seat_kind kind;
    const char *name;
};
struct board {
    struct uuid id;
    const char *code; /* "KH" */
    struct text title;
    struct seat *seats;
    size_t seat_count;
    int32_t last_section; /* of this year, in Helsinki; of an import: where the numbering goes on from */
};
struct municipality {
    struct uuid id;
    const char *code; /* "kannus" */
    struct text name;
    const char *contact;
    bool finnish, swedish; /* the languages of its cases: at least one */
    int32_t names_days;
    const char *series;  /* of register numbers: "00.01.05" */
    int32_t last_number; /* of this year; of an import: where the numbering goes on from */
    struct impact_dimension *dimensions;
    size_t dimension_count;
    struct board *boards;
    size_t board_count;
    struct municipal_official *officials;
    size_t official_count;
    int64_t version;
};

/* NULL: that person does not have this office here. */
const struct municipal_official *municipality_official(const struct municipality *municipality, struct uuid person, enum office office);
bool municipality_has_official(const struct municipality *municipality, struct uuid person);           /* of any office */
const struct board *municipality_board(const struct municipality *municipality, struct uuid board_id); /* NULL: none */
const struct seat *board_seat(const struct board *board, struct uuid person);                          /* NULL: none */
size_t board_size(const struct board *board);                                                          /* seats but deputies' */
bool municipality_speaks(const struct municipality *municipality, const char *language);
/* What is missing or wrong in it: a board without a chair, one person twice on a board, nobody who presents or keeps minutes, too short a
 * time for names. */
void municipality_check(const struct municipality *municipality, struct findings *findings);
/* What an import may not do to what is there: leave out a board or a dimension that a case has used, or number again what was numbered. */
void municipality_check_change(const struct municipality *before, const struct municipality *after, struct findings *findings);
/* Whether the two say the same, in whatever order; versions aside, and numbering that has gone on. */
bool municipality_same(const struct municipality *a, const struct municipality *b);

#endif
