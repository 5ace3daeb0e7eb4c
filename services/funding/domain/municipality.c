/* See municipality.h. */
#include "services/funding/domain/municipality.h"

#include <string.h>

const struct municipal_official *municipality_official(const struct municipality *municipality, struct uuid person, enum office office)
{
    for (size_t i = 0; i < municipality->official_count; i++) {
        const struct municipal_official *official = &municipality->officials[i];
        if (official->office == office && uuid_compare(official->person_id, person) == 0)
            return official;
    }
    return NULL;
}

bool municipality_has_official(const struct municipality *municipality, struct uuid person)
{
    return municipality_official(municipality, person, OFFICE_PREPARER) != NULL ||
           municipality_official(municipality, person, OFFICE_PRESENTER) != NULL ||
           municipality_official(municipality, person, OFFICE_SECRETARY) != NULL;
}

const struct board *municipality_board(const struct municipality *municipality, struct uuid board_id)
{
    for (size_t i = 0; i < municipality->board_count; i++)
        if (uuid_compare(municipality->boards[i].id, board_id) == 0)
            return &municipality->boards[i];
    return NULL;
}

const struct seat *board_seat(const struct board *board, struct uuid person)
{
    for (size_t i = 0; i < board->seat_count; i++)
        if (uuid_compare(board->seats[i].person_id, person) == 0)
            return &board->seats[i];
    return NULL;
}

size_t board_size(const struct board *board)
{
    size_t size = 0;

    for (size_t i = 0; i < board->seat_count; i++)
        size += board->seats[i].kind != SEAT_DEPUTY;
    return size;
}

bool municipality_speaks(const struct municipality *municipality, const char *language)
{
    return (municipality->finnish && strcmp(language, "fi") == 0) || (municipality->swedish && strcmp(language, "sv") == 0);
}

/* --- what is missing or wrong ------------------------------------------------------------------------------------------- */
static bool has_office(const struct municipality *m, enum office office)
{
    for (size_t i = 0; i < m->official_count; i++)
        if (m->officials[i].office == office)
            return true;
    return false;
}

static void check_offices(const struct municipality *m, struct findings *findings)
{
    if (!has_office(m, OFFICE_PREPARER))
        finding_error(findings, "municipal.municipality.preparer",
                      FINDING_TEXT("Nimeä ainakin yksi valmistelija: muuten asioita ei voi valmistella",
                                   "Utse minst en beredare: annars kan ärenden inte beredas",
                                   "Name at least one preparer: cases cannot be prepared without one"),
                      "officials");
    if (!has_office(m, OFFICE_PRESENTER))
        finding_error(findings, "municipal.municipality.presenter",
                      FINDING_TEXT("Nimeä ainakin yksi esittelijä: toimielin päättää asioista esittelystä",
                                   "Utse minst en föredragande: organet fattar beslut på föredragning",
                                   "Name at least one presenting official: a board decides on what is presented to it"),
                      "officials");
    if (!has_office(m, OFFICE_SECRETARY))
        finding_error(findings, "municipal.municipality.secretary",
                      FINDING_TEXT("Nimeä ainakin yksi pöytäkirjanpitäjä: muuten kokouksia ei voi pitää",
                                   "Utse minst en protokollförare: annars kan sammanträden inte hållas",
                                   "Name at least one secretary: meetings cannot be held without one"),
                      "officials");
    for (size_t i = 0; i < m->official_count; i++)
        for (size_t j = 0; j < i; j++)
            if (m->officials[i].office == m->officials[j].office && uuid_compare(m->officials[i].person_id, m->officials[j].person_id) == 0)
                finding_error(findings, "municipal.municipality.office-twice",
                              FINDING_TEXT("Sama henkilö on nimetty samaan tehtävään kahdesti: poista toinen",
                                           "Samma person har utsetts två gånger till samma uppgift: ta bort den ena",
                                           "The same person has the same office twice: remove one"),
                              "officials[%zu].personId", i);
}

static void check_seats(const struct board *board, size_t at, struct findings *findings)
{
    size_t chairs = 0;

    for (size_t i = 0; i < board->seat_count; i++) {
        chairs += board->seats[i].kind == SEAT_CHAIR;
        for (size_t j = 0; j < i; j++)
            if (uuid_compare(board->seats[i].person_id, board->seats[j].person_id) == 0)
                finding_error(findings, "municipal.board.seat-twice",
                              FINDING_TEXT("Sama henkilö on toimielimessä kahdesti: poista toinen paikka",
                                           "Samma person finns två gånger i organet: ta bort den ena platsen",
                                           "The same person sits twice on the board: remove one of the seats"),
                              "boards[%zu].seats[%zu].personId", at, i);
    }
    if (board->seat_count == 0)
        finding_warning(findings, "municipal.board.closed",
                        FINDING_TEXT("Toimielimessä ei ole jäseniä: se ei voi kokoontua",
                                     "Organet har inga ledamöter: det kan inte sammanträda", "The board has no members: it cannot meet"),
                        "boards[%zu].seats", at);
    else if (chairs != 1)
        finding_error(findings, "municipal.board.chair",
                      FINDING_TEXT("Toimielimellä on yksi puheenjohtaja: nimeä hänet", "Ett organ har en ordförande: utse en",
                                   "A board has one chair: name them"),
                      "boards[%zu].seats", at);
}

static void check_boards(const struct municipality *m, struct findings *findings)
{
    if (m->board_count == 0)
        finding_error(findings, "municipal.municipality.board",
                      FINDING_TEXT("Lisää ainakin yksi toimielin: se päättää asioista",
                                   "Lägg till minst ett organ: det beslutar om ärendena", "Add at least one board: it decides the cases"),
                      "boards");
    for (size_t i = 0; i < m->board_count; i++) {
        check_seats(&m->boards[i], i, findings);
        for (size_t j = 0; j < i; j++)
            if (strcmp(m->boards[i].code, m->boards[j].code) == 0)
                finding_error(findings, "municipal.board.code-twice",
                              FINDING_TEXT("Kahdella toimielimellä on sama tunnus: muuta toista", "Två organ har samma kod: ändra den ena",
                                           "Two boards have the same code: change one"),
                              "boards[%zu].code", i);
    }
}

static void check_dimensions(const struct municipality *m, struct findings *findings)
{
    for (size_t i = 0; i < m->dimension_count; i++)
        for (size_t j = 0; j < i; j++)
            if (m->dimensions[i].n == m->dimensions[j].n)
                finding_error(findings, "municipal.municipality.dimension-twice",
                              FINDING_TEXT("Kahdella vaikutuksella on sama numero: muuta toista",
                                           "Två konsekvenser har samma nummer: ändra den ena",
                                           "Two dimensions have the same number: change one"),
                              "dimensions[%zu].n", i);
}

void municipality_check(const struct municipality *municipality, struct findings *findings)
{
    check_offices(municipality, findings);
    check_boards(municipality, findings);
    check_dimensions(municipality, findings);
    if (municipality->names_days < NAMES_DAYS_MIN)
        finding_error(
            findings, "municipal.municipality.names-days",
            FINDING_TEXT("Nimet ovat julkaistussa pöytäkirjassa ainakin 22 päivää: tiedoksisaantiin 7 ja oikaisuvaatimukseen 14 päivää "
                         "julkaisemisen jälkeen",
                         "Namnen finns i det publicerade protokollet minst 22 dagar: 7 dagar för delfåendet och 14 för en "
                         "omprövningsbegäran efter publiceringen",
                         "Names stand in published minutes for at least 22 days: 7 days of notice and 14 for a review after the "
                         "publication"),
            "namesDays");
    if (municipality->swedish && *municipality->name.sv == '\0')
        finding_error(findings, "municipal.municipality.name",
                      FINDING_TEXT("Anna kunnan nimi myös ruotsiksi: se tekee päätöksiä ruotsiksi",
                                   "Ange kommunens namn också på svenska: den fattar beslut på svenska",
                                   "Give the name in Swedish too: it decides in Swedish"),
                      "name.sv");
}
