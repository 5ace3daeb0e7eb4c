/* See case_content.h. */
#include "services/funding/handler/case_content.h"

#include "services/funding/domain/names.h"

enum { WORDS_MAX = 20000, REMARK_MAX = 1000 }; /* characters */

static const char *under(struct job *job, const char *list, size_t i, const char *name)
{
    return arena_printf(job->arena, "%s[%zu].%s", list, i, name);
}

enum err case_content_words(struct job *job, const char *field, const char *text, size_t least, size_t most)
{
    const enum err err = check_lines(job, field, text, least, most);

    if (err != ERR_OK || names_well_formed(text))
        return err;
    return job_fail(job, ERR_INVALID, "municipal.names.brackets", field,
                    "Henkilön nimi kirjoitetaan kaksinkertaisiin hakasulkeisiin yhdelle riville: [[Etunimi Sukunimi]]",
                    "En persons namn skrivs inom dubbla hakparenteser på en rad: [[Förnamn Efternamn]]",
                    "The name of a person is written in double square brackets on one line: [[First Last]]");
}

static bool has_brackets(const char *text)
{
    return strstr(text, "[[") != NULL || strstr(text, "]]") != NULL;
}

enum err case_content_name(struct job *job, const char *field, const char *name, size_t least)
{
    const enum err err = check_text(job, field, name, least, CHECK_NAME_MAX);

    if (err != ERR_OK || !has_brackets(name))
        return err;
    return job_fail(job, ERR_INVALID, "municipal.names.plain", field, "Nimi kirjoitetaan tähän ilman hakasulkeita",
                    "Namnet skrivs här utan hakparenteser", "The name is written without brackets here");
}

/* One line in which names may stand. */
static enum err check_line(struct job *job, const char *field, const char *text, size_t least)
{
    const enum err err = check_text(job, field, text, least, CHECK_NAME_MAX);

    return err == ERR_OK ? case_content_words(job, field, text, least, CHECK_NAME_MAX) : err;
}

enum err case_content_title(struct job *job, const char *field, const char *title)
{
    const enum err err = check_text(job, field, title, 1, CHECK_NAME_MAX);

    if (err != ERR_OK || !has_brackets(title))
        return err;
    return job_fail(job, ERR_INVALID, "municipal.names.title", field, "Otsikkoon ei merkitä nimiä: otsikko jää julkiseksi pysyvästi",
                    "Inga namn anges i rubriken: rubriken förblir offentlig för gott",
                    "A title has no names of people: it stays public for good");
}

enum err case_content_texts(struct job *job, const char *field, Municipal__CaseText *const *texts, size_t count)
{
    enum err err = check_range(job, field, (int64_t)count, 0, CASE_TEXTS_MAX);

    for (size_t i = 0; err == ERR_OK && i < count; i++) {
        err = check_range(job, under(job, field, i, "kind"), (int64_t)texts[i]->kind, TEXT_BACKGROUND, TEXT_OTHER);
        if (err == ERR_OK)
            err = check_line(job, under(job, field, i, "heading"), texts[i]->heading, 0);
        if (err == ERR_OK)
            err = case_content_words(job, under(job, field, i, "text"), texts[i]->text, 1, WORDS_MAX);
    }
    return err;
}

static enum err check_preparers(struct job *job, const Municipal__CaseContent *content)
{
    enum err err = check_range(job, "content.preparers", (int64_t)content->n_preparers, 0, CASE_PREPARERS_MAX);

    for (size_t i = 0; err == ERR_OK && i < content->n_preparers; i++) {
        err = check_line(job, under(job, "content.preparers", i, "title"), content->preparers[i]->title, 1);
        if (err == ERR_OK)
            err = case_content_name(job, under(job, "content.preparers", i, "name"), content->preparers[i]->name, 0);
    }
    return err;
}

static bool assessed_before(const Municipal__CaseContent *content, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (content->impacts[i]->dimension == content->impacts[at]->dimension)
            return true;
    return false;
}

static enum err check_impacts(struct job *job, const Municipal__CaseContent *content)
{
    enum err err = check_range(job, "content.impacts", (int64_t)content->n_impacts, 0, MUNICIPALITY_DIMENSIONS_MAX);

    for (size_t i = 0; err == ERR_OK && i < content->n_impacts; i++) {
        const Municipal__Impact *impact = content->impacts[i];

        err = check_range(job, under(job, "content.impacts", i, "dimension"), impact->dimension, 1, MUNICIPALITY_DIMENSIONS_MAX);
        if (err == ERR_OK && assessed_before(content, i))
            err = job_fail(job, ERR_INVALID, "municipal.impact.twice", under(job, "content.impacts", i, "dimension"),
                           "Tämä vaikutus on arvioitu kahdesti: poista toinen", "Denna konsekvens har bedömts två gånger: ta bort den ena",
                           "This impact is assessed twice: remove one");
        if (err == ERR_OK)
            err = check_range(job, under(job, "content.impacts", i, "effect"), (int64_t)impact->effect, IMPACT_POSITIVE, IMPACT_NEGATIVE);
        if (err == ERR_OK)
            err = case_content_words(job, under(job, "content.impacts", i, "remark"), impact->remark, 0, REMARK_MAX);
    }
    return err;
}

enum err case_content_check(struct job *job, const Municipal__CaseContent *content)
{
    if (content == NULL)
        return fail_missing(job, "content");
    enum err err = case_content_title(job, "content.title", content->title);
    if (err == ERR_OK)
        err = check_preparers(job, content);
    if (err == ERR_OK)
        err = case_content_texts(job, "content.texts", content->texts, content->n_texts);
    return err == ERR_OK ? check_impacts(job, content) : err;
}

enum err case_content_nominations(struct job *job, const char *field, Municipal__Nomination *const *rows, size_t count, size_t most)
{
    enum err err = check_range(job, field, (int64_t)count, 0, (int64_t)most);
    struct uuid person;

    for (size_t i = 0; err == ERR_OK && i < count; i++) {
        err = check_line(job, under(job, field, i, "body"), rows[i]->body, 1);
        if (err == ERR_OK)
            err = check_range(job, under(job, field, i, "role"), (int64_t)rows[i]->role, NOMINEE_MEMBER, NOMINEE_CHAIR);
        if (err == ERR_OK) /* of somebody without an office their name alone */
            err = check_line(job, under(job, field, i, "title"), rows[i]->title, *rows[i]->name == '\0' ? 1 : 0);
        if (err == ERR_OK)
            err = case_content_name(job, under(job, field, i, "name"), rows[i]->name, 0);
        if (err == ERR_OK)
            err = check_id_or(job, under(job, field, i, "personId"), &rows[i]->person_id, (struct uuid){{0}}, &person);
    }
    return err;
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */
struct case_text *case_content_read_texts(struct arena *arena, Municipal__CaseText *const *texts, size_t count)
{
    struct case_text *rows = arena_array(arena, count + 1, sizeof *rows);

    for (size_t i = 0; i < count; i++)
        rows[i] = (struct case_text){.kind = (enum case_text_kind)texts[i]->kind,
                                     .heading = texts[i]->heading,
                                     .words = texts[i]->text,
                                     .confidential = texts[i]->confidential};
    return rows;
}

void case_content_read(struct arena *arena, struct municipal_case *c, const Municipal__CaseContent *content)
{
    c->title = content->title;
    c->texts = case_content_read_texts(arena, content->texts, content->n_texts);
    c->text_count = content->n_texts;
    c->preparers = arena_array(arena, content->n_preparers + 1, sizeof *c->preparers);
    c->preparer_count = content->n_preparers;
    for (size_t i = 0; i < content->n_preparers; i++)
        c->preparers[i] = (struct case_preparer){content->preparers[i]->title, content->preparers[i]->name};
    c->impacts = arena_array(arena, content->n_impacts + 1, sizeof *c->impacts);
    c->impact_count = content->n_impacts;
    for (size_t i = 0; i < content->n_impacts; i++)
        c->impacts[i] = (struct case_impact){.dimension = (int32_t)content->impacts[i]->dimension,
                                             .effect = (enum impact_effect)content->impacts[i]->effect,
                                             .remark = content->impacts[i]->remark};
}

struct nomination *case_content_read_nominations(struct arena *arena, Municipal__Nomination *const *rows, size_t count)
{
    struct nomination *list = arena_array(arena, count + 1, sizeof *list);

    for (size_t i = 0; i < count; i++) {
        list[i] = (struct nomination){
            .body = rows[i]->body, .role = (enum nominee_role)rows[i]->role, .title = rows[i]->title, .name = rows[i]->name};
        (void)uuid_read(&list[i].person_id, span_of(rows[i]->person_id.data, rows[i]->person_id.len)); /* absent: nil */
    }
    return list;
}
