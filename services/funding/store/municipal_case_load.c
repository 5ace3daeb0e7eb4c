/* How cases are found and read: see municipal_case.h. What hangs on cases is read for all of them at once, each by the same relation that
 * found the cases: WHOLE ($1 ids, $2 meeting, $3 item, $4 share), or a page's ids. */
#include "services/funding/store/municipal_case_own.h"

#define DAY(column) "(" column " - date '1970-01-01')::int"
#define WHOLE                                                                                                                              \
    "any (array(select unnest($1::uuid[]) union all select k.case_id from item k where k.meeting_id = $2::uuid "                           \
    "union all select k.case_id from item k where k.id = $3::uuid "                                                                        \
    "union all select k.id from municipal_case k where k.share_id = $4::uuid and k.state <> 6))"
/* $1 municipality $2 after $3 limit $4 state $5 reader $6 offices $7 all */
#define PAGE                                                                                                                               \
    "any (array(select k.id from municipal_case k where k.municipality_id = $1 and ($2::uuid is null or k.id < $2) "                       \
    "and ($4::smallint = 0 or k.state = $4) and (k.public_since is not null or $7::boolean or exists (select 1 from municipal_official o " \
    "where o.municipality_id = $1 and o.person_id = $5 and o.office = any ($6::smallint[]))) order by k.id desc limit $3))"
/* $1 owner $2 after $3 limit */
#define OWNED                                                                                                                              \
    "any (array(select k.id from municipal_case k where k.owner_id = $1 and ($2::uuid is null or k.id < $2) order by k.id desc limit $3))"

#define COLUMNS                                                                                                                            \
    "c.id, c.municipality_id, c.register_number, c.state, c.title, c.language, c.applicant, c.owner_id, c.project_id, c.share_id, "        \
    "coalesce(nullif(case c.language when 'sv' then p.title_sv end, ''), p.title_fi), " DAY("p.starts_on") ", " DAY(                       \
        "p.ends_on") ", p.total_cents, c.applied_cents, c.granted_cents, c.filed_at, c.public_since, c.version"
#define HEADS(ids)     "select " COLUMNS " from municipal_case c join project p on p.id = c.project_id where c.id = " ids
#define PREPARERS(ids) "select case_id, title, name from case_preparer where case_id = " ids " order by case_id, ordinal"
#define PROPOSALS(ids)                                                                                                                     \
    "select case_id, id, words, cents, presenter, presenter_title, presenter_name, saved_at, made_at from proposal_made "                  \
    "where case_id = " ids " order by case_id, saved_at, id"
#define NOMINATIONS(ids)                                                                                                                   \
    "select m.id, n.body, n.role, n.title, n.name, n.person_id from proposal_made m join proposal_nomination n on n.proposal_id = m.id "   \
    "where m.case_id = " ids " order by m.case_id, m.saved_at, m.id, n.ordinal"
#define ITEMS(ids)                                                                                                                         \
    "select i.case_id, i.id, i.meeting_id, i.board_id, b.title_fi, b.title_sv, b.title_en, m.starts_at, coalesce(i.section, 0), "          \
    "coalesce(i.outcome, 0::smallint), m.state, i.published_at is not null, " DAY(                                                         \
        "e.names_until") ", e.event_id "                                                                                                   \
                         "from item i join meeting m on m.id = i.meeting_id join board b on b.id = i.board_id left join extract e on "     \
                         "e.item_id = i.id "                                                                                               \
                         "where i.case_id = " ids " order by i.case_id, m.starts_at, i.id"

/* Of every list: what is found with the heads; and of whole cases: the rest. */
enum { HEADS_AT, PREPARERS_AT, PROPOSALS_AT, NOMINATIONS_AT, ITEMS_AT, SHORT_TABLES };
enum { TEXTS_AT = SHORT_TABLES, IMPACTS_AT, STATEMENTS_AT, DOCUMENTS_AT, WHOLE_TABLES };
static const struct db_stmt STMT_WHOLE[WHOLE_TABLES] = {
    [HEADS_AT] = {"case_heads", HEADS(WHOLE) " order by c.id"},
    [PREPARERS_AT] = {"case_preparers", PREPARERS(WHOLE)},
    [PROPOSALS_AT] = {"case_proposals", PROPOSALS(WHOLE)},
    [NOMINATIONS_AT] = {"case_nominations", NOMINATIONS(WHOLE)},
    [ITEMS_AT] = {"case_items", ITEMS(WHOLE)},
    [TEXTS_AT] = {"case_texts",
                  "select case_id, kind, heading, words, confidential from case_text where case_id = " WHOLE " order by case_id, ordinal"},
    [IMPACTS_AT] = {"case_impacts",
                    "select case_id, dimension, effect, remark from case_impact where case_id = " WHOLE " order by case_id, dimension"},
    [STATEMENTS_AT] = {"case_statements",
                       "select case_id, id, follows_id, asked, person_id, words_asked, " DAY("due_on") ", state, words, " DAY(
                           "given_on") ", referred_to, requested_at from statement where case_id = " WHOLE
                                       " order by case_id, requested_at, id"},
    [DOCUMENTS_AT] = {"case_documents",
                      "select case_id, id, n, kind, title, name, media_type, octet_length(content), sha256, "
                      "confidential, ground, added_by, added_at from case_document where case_id = " WHOLE " order by case_id, n"},
};
static const struct db_stmt STMT_LOCK = {"case_lock", "select id from municipal_case where id = " WHOLE " order by id for update"};
static const struct db_stmt STMT_PAGE[SHORT_TABLES] = {{"case_page", HEADS(PAGE) " order by c.id desc"},
                                                       {"case_page_preparers", PREPARERS(PAGE)},
                                                       {"case_page_proposals", PROPOSALS(PAGE)},
                                                       {"case_page_nominations", NOMINATIONS(PAGE)},
                                                       {"case_page_items", ITEMS(PAGE)}};
static const struct db_stmt STMT_OWNED[SHORT_TABLES] = {{"case_owned", HEADS(OWNED) " order by c.id desc"},
                                                        {"case_owned_preparers", PREPARERS(OWNED)},
                                                        {"case_owned_proposals", PROPOSALS(OWNED)},
                                                        {"case_owned_nominations", NOMINATIONS(OWNED)},
                                                        {"case_owned_items", ITEMS(OWNED)}};
/* $1 case $2 document */
static const struct db_stmt STMT_CONTENT = {"case_document_content", "select content from case_document where case_id = $1 and id = $2"};
/* $1 share */
static const struct db_stmt STMT_OWNER = {"case_project_owner",
                                          "select a.owner_id from project_share s join project p on p.id = s.project_id "
                                          "join application a on a.id = p.application_id where s.id = $1"};

/* --- asking ------------------------------------------------------------------------------------------------------------- */
static void put_id(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_null(p);
    else
        db_uuid(p, id);
}

static void load_whole(const struct workset *w, struct case_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena), *q = db_params(w->arena);

    db_array(p, DB_UUID, ask->id_count);
    for (size_t i = 0; i < ask->id_count; i++)
        db_array_uuid(p, ask->ids[i]);
    put_id(p, ask->meeting_id);
    put_id(p, ask->item_id);
    put_id(p, ask->share_id);
    if (ask->hold)
        (void)db_queue(db, &STMT_LOCK, p);
    ask->item.result = db_queue(db, &STMT_WHOLE[0], p);
    for (size_t i = 1; i < WHOLE_TABLES; i++) /* the results behind it */
        (void)db_queue(db, &STMT_WHOLE[i], p);
    if (!uuid_is_nil(ask->document_id)) {
        db_uuid(q, ask->one);
        db_uuid(q, ask->document_id);
        (void)db_queue(db, &STMT_CONTENT, q);
    } else if (!uuid_is_nil(ask->share_id)) {
        db_uuid(q, ask->share_id);
        (void)db_queue(db, &STMT_OWNER, q);
    }
}

static void put_reader(struct db_params *p, const struct case_ask *ask)
{
    size_t offices = 0;

    for (int office = OFFICE_PREPARER; office <= OFFICE_SECRETARY; office++)
        offices += (ask->offices & (1U << office)) != 0;
    db_i16(p, (int16_t)ask->state);
    db_uuid(p, ask->reader);
    db_array(p, DB_I16, offices);
    for (int office = OFFICE_PREPARER; office <= OFFICE_SECRETARY; office++)
        if ((ask->offices & (1U << office)) != 0)
            db_array_i16(p, (int16_t)office);
    db_bool(p, ask->all);
}

static void load_page(const struct workset *w, struct case_ask *ask, struct db *db)
{
    const bool owned = ask->what == CASES_OWNER;
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->page_of);
    put_id(p, ask->after);
    db_i32(p, ask->limit);
    if (!owned)
        put_reader(p, ask);
    for (size_t i = 0; i < SHORT_TABLES; i++) {
        const int result = db_queue(db, owned ? &STMT_OWNED[i] : &STMT_PAGE[i], p);
        if (i == 0)
            ask->item.result = result;
    }
}

void case_load_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct case_ask *ask = (struct case_ask *)item;

        if (ask->what == CASES_WHOLE)
            load_whole(w, ask, db);
        else
            load_page(w, ask, db);
    }
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */
/* What hangs on the cases comes in the order of their ids: a walk along one result, a case at a time. */
struct walk {
    struct arena *arena;
    const struct db_result *r;
    int first, end; /* the rows of the case */
};

static size_t walk_to(struct walk *walk, struct uuid id)
{
    const int rows = db_rows(walk->r);
    int at = walk->end;

    if (at >= rows || uuid_compare(db_get_uuid(walk->r, at, 0), id) != 0) /* of a page, the other way round: look for it */
        for (at = 0; at < rows && uuid_compare(db_get_uuid(walk->r, at, 0), id) != 0; at++)
            ;
    walk->first = walk->end = at;
    while (walk->end < rows && uuid_compare(db_get_uuid(walk->r, walk->end, 0), id) == 0)
        walk->end++;
    return (size_t)(walk->end - walk->first);
}

static const char *text_at(const struct walk *walk, int row, int col)
{
    return arena_text(walk->arena, db_get_span(walk->r, row, col));
}

static int64_t day_at(const struct walk *walk, int row, int col)
{
    return db_get_null(walk->r, row, col) ? NO_DAY : db_get_i32(walk->r, row, col);
}

static struct municipal_case read_head(struct arena *arena, const struct db_result *r, int row)
{
    const struct walk walk = {.arena = arena, .r = r};

    return (struct municipal_case){.id = db_get_uuid(r, row, 0),
                                   .municipality_id = db_get_uuid(r, row, 1),
                                   .register_number = text_at(&walk, row, 2),
                                   .state = (enum case_state)db_get_i16(r, row, 3),
                                   .title = text_at(&walk, row, 4),
                                   .language = text_at(&walk, row, 5),
                                   .applicant = text_at(&walk, row, 6),
                                   .owner_id = db_get_uuid(r, row, 7),
                                   .project_id = db_get_uuid(r, row, 8),
                                   .share_id = db_get_uuid(r, row, 9),
                                   .project_title = text_at(&walk, row, 10),
                                   .project_starts_on = db_get_i32(r, row, 11),
                                   .project_ends_on = db_get_i32(r, row, 12),
                                   .total_cents = db_get_i64(r, row, 13),
                                   .applied_cents = db_get_i64(r, row, 14),
                                   .granted_cents = db_get_i64(r, row, 15),
                                   .filed_us = db_get_time(r, row, 16),
                                   .public_us = db_get_time(r, row, 17),
                                   .version = db_get_i64(r, row, 18)};
}

static void read_preparers(struct walk *walk, struct municipal_case *c)
{
    c->preparers = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->preparers);
    for (int i = walk->first; i < walk->end; i++)
        c->preparers[c->preparer_count++] = (struct case_preparer){text_at(walk, i, 1), text_at(walk, i, 2)};
}

/* In the order of the proposals: walk stands at the first nomination of this one, or of a later one. */
static void read_nominations(struct walk *walk, struct board_proposal *proposal)
{
    proposal->nominations = arena_array(walk->arena, walk_to(walk, proposal->id) + 1, sizeof *proposal->nominations);
    for (int i = walk->first; i < walk->end; i++)
        proposal->nominations[proposal->nomination_count++] = (struct nomination){.body = text_at(walk, i, 1),
                                                                                  .role = (enum nominee_role)db_get_i16(walk->r, i, 2),
                                                                                  .title = text_at(walk, i, 3),
                                                                                  .name = text_at(walk, i, 4),
                                                                                  .person_id = db_get_uuid(walk->r, i, 5)};
}

static void read_proposals(struct walk *walk, struct walk *nominations, struct municipal_case *c)
{
    c->proposals = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->proposals);
    for (int i = walk->first; i < walk->end; i++) {
        struct board_proposal *proposal = &c->proposals[c->proposal_count++];

        *proposal = (struct board_proposal){.id = db_get_uuid(walk->r, i, 1),
                                            .case_id = c->id,
                                            .words = text_at(walk, i, 2),
                                            .cents = db_get_i64(walk->r, i, 3),
                                            .presenter = db_get_uuid(walk->r, i, 4),
                                            .presenter_title = text_at(walk, i, 5),
                                            .presenter_name = text_at(walk, i, 6),
                                            .saved_us = db_get_time(walk->r, i, 7),
                                            .made_us = db_get_time(walk->r, i, 8)};
        read_nominations(nominations, proposal);
    }
    c->proposal = c->proposal_count > 0 ? &c->proposals[c->proposal_count - 1] : NULL;
}

/* Of the event of its decision: the last item that was published. */
static void read_items(struct walk *walk, struct municipal_case *c)
{
    c->items = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->items);
    for (int i = walk->first; i < walk->end; i++) {
        c->items[c->item_count++] =
            (struct case_item){.item_id = db_get_uuid(walk->r, i, 1),
                               .meeting_id = db_get_uuid(walk->r, i, 2),
                               .board_id = db_get_uuid(walk->r, i, 3),
                               .board = {.fi = text_at(walk, i, 4), .sv = text_at(walk, i, 5), .en = text_at(walk, i, 6)},
                               .starts_us = db_get_time(walk->r, i, 7),
                               .section = db_get_i32(walk->r, i, 8),
                               .outcome = (enum outcome)db_get_i16(walk->r, i, 9),
                               .meeting_state = (enum meeting_state)db_get_i16(walk->r, i, 10),
                               .published = db_get_bool(walk->r, i, 11),
                               .names_until = day_at(walk, i, 12)};
        if (!db_get_null(walk->r, i, 13))
            c->decision_event_id = db_get_uuid(walk->r, i, 13);
    }
}

static void read_texts(struct walk *walk, struct municipal_case *c)
{
    c->texts = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->texts);
    for (int i = walk->first; i < walk->end; i++)
        c->texts[c->text_count++] = (struct case_text){.kind = (enum case_text_kind)db_get_i16(walk->r, i, 1),
                                                       .heading = text_at(walk, i, 2),
                                                       .words = text_at(walk, i, 3),
                                                       .confidential = db_get_bool(walk->r, i, 4)};
}

static void read_impacts(struct walk *walk, struct municipal_case *c)
{
    c->impacts = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->impacts);
    for (int i = walk->first; i < walk->end; i++)
        c->impacts[c->impact_count++] = (struct case_impact){
            .dimension = db_get_i32(walk->r, i, 1), .effect = (enum impact_effect)db_get_i16(walk->r, i, 2), .remark = text_at(walk, i, 3)};
}

static void read_statements(struct walk *walk, struct municipal_case *c)
{
    c->statements = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->statements);
    for (int i = walk->first; i < walk->end; i++)
        c->statements[c->statement_count++] = (struct statement){.id = db_get_uuid(walk->r, i, 1),
                                                                 .follows_id = db_get_uuid(walk->r, i, 2),
                                                                 .asked = text_at(walk, i, 3),
                                                                 .person_id = db_get_uuid(walk->r, i, 4),
                                                                 .words_asked = text_at(walk, i, 5),
                                                                 .due_on = db_get_i32(walk->r, i, 6),
                                                                 .state = (enum statement_state)db_get_i16(walk->r, i, 7),
                                                                 .words = text_at(walk, i, 8),
                                                                 .given_on = day_at(walk, i, 9),
                                                                 .referred_to = text_at(walk, i, 10),
                                                                 .requested_us = db_get_time(walk->r, i, 11)};
}

static void read_documents(struct walk *walk, struct municipal_case *c)
{
    c->documents = arena_array(walk->arena, walk_to(walk, c->id) + 1, sizeof *c->documents);
    for (int i = walk->first; i < walk->end; i++) {
        struct case_document *d = &c->documents[c->document_count++];
        const struct span sha256 = db_get_span(walk->r, i, 8);

        *d = (struct case_document){.id = db_get_uuid(walk->r, i, 1),
                                    .n = db_get_i32(walk->r, i, 2),
                                    .kind = (enum case_document_kind)db_get_i16(walk->r, i, 3),
                                    .title = text_at(walk, i, 4),
                                    .name = text_at(walk, i, 5),
                                    .media_type = text_at(walk, i, 6),
                                    .size = db_get_i32(walk->r, i, 7),
                                    .confidential = db_get_bool(walk->r, i, 9),
                                    .ground = text_at(walk, i, 10),
                                    .added_by = db_get_uuid(walk->r, i, 11),
                                    .added_us = db_get_time(walk->r, i, 12)};
        memcpy(d->sha256, sha256.data, sizeof d->sha256); /* the schema: a SHA-256 */
    }
}

static void read_hanging(struct workset *w, struct case_ask *ask, struct db *db)
{
    const size_t tables = ask->what == CASES_WHOLE ? WHOLE_TABLES : SHORT_TABLES;
    struct walk walks[WHOLE_TABLES];

    for (size_t i = 0; i < tables; i++)
        walks[i] = (struct walk){.arena = w->arena, .r = db_result(db, ask->item.result + (int)i)};
    for (size_t i = 0; i < ask->count; i++) {
        struct municipal_case *c = &ask->rows[i];

        read_preparers(&walks[PREPARERS_AT], c);
        read_proposals(&walks[PROPOSALS_AT], &walks[NOMINATIONS_AT], c);
        read_items(&walks[ITEMS_AT], c);
        if (tables == SHORT_TABLES)
            continue;
        read_texts(&walks[TEXTS_AT], c);
        read_impacts(&walks[IMPACTS_AT], c);
        read_statements(&walks[STATEMENTS_AT], c);
        read_documents(&walks[DOCUMENTS_AT], c);
    }
}

static void read_document(struct workset *w, struct case_ask *ask, struct db *db)
{
    const struct db_result *r = db_result(db, ask->item.result + WHOLE_TABLES);

    if (ask->count == 0 || db_rows(r) == 0)
        return;
    ask->content = arena_copy(w->arena, db_get_span(r, 0, 0));
    for (size_t i = 0; i < ask->rows->document_count; i++)
        if (uuid_compare(ask->rows->documents[i].id, ask->document_id) == 0)
            ask->document = &ask->rows->documents[i];
}

void case_read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct case_ask *ask = (struct case_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = read_head(w->arena, r, (int)i);
        read_hanging(w, ask, db);
        if (!uuid_is_nil(ask->document_id)) {
            read_document(w, ask, db);
        } else if (!uuid_is_nil(ask->share_id)) {
            const struct db_result *owner = db_result(db, item->result + WHOLE_TABLES);
            ask->project_owner = db_rows(owner) > 0 ? db_get_uuid(owner, 0, 0) : (struct uuid){{0}};
        }
    }
}
