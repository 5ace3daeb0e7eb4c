/* What an import changes in a municipality that is there, and what it may not: see municipality.h. */
#include <string.h>

#include "services/funding/domain/municipality.h"

/* --- what may not be ---------------------------------------------------------------------------------------------------- */
static const struct impact_dimension *dimension_of(const struct municipality *m, int32_t n)
{
    for (size_t i = 0; i < m->dimension_count; i++)
        if (m->dimensions[i].n == n)
            return &m->dimensions[i];
    return NULL;
}

static void check_boards(const struct municipality *before, const struct municipality *after, struct findings *findings)
{
    for (size_t i = 0; i < before->board_count; i++)
        if (municipality_board(after, before->boards[i].id) == NULL)
            finding_error(findings, "municipal.board.left-out",
                          FINDING_TEXT("Toimielintä ei voi poistaa, sillä sen pöytäkirjat säilyvät: tuo se ilman jäseniä",
                                       "Ett organ kan inte tas bort, för dess protokoll bevaras: importera det utan ledamöter",
                                       "A board cannot be left out, as its minutes stay: import it without members"),
                          "boards[code=%s]", before->boards[i].code);
    for (size_t i = 0; i < after->board_count; i++) {
        const struct board *was = municipality_board(before, after->boards[i].id);
        if (was != NULL && was->last_section > 0 && after->boards[i].last_section > was->last_section)
            finding_error(findings, "municipal.board.numbering",
                          FINDING_TEXT("Pykälien numerointi on jo alkanut tänä vuonna: numeroita ei ohiteta",
                                       "Numreringen av paragraferna har redan börjat i år: inga nummer hoppas över",
                                       "The sections of this year are being numbered already: no number is skipped"),
                          "boards[%zu].lastSection", i);
    }
}

void municipality_check_change(const struct municipality *before, const struct municipality *after, struct findings *findings)
{
    for (size_t i = 0; i < before->dimension_count; i++)
        if (before->dimensions[i].used && dimension_of(after, before->dimensions[i].n) == NULL)
            finding_error(findings, "municipal.municipality.dimension-used",
                          FINDING_TEXT("Vaikutusta on jo arvioitu jossakin asiassa: pidä se luettelossa",
                                       "Konsekvensen har redan bedömts i något ärende: behåll den i förteckningen",
                                       "A case has assessed this impact already: keep it on the list"),
                          "dimensions[n=%d]", (int)before->dimensions[i].n);
    check_boards(before, after, findings);
    if (strcmp(before->series, after->series) == 0 && before->last_number > 0 && after->last_number > before->last_number)
        finding_error(findings, "municipal.municipality.numbering",
                      FINDING_TEXT("Diaarinumerointi on jo alkanut tänä vuonna: numeroita ei ohiteta",
                                   "Diarienumreringen har redan börjat i år: inga nummer hoppas över",
                                   "The register numbers of this year are being given already: no number is skipped"),
                      "lastNumber");
}

/* --- whether they say the same ------------------------------------------------------------------------------------------ */
static bool same_text(struct text a, struct text b)
{
    return strcmp(a.fi, b.fi) == 0 && strcmp(a.sv, b.sv) == 0 && strcmp(a.en, b.en) == 0;
}

static bool same_head(const struct municipality *a, const struct municipality *b)
{
    return strcmp(a->code, b->code) == 0 && same_text(a->name, b->name) && strcmp(a->contact, b->contact) == 0 &&
           a->finnish == b->finnish && a->swedish == b->swedish && a->names_days == b->names_days && strcmp(a->series, b->series) == 0 &&
           (a->last_number > 0) == (b->last_number > 0);
}

static bool same_dimensions(const struct municipality *a, const struct municipality *b)
{
    if (a->dimension_count != b->dimension_count)
        return false;
    for (size_t i = 0; i < a->dimension_count; i++) {
        const struct impact_dimension *other = dimension_of(b, a->dimensions[i].n);
        if (other == NULL || !same_text(a->dimensions[i].title, other->title))
            return false;
    }
    return true;
}

static bool same_officials(const struct municipality *a, const struct municipality *b)
{
    if (a->official_count != b->official_count)
        return false;
    for (size_t i = 0; i < a->official_count; i++) {
        const struct municipal_official *official = &a->officials[i];
        const struct municipal_official *other = municipality_official(b, official->person_id, official->office);
        if (other == NULL || strcmp(official->name, other->name) != 0 || !same_text(official->title, other->title))
            return false;
    }
    return true;
}

static bool same_board(const struct board *a, const struct board *b)
{
    if (b == NULL || strcmp(a->code, b->code) != 0 || !same_text(a->title, b->title) || a->seat_count != b->seat_count ||
        (a->last_section > 0) != (b->last_section > 0))
        return false;
    for (size_t i = 0; i < a->seat_count; i++) {
        const struct seat *other = board_seat(b, a->seats[i].person_id);
        if (other == NULL || a->seats[i].kind != other->kind || strcmp(a->seats[i].name, other->name) != 0)
            return false;
    }
    return true;
}

bool municipality_same(const struct municipality *a, const struct municipality *b)
{
    if (!same_head(a, b) || !same_dimensions(a, b) || !same_officials(a, b) || a->board_count != b->board_count)
        return false;
    for (size_t i = 0; i < a->board_count; i++)
        if (!same_board(&a->boards[i], municipality_board(b, a->boards[i].id)))
            return false;
    return true;
}
