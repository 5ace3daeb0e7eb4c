/* What an import says of a municipality is checked and read here: see municipality_message.h. */
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/municipality_message.h"

enum { CONTACT_MAX = 500, SERIES_MAX = 20, BOARD_CODE_MAX = 10, NUMBER_MAX = 1000000 };
#define CONTENT_MAX ((size_t)240 * 1024) /* bytes: what is told of a municipality goes into one answer, with what is found in it */

static const char *under(struct job *job, const char *list, size_t i, const char *name)
{
    return arena_printf(job->arena, "municipality.%s[%zu].%s", list, i, name);
}

static enum err check_title(struct job *job, const char *field, const Bus__Text *text)
{
    if (text == NULL)
        return fail_missing(job, field);
    enum err err = check_text(job, arena_printf(job->arena, "%s.fi", field), text->fi, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, arena_printf(job->arena, "%s.sv", field), text->sv, 0, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, arena_printf(job->arena, "%s.en", field), text->en, 0, CHECK_NAME_MAX);
    return err;
}

static enum err check_letters(struct job *job, const char *field, const char *text, const char *letters, size_t most)
{
    const enum err err = check_text(job, field, text, 1, most);

    if (err != ERR_OK || strspn(text, letters) == strlen(text))
        return err;
    (void)job_fail(job, ERR_INVALID, "field.code", field, "Tunnuksessa on merkkejä, joita siinä ei voi olla",
                   "Koden har tecken som den inte kan ha", "The code has characters that it cannot have");
    job_fact(job, "allowed", letters);
    return ERR_INVALID;
}

static enum err check_languages(struct job *job, const Municipal__Municipality *c)
{
    static const char *const LANGUAGES[] = {"fi", "sv", NULL};
    enum err err = check_range(job, "municipality.languages", (int64_t)c->n_languages, 1, 2);

    for (size_t i = 0; err == ERR_OK && i < c->n_languages; i++)
        if (strcmp(c->languages[i], "fi") != 0 && strcmp(c->languages[i], "sv") != 0)
            err = fail_word(job, arena_printf(job->arena, "municipality.languages[%zu]", i), c->languages[i], LANGUAGES);
    return err;
}

static enum err check_head(struct job *job, const Municipal__Municipality *c)
{
    enum err err = check_code(job, "municipality.code", c->code, 2, 60);

    if (err == ERR_OK)
        err = check_letters(job, "municipality.code", c->code, "abcdefghijklmnopqrstuvwxyz0123456789-", 60);
    if (err == ERR_OK)
        err = check_title(job, "municipality.name", c->name);
    if (err == ERR_OK)
        err = check_lines(job, "municipality.contact", c->contact, 1, CONTACT_MAX);
    if (err == ERR_OK)
        err = check_languages(job, c);
    if (err == ERR_OK)
        err = check_range(job, "municipality.namesDays", c->names_days, c->names_days != 0 ? NAMES_DAYS_MIN : 0, NAMES_DAYS_MAX);
    if (err == ERR_OK)
        err = check_letters(job, "municipality.series", c->series, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.", SERIES_MAX);
    if (err == ERR_OK)
        err = check_range(job, "municipality.lastNumber", c->last_number, 0, NUMBER_MAX);
    return err;
}

static enum err check_dimensions(struct job *job, const Municipal__Municipality *c)
{
    enum err err = check_range(job, "municipality.dimensions", (int64_t)c->n_dimensions, 0, MUNICIPALITY_DIMENSIONS_MAX);

    for (size_t i = 0; err == ERR_OK && i < c->n_dimensions; i++) {
        err = check_range(job, under(job, "dimensions", i, "n"), c->dimensions[i]->n, 1, MUNICIPALITY_DIMENSIONS_MAX);
        if (err == ERR_OK)
            err = check_title(job, under(job, "dimensions", i, "title"), c->dimensions[i]->title);
    }
    return err;
}

static enum err check_officials(struct job *job, const Municipal__Municipality *c)
{
    enum err err = check_range(job, "municipality.officials", (int64_t)c->n_officials, 0, MUNICIPALITY_OFFICIALS_MAX);
    struct uuid person;

    for (size_t i = 0; err == ERR_OK && i < c->n_officials; i++) {
        err = check_id(job, under(job, "officials", i, "personId"), &c->officials[i]->person_id, &person);
        if (err == ERR_OK)
            err =
                check_range(job, under(job, "officials", i, "office"), (int64_t)c->officials[i]->office, OFFICE_PREPARER, OFFICE_SECRETARY);
        if (err == ERR_OK)
            err = case_content_name(job, under(job, "officials", i, "name"), c->officials[i]->name, 1);
        if (err == ERR_OK)
            err = check_title(job, under(job, "officials", i, "title"), c->officials[i]->title);
    }
    return err;
}

static enum err check_seats(struct job *job, const Municipal__Board *board, size_t at)
{
    enum err err = check_range(job, under(job, "boards", at, "seats"), (int64_t)board->n_seats, 0, BOARD_SEATS_MAX);
    struct uuid person;

    for (size_t i = 0; err == ERR_OK && i < board->n_seats; i++) {
        const char *list = arena_printf(job->arena, "boards[%zu].seats", at);

        err = check_id(job, under(job, list, i, "personId"), &board->seats[i]->person_id, &person);
        if (err == ERR_OK)
            err = check_range(job, under(job, list, i, "kind"), (int64_t)board->seats[i]->kind, SEAT_CHAIR, SEAT_DEPUTY);
        if (err == ERR_OK)
            err = case_content_name(job, under(job, list, i, "name"), board->seats[i]->name, 1);
    }
    return err;
}

static enum err check_boards(struct job *job, const Municipal__Municipality *c)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    enum err err = check_range(job, "municipality.boards", (int64_t)c->n_boards, 0, MUNICIPALITY_BOARDS_MAX);

    for (size_t i = 0; err == ERR_OK && i < c->n_boards; i++) {
        err = check_letters(job, under(job, "boards", i, "code"), c->boards[i]->code, LETTERS, BOARD_CODE_MAX);
        if (err == ERR_OK)
            err = check_title(job, under(job, "boards", i, "title"), c->boards[i]->title);
        if (err == ERR_OK)
            err = check_range(job, under(job, "boards", i, "lastSection"), c->boards[i]->last_section, 0, NUMBER_MAX);
        if (err == ERR_OK)
            err = check_seats(job, c->boards[i], i);
    }
    return err;
}

enum err municipality_content_check(struct job *job, const Municipal__Municipality *content)
{
    if (content == NULL)
        return fail_missing(job, "municipality");
    if (protobuf_c_message_get_packed_size(&content->base) > CONTENT_MAX)
        return job_fail(job, ERR_TOO_LARGE, "municipal.municipality.large", "municipality",
                        "Kunnan tiedot ovat yhdessä liian pitkät: lyhennä nimiä tai vähennä henkilöitä",
                        "Kommunens uppgifter är tillsammans för långa: förkorta namn eller minska antalet personer",
                        "What the municipality says is too long altogether: shorten names or name fewer people");
    enum err err = check_head(job, content);
    if (err == ERR_OK)
        err = check_dimensions(job, content);
    if (err == ERR_OK)
        err = check_officials(job, content);
    return err == ERR_OK ? check_boards(job, content) : err;
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */
static struct uuid id_of(const ProtobufCBinaryData *bytes)
{
    struct uuid id = {{0}};

    (void)uuid_read(&id, span_of(bytes->data, bytes->len));
    return id;
}

static void build_people(struct arena *arena, struct municipality *m, const Municipal__Municipality *c)
{
    m->officials = arena_array(arena, c->n_officials + 1, sizeof *m->officials);
    for (size_t i = 0; i < c->n_officials; i++)
        m->officials[m->official_count++] = (struct municipal_official){.person_id = id_of(&c->officials[i]->person_id),
                                                                        .office = (enum office)c->officials[i]->office,
                                                                        .name = c->officials[i]->name,
                                                                        .title = convert_from_texts(c->officials[i]->title)};
    m->dimensions = arena_array(arena, c->n_dimensions + 1, sizeof *m->dimensions);
    for (size_t i = 0; i < c->n_dimensions; i++)
        m->dimensions[m->dimension_count++] =
            (struct impact_dimension){.n = (int32_t)c->dimensions[i]->n, .title = convert_from_texts(c->dimensions[i]->title)};
}

static void build_board(struct arena *arena, const struct municipality *m, struct board *board, const Municipal__Board *c)
{
    *board = (struct board){.id = uuid_from(m->id, span_text(arena_printf(arena, "board:%s", c->code))),
                            .code = c->code,
                            .title = convert_from_texts(c->title),
                            .seats = arena_array(arena, c->n_seats + 1, sizeof *board->seats),
                            .last_section = (int32_t)c->last_section};
    for (size_t i = 0; i < c->n_seats; i++)
        board->seats[board->seat_count++] = (struct seat){
            .person_id = id_of(&c->seats[i]->person_id), .kind = (enum seat_kind)c->seats[i]->kind, .name = c->seats[i]->name};
}

struct municipality *municipality_build(struct arena *arena, const Municipal__Municipality *content)
{
    struct municipality *m = arena_alloc(arena, sizeof *m);

    *m = (struct municipality){.id = uuid_from((struct uuid){{0}}, span_text(arena_printf(arena, "municipality:%s", content->code))),
                               .code = content->code,
                               .name = convert_from_texts(content->name),
                               .contact = content->contact,
                               .names_days = content->names_days != 0 ? (int32_t)content->names_days : NAMES_DAYS_USUAL,
                               .series = content->series,
                               .last_number = (int32_t)content->last_number,
                               .version = 1};
    for (size_t i = 0; i < content->n_languages; i++)
        *(strcmp(content->languages[i], "fi") == 0 ? &m->finnish : &m->swedish) = true;
    build_people(arena, m, content);
    m->boards = arena_array(arena, content->n_boards + 1, sizeof *m->boards);
    for (size_t i = 0; i < content->n_boards; i++)
        build_board(arena, m, &m->boards[m->board_count++], content->boards[i]);
    return m;
}
