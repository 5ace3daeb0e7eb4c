/* See case_message.h. Each list of a case is told by a function of its own, which leaves out what its reader may not see. */
#include "services/funding/handler/case_message.h"

#include "common/base/workday.h"
#include "services/funding/domain/names.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/municipal_who.h"

/* All that a case tells goes into the extract of its minutes, which travels as a PDF of at most 200 KiB (minutes_make): what is on an
 * agenda does not change any more, so it has to be short enough before. Fonts are 30 KiB of it, and each byte of text is about one and a
 * half. */
#define CASE_BYTES_MAX ((size_t)80 * 1024)

struct case_view case_view_of(const struct job *job, const struct municipal_case *c, const struct municipality *municipality,
                              int64_t now_us)
{
    struct case_view view = {.actor = job->actor, .names = true};
    const bool known = !uuid_is_nil(job->actor);

    if (municipal_sees(job, municipality))
        view.reader = CASE_FOR_OFFICIAL;
    else if (known && uuid_compare(c->owner_id, job->actor) == 0)
        view.reader = CASE_FOR_APPLICANT;
    else if (known && case_asks(c, job->actor))
        view.reader = CASE_FOR_ASKED;
    else
        view.reader = case_is_public(c) ? CASE_FOR_PUBLIC : CASE_FOR_NOBODY;
    if (view.reader == CASE_FOR_PUBLIC)
        view.names = case_names_shown(c, helsinki_day(now_us));
    return view;
}

/* --- names ---------------------------------------------------------------------------------------------------------------- */
static const char *instead_of_name(const char *language)
{
    return strcmp(language, "sv") == 0 ? "[namnet borttaget]" : "[nimi poistettu]";
}

char *case_message_words(struct arena *arena, const char *text, const char *language, const struct case_view *view)
{
    if (view->reader == CASE_FOR_OFFICIAL || names_count(text) == 0)
        return convert_text(text);
    const size_t size = strlen(text) + names_count(text) * NAMES_GROWTH + 1;
    char *out = arena_alloc(arena, size);
    if (view->names)
        (void)names_shown(out, size, text);
    else
        (void)names_removed(out, size, text, instead_of_name(language));
    return out;
}

char *case_message_name(const char *name, const char *language, const struct case_view *view)
{
    return convert_text(view->names || *name == '\0' ? name : instead_of_name(language));
}

/* --- the lists ------------------------------------------------------------------------------------------------------------ */
/* To the public the content is what was on the agenda; who takes part in the case reads it while it is prepared. */
static bool shows_content(const struct municipal_case *c, const struct case_view *view)
{
    return view->reader != CASE_FOR_PUBLIC || case_content_is_public(c);
}

static void put_preparers(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct case_view *view)
{
    m->preparers = arena_array(arena, c->preparer_count + 1, sizeof *m->preparers);
    for (size_t i = 0; i < c->preparer_count; i++) {
        Municipal__CasePreparer *to = m->preparers[m->n_preparers++] = arena_alloc(arena, sizeof *to);

        municipal__case_preparer__init(to);
        to->title = case_message_words(arena, c->preparers[i].title, c->language, view);
        to->name = case_message_name(c->preparers[i].name, c->language, view);
    }
}

static void put_texts(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct case_view *view)
{
    m->texts = arena_array(arena, c->text_count + 1, sizeof *m->texts);
    for (size_t i = 0; i < c->text_count; i++) {
        const struct case_text *from = &c->texts[i];

        if (from->confidential && view->reader != CASE_FOR_OFFICIAL)
            continue;
        Municipal__CaseText *to = m->texts[m->n_texts++] = arena_alloc(arena, sizeof *to);
        municipal__case_text__init(to);
        to->kind = (Municipal__CaseTextKind)from->kind;
        to->heading = case_message_words(arena, from->heading, c->language, view);
        to->text = case_message_words(arena, from->words, c->language, view);
        to->confidential = from->confidential;
    }
}

static void put_impacts(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct case_view *view)
{
    if (view->reader != CASE_FOR_OFFICIAL && !case_content_is_public(c))
        return;
    m->impacts = arena_array(arena, c->impact_count + 1, sizeof *m->impacts);
    for (size_t i = 0; i < c->impact_count; i++) {
        Municipal__Impact *to = m->impacts[m->n_impacts++] = arena_alloc(arena, sizeof *to);

        municipal__impact__init(to);
        to->dimension = (uint32_t)c->impacts[i].dimension;
        to->effect = (Municipal__Effect)c->impacts[i].effect;
        to->remark = case_message_words(arena, c->impacts[i].remark, c->language, view);
    }
}

/* To the public a statement is there once it was given, or handed on; who was asked by their account is for officials and themselves. */
static void put_statement(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct statement *from,
                          const struct case_view *view)
{
    const bool told = view->reader == CASE_FOR_OFFICIAL || uuid_compare(from->person_id, view->actor) == 0;
    Municipal__Statement *to = m->statements[m->n_statements++] = arena_alloc(arena, sizeof *to);

    municipal__statement__init(to);
    to->id = convert_id(arena, from->id);
    to->from = case_message_words(arena, from->asked, c->language, view);
    if (told)
        to->person_id = convert_id(arena, from->person_id);
    to->due_on = convert_day(arena, from->due_on);
    to->state = (Municipal__StatementState)from->state;
    to->words = case_message_words(arena, from->words, c->language, view);
    to->given_on = convert_day(arena, from->given_on);
    to->referred_to = case_message_words(arena, from->referred_to, c->language, view);
    to->requested_us = from->requested_us;
    to->follows_id = convert_id(arena, from->follows_id);
}

static void put_statements(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct case_view *view)
{
    m->statements = arena_array(arena, c->statement_count + 1, sizeof *m->statements);
    for (size_t i = 0; i < c->statement_count; i++) {
        const struct statement *s = &c->statements[i];

        if (view->reader != CASE_FOR_PUBLIC || s->state == STATEMENT_GIVEN || s->state == STATEMENT_REFERRED)
            put_statement(arena, m, c, s, view);
    }
}

bool case_message_shows(const struct municipal_case *c, const struct case_document *document, const struct case_view *view)
{
    const bool own = !uuid_is_nil(view->actor) && uuid_compare(document->added_by, view->actor) == 0;

    return own || view->reader == CASE_FOR_OFFICIAL || (!document->confidential && shows_content(c, view));
}

static void put_documents(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct case_view *view)
{
    m->documents = arena_array(arena, c->document_count + 1, sizeof *m->documents);
    for (size_t i = 0; i < c->document_count; i++) {
        const struct case_document *from = &c->documents[i];

        if (!case_message_shows(c, from, view))
            continue;
        Municipal__CaseDocument *to = m->documents[m->n_documents++] = arena_alloc(arena, sizeof *to);
        municipal__case_document__init(to);
        to->id = convert_id(arena, from->id);
        to->n = (uint32_t)from->n;
        to->kind = (Municipal__CaseDocumentKind)from->kind;
        to->title = case_message_words(arena, from->title, c->language, view);
        to->name = convert_text(view->names ? from->name : ""); /* of a file: names leave it as they leave the file */
        to->media_type = convert_text(from->media_type);
        to->size = (uint32_t)from->size;
        to->sha256 = convert_bytes(span_of(from->sha256, sizeof from->sha256));
        to->confidential = from->confidential;
        to->ground = convert_text(from->ground);
        to->added_us = from->added_us;
    }
}

/* Agendas that are planned are the secretary's still; what was decided is told when the minutes are published. */
static void put_items(struct arena *arena, Municipal__Case *m, const struct municipal_case *c, const struct case_view *view)
{
    const bool official = view->reader == CASE_FOR_OFFICIAL;

    m->items = arena_array(arena, c->item_count + 1, sizeof *m->items);
    for (size_t i = 0; i < c->item_count; i++) {
        const struct case_item *from = &c->items[i];

        if (!official && (from->meeting_state == MEETING_PLANNED || from->meeting_state == MEETING_CANCELLED))
            continue;
        Municipal__CaseItem *to = m->items[m->n_items++] = arena_alloc(arena, sizeof *to);
        municipal__case_item__init(to);
        to->item_id = convert_id(arena, from->item_id);
        to->meeting_id = convert_id(arena, from->meeting_id);
        to->board_id = convert_id(arena, from->board_id);
        to->board = convert_texts(arena, from->board);
        to->starts_us = from->starts_us;
        to->section = (uint32_t)from->section;
        to->outcome = official || from->published ? (Municipal__Outcome)from->outcome : MUNICIPAL__OUTCOME__OUTCOME_UNKNOWN;
        to->published = from->published;
    }
}

Municipal__Nomination **case_message_nominations(struct arena *arena, const struct nomination *rows, size_t count, const char *language,
                                                 const struct case_view *view)
{
    Municipal__Nomination **list = arena_array(arena, count + 1, sizeof *list);

    for (size_t i = 0; i < count; i++) {
        Municipal__Nomination *to = list[i] = arena_alloc(arena, sizeof *to);

        municipal__nomination__init(to);
        to->body = case_message_words(arena, rows[i].body, language, view);
        to->role = (Municipal__NomineeRole)rows[i].role;
        to->title = case_message_words(arena, rows[i].title, language, view);
        to->name = case_message_name(rows[i].name, language, view);
        if (view->reader == CASE_FOR_OFFICIAL)
            to->person_id = convert_id(arena, rows[i].person_id);
    }
    return list;
}

Municipal__Proposal *case_message_proposal(struct arena *arena, const struct board_proposal *proposal, const char *language,
                                           const struct case_view *view)
{
    if (proposal == NULL)
        return NULL;
    Municipal__Proposal *to = arena_alloc(arena, sizeof *to);
    municipal__proposal__init(to);
    to->words = case_message_words(arena, proposal->words, language, view);
    to->cents = proposal->cents;
    to->nominations = case_message_nominations(arena, proposal->nominations, proposal->nomination_count, language, view);
    to->n_nominations = proposal->nomination_count;
    to->presenter_title = case_message_words(arena, proposal->presenter_title, language, view);
    to->presenter_name = case_message_name(proposal->presenter_name, language, view);
    to->saved_us = proposal->saved_us;
    return to;
}

/* --- the case --------------------------------------------------------------------------------------------------------------- */
/* State and money move when minutes are published: nothing here tells a decision before they are. */
static Municipal__Case *head(struct arena *arena, const struct municipal_case *c, const struct case_view *view)
{
    Municipal__Case *m = arena_alloc(arena, sizeof *m);

    municipal__case__init(m);
    m->id = convert_id(arena, c->id);
    m->municipality_id = convert_id(arena, c->municipality_id);
    m->register_number = convert_text(c->register_number);
    m->state = (Municipal__CaseState)c->state;
    m->title = case_message_words(arena, c->title, c->language, view);
    m->language = convert_text(c->language);
    m->applicant = convert_text(c->applicant);
    m->project_id = convert_id(arena, c->project_id);
    m->share_id = convert_id(arena, c->share_id);
    m->project_title = convert_text(c->project_title);
    m->project_starts_on = convert_day(arena, c->project_starts_on);
    m->project_ends_on = convert_day(arena, c->project_ends_on);
    m->total_cents = c->total_cents;
    m->applied_cents = c->applied_cents;
    m->granted_cents = c->granted_cents;
    m->filed_us = c->filed_us;
    m->version = (uint64_t)c->version;
    return m;
}

Municipal__Case *case_message_short(struct arena *arena, const struct municipal_case *c, const struct case_view *view)
{
    Municipal__Case *m = head(arena, c, view);
    const bool official = view->reader == CASE_FOR_OFFICIAL;

    if (shows_content(c, view))
        put_preparers(arena, m, c, view);
    put_items(arena, m, c, view);
    m->proposal = case_message_proposal(arena, official ? c->proposal : case_proposal_made(c), c->language, view);
    if (official)
        m->decision_event_id = convert_id(arena, c->decision_event_id);
    return m;
}

Municipal__Case *case_message(struct arena *arena, const struct municipal_case *c, const struct case_view *view)
{
    Municipal__Case *m = case_message_short(arena, c, view);

    put_documents(arena, m, c, view);
    if (!shows_content(c, view))
        return m;
    put_texts(arena, m, c, view);
    put_impacts(arena, m, c, view);
    put_statements(arena, m, c, view);
    return m;
}

bool case_message_too_large(struct job *job, const Municipal__Case *message)
{
    const size_t bytes = protobuf_c_message_get_packed_size(&message->base);

    if (bytes <= CASE_BYTES_MAX)
        return false;
    (void)job_fail(
        job, ERR_TOO_LARGE, "municipal.case.large", NULL,
        "Asian tekstit, lausunnot ja asiakirjaluettelo ovat yhdessä liian pitkät: lyhennä, tai lisää pitkä teksti asiakirjana",
        "Ärendets texter, utlåtanden och handlingsförteckning är tillsammans för långa: förkorta, eller lägg till en lång text som "
        "handling",
        "The texts, statements and list of documents of the case are too long together: shorten, or add a long text as a document");
    fact_number(job, "bytes", bytes);
    fact_number(job, "mostBytes", CASE_BYTES_MAX);
    return true;
}
