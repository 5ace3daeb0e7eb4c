/* See storm.h. */
#include "tests/service/funding/storm.h"

/* The next of the lot, below `most`. */
size_t storm_draw(struct storm *s, size_t most)
{
    s->lot = s->lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(s->lot >> 33) % most;
}

/* --- what there is --------------------------------------------------------------------------------------------------------------- */

/* A row of this table by lot, mostly one of the newest; and its version. */
static struct uuid *some(struct storm *s, const char *table, const char *where, uint64_t *version)
{
    struct uuid *id = arena_alloc(rig_arena(s->rig), sizeof *id);
    char text[UUID_TEXT];
    const char *found =
        kit_sql(rig_pg(s->rig), "select id from funding.%s where %s order by id desc offset %zu limit 1", table, where, storm_draw(s, 4));

    *id = rig_new_id();
    if (*found == '\0')
        return id;
    (void)snprintf(text, sizeof text, "%s", found);
    assert_true(uuid_parse(id, span_text(text)));
    if (version != NULL)
        *version = (uint64_t)kit_sql_int(rig_pg(s->rig), "select version from funding.%s where id = '%s'", table, text);
    return id;
}

/* The oldest row of which this is true. */
struct uuid *storm_first(struct storm *s, const char *table, const char *where, uint64_t *version)
{
    struct uuid *id = arena_alloc(rig_arena(s->rig), sizeof *id);
    char text[UUID_TEXT];

    (void)snprintf(text, sizeof text, "%s",
                   kit_sql(rig_pg(s->rig), "select id from funding.%s where %s order by id limit 1", table, where));
    *id = rig_new_id();
    if (uuid_parse(id, span_text(text)) && version != NULL)
        *version = (uint64_t)kit_sql_int(rig_pg(s->rig), "select version from funding.%s where id = '%s'", table, text);
    return id;
}

/* --- steps ----------------------------------------------------------------------------------------------------------------------- */

static struct step file_case(struct storm *s)
{
    Municipal__FileCaseRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__file_case_request__init(r);
    r->municipality_id = rig_bytes(&s->town.id);
    r->project_id = rig_bytes(&s->project);
    r->share_id = rig_bytes(&s->shares[1 + storm_draw(s, STORM_SHARES - 1)]);
    r->title = (char *)"Kuntaosuus";
    r->language = (char *)(storm_draw(s, 2) == 0 ? "fi" : "sv");
    r->applicant = (char *)"Esimerkkiyliopisto";
    r->contact_name = (char *)"Hilla Hakija";
    r->contact_email = (char *)"hilla.hakija@example.fi";
    r->contact_language = (char *)"fi";
    return (struct step){"FileCase", &r->base, s->applicant, RIG_APPLICANT, 0};
}

static struct step put_case(struct storm *s)
{
    Municipal__PutCaseRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    uint64_t version = 1;

    municipal__put_case_request__init(r);
    r->case_id = rig_bytes(some(s, "municipal_case", "state in (1, 2)", &version));
    r->content = rig_case_content(s->rig);
    return (struct step){"PutCase", &r->base, s->town.preparer, RIG_PREPARER, version};
}

static struct step add_document(struct storm *s)
{
    Municipal__AddCaseDocumentRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    const bool own = storm_draw(s, 2) == 0;

    municipal__add_case_document_request__init(r);
    r->case_id = rig_bytes(some(s, "municipal_case", "state < 5", NULL));
    r->kind = MUNICIPAL__CASE_DOCUMENT_KIND__DOCUMENT_APPLICATION;
    r->title = (char *)"Hakemus";
    r->name = (char *)"hakemus.txt";
    r->media_type = (char *)"text/plain";
    r->content = (ProtobufCBinaryData){7, (uint8_t *)(uintptr_t) "Hakemus"};
    return (struct step){"AddCaseDocument", &r->base, own ? s->applicant : s->town.preparer, own ? RIG_APPLICANT : RIG_PREPARER, 0};
}

static struct step request_statement(struct storm *s)
{
    Municipal__RequestStatementRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__request_statement_request__init(r);
    r->case_id = rig_bytes(some(s, "municipal_case", "state < 5", NULL));
    r->from = (char *)"lautakunta";
    r->person_id = rig_bytes(&s->asked);
    r->due_on = (char *)"2099-01-01";
    r->words = (char *)"Pyydetään lausunto.";
    return (struct step){"RequestStatement", &r->base, s->town.preparer, RIG_PREPARER, 0};
}

static struct step give_statement(struct storm *s)
{
    Municipal__GiveStatementRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    struct uuid *id = some(s, "statement", "true", NULL), *of = arena_alloc(rig_arena(s->rig), sizeof *of);
    char text[UUID_TEXT];

    municipal__give_statement_request__init(r);
    uuid_format(*id, text);
    const char *found = kit_sql(rig_pg(s->rig), "select case_id from funding.statement where id = '%s'", text);
    if (*found == '\0' || !uuid_parse(of, span_text(found)))
        *of = *id;
    r->case_id = rig_bytes(of);
    r->statement_id = rig_bytes(id);
    r->state = (Municipal__StatementState)(2 + storm_draw(s, 3));
    r->words = (char *)"Puolletaan.";
    r->given_on = (char *)"2026-03-04";
    if (r->state == MUNICIPAL__STATEMENT_STATE__STATEMENT_REFERRED) {
        r->referred_to = arena_printf(rig_arena(s->rig), "toimiala %zu", storm_draw(s, 3));
        r->referred_due_on = (char *)"2099-01-01";
    }
    return (struct step){"GiveStatement", &r->base, s->asked, RIG_APPLICANT, 0};
}

static struct step propose(struct storm *s)
{
    Municipal__PutProposalRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    Municipal__Proposal *p = arena_alloc(rig_arena(s->rig), sizeof *p);
    uint64_t version = 1;

    municipal__put_proposal_request__init(r);
    municipal__proposal__init(p);
    p->words = (char *)"Osallistutaan.";
    p->cents = (int64_t)storm_draw(s, 1000);
    r->proposal = p;
    r->case_id = rig_bytes(some(s, "municipal_case", "state in (2, 3)", &version));
    return (struct step){"PutProposal", &r->base, s->town.presenter, RIG_PRESENTER, version};
}

static struct step move_case(struct storm *s, const char *method, struct uuid who, uint32_t roles)
{
    Municipal__MoveCaseRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__move_case_request__init(r);
    r->case_id = rig_bytes(some(s, "municipal_case", "true", NULL));
    r->reason = (char *)"syy";
    return (struct step){method, &r->base, who, roles, 0};
}

static struct step create_meeting(struct storm *s)
{
    Municipal__CreateMeetingRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__create_meeting_request__init(r);
    r->board_id = rig_bytes(storm_draw(s, 3) == 0 ? &s->town.other_board : &s->town.board);
    r->starts_us = time_now_us() + TIME_HOUR;
    r->place = (char *)"Kaupungintalo";
    return (struct step){"CreateMeeting", &r->base, s->town.secretary, RIG_SECRETARY, 0};
}

static struct step put_meeting(struct storm *s)
{
    Municipal__PutMeetingRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    const size_t count = storm_draw(s, 4);
    uint64_t version = 1;

    municipal__put_meeting_request__init(r);
    r->meeting_id = rig_bytes(some(s, "meeting", "state < 3", &version));
    r->starts_us = time_now_us() + TIME_HOUR;
    r->place = (char *)"Kaupungintalo";
    r->case_ids = arena_array(rig_arena(s->rig), count + 1, sizeof *r->case_ids);
    for (size_t i = 0; i < count; i++)
        r->case_ids[r->n_case_ids++] = rig_bytes(some(s, "municipal_case", "state in (3, 4)", NULL));
    return (struct step){"PutMeeting", &r->base, s->town.secretary, RIG_SECRETARY, version};
}

struct step storm_move(struct storm *s, const char *method, const char *where, struct uuid who, uint32_t roles)
{
    Municipal__MoveMeetingRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__move_meeting_request__init(r);
    r->meeting_id = rig_bytes(some(s, "meeting", where, NULL));
    r->reason = (char *)"syy";
    return (struct step){method, &r->base, who, roles, 0};
}

static struct step open_meeting(struct storm *s)
{
    Municipal__OpenMeetingRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    const size_t there = 1 + storm_draw(s, RIG_MEMBERS);

    municipal__open_meeting_request__init(r);
    r->meeting_id = rig_bytes(some(s, "meeting", "state = 2", NULL));
    r->attendees = arena_array(rig_arena(s->rig), there, sizeof *r->attendees);
    for (size_t i = 0; i < there; i++) {
        Municipal__Attendee *a = r->attendees[r->n_attendees++] = arena_alloc(rig_arena(s->rig), sizeof *a);
        municipal__attendee__init(a);
        a->person_id = rig_bytes(&s->town.members[i]);
        a->checks_minutes = i == 0 || storm_draw(s, 4) == 0;
    }
    return (struct step){"OpenMeeting", &r->base, s->town.secretary, RIG_SECRETARY, 0};
}

#define ITEMS "section is not null and published_at is null"

static struct step disqualify(struct storm *s)
{
    Municipal__NoteDisqualificationRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__note_disqualification_request__init(r);
    r->item_id = rig_bytes(some(s, "item", IN_MEETING, NULL));
    r->ground = (char *)"palvelussuhde";
    return (struct step){"NoteDisqualification", &r->base, s->town.members[storm_draw(s, RIG_MEMBERS)], RIG_MEMBER, 0};
}

static struct step open_vote(struct storm *s)
{
    Municipal__OpenVoteRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__open_vote_request__init(r);
    r->item_id = rig_bytes(some(s, "item", IN_MEETING, NULL));
    r->counter = (char *)"Hylätään.";
    return (struct step){"OpenVote", &r->base, s->town.secretary, RIG_SECRETARY, 0};
}

static struct step vote(struct storm *s)
{
    Municipal__CastVoteRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);

    municipal__cast_vote_request__init(r);
    r->item_id = rig_bytes(some(s, "item", "voting", NULL));
    r->choice = (Municipal__Choice)(1 + storm_draw(s, 3));
    return (struct step){"CastVote", &r->base, s->town.members[storm_draw(s, RIG_MEMBERS)], RIG_MEMBER, 0};
}

struct step storm_decide(struct storm *s)
{
    Municipal__DecideItemRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    uint64_t version = 1;

    municipal__decide_item_request__init(r);
    r->item_id = rig_bytes(some(s, "item", ITEMS, &version));
    r->outcome = (Municipal__Outcome)(1 + storm_draw(s, 5));
    r->manner = (Municipal__Manner)(1 + storm_draw(s, 2));
    r->words = (char *)(r->outcome == MUNICIPAL__OUTCOME__OUTCOME_APPROVED ? "" : "Päätettiin näin.");
    r->cents = r->outcome == MUNICIPAL__OUTCOME__OUTCOME_CHANGED ? (int64_t)storm_draw(s, 1100) : 0;
    return (struct step){"DecideItem", &r->base, s->town.secretary, RIG_SECRETARY, version};
}

static struct step import_plan(struct storm *s)
{
    Funding__ImportProjectRequest *r = arena_alloc(rig_arena(s->rig), sizeof *r);
    Funding__Project *p = arena_alloc(rig_arena(s->rig), sizeof *p);

    funding__import_project_request__init(r);
    *p = *rig_project(s->rig, s->project);
    p->target = (char *)(storm_draw(s, 2) == 0 ? "opettajat" : "rehtorit");
    r->project = p;
    return (struct step){"ImportProject", &r->base, s->applicant, RIG_PREPARER, 0};
}

static struct step look(struct storm *s)
{
    Municipal__GetItemRequest *item = arena_alloc(rig_arena(s->rig), sizeof *item);
    Municipal__GetCaseRequest *c = arena_alloc(rig_arena(s->rig), sizeof *c);
    Municipal__FeedRequest *feed = arena_alloc(rig_arena(s->rig), sizeof *feed);

    municipal__get_item_request__init(item);
    municipal__get_case_request__init(c);
    municipal__feed_request__init(feed);
    item->item_id = rig_bytes(some(s, "item", "true", NULL));
    c->case_id = rig_bytes(some(s, "municipal_case", "true", NULL));
    feed->municipality_id = rig_bytes(&s->town.id);
    switch (storm_draw(s, 4)) {
    case 0:
        return (struct step){"GetItem", &item->base, (struct uuid){{0}}, RIG_PUBLIC, 0};
    case 1:
        return (struct step){"GetItem", &item->base, s->town.secretary, RIG_SECRETARY, 0};
    case 2:
        return (struct step){"GetCase", &c->base, s->town.preparer, RIG_PREPARER, 0};
    case 3:
        return (struct step){"GetItemFeed", &feed->base, (struct uuid){{0}}, RIG_PUBLIC, 0};
    }
    return (struct step){"GetMeetingFeed", &feed->base, (struct uuid){{0}}, RIG_PUBLIC, 0};
}

struct step storm_step(struct storm *s)
{
    switch (storm_draw(s, 32)) {
    case 0:
    case 1:
        return file_case(s);
    case 2:
    case 3:
        return put_case(s);
    case 4:
        return add_document(s);
    case 5:
        return request_statement(s);
    case 6:
        return give_statement(s);
    case 7:
    case 8:
    case 9:
        return propose(s);
    case 10:
        return storm_draw(s, 3) == 0 ? move_case(s, "WithdrawCase", s->applicant, RIG_APPLICANT)
                                     : move_case(s, "TakeBackProposal", s->town.presenter, RIG_PRESENTER);
    case 11:
        return storm_draw(s, 3) == 0 ? create_meeting(s) : propose(s);
    case 12:
    case 13:
    case 14:
        return put_meeting(s);
    case 15:
    case 16:
        return storm_move(s, "SummonMeeting", "state = 1 and exists (select from funding.item i where i.meeting_id = meeting.id)",
                          s->town.secretary, RIG_SECRETARY);
    case 17:
        return storm_draw(s, 5) == 0 ? storm_move(s, "CancelMeeting", "state = 2", s->town.secretary, RIG_SECRETARY) : import_plan(s);
    case 18:
    case 19:
        return open_meeting(s);
    case 20:
        return storm_draw(s, 6) == 0 ? disqualify(s) : open_vote(s);
    case 21:
    case 22:
    case 23:
        return vote(s);
    case 24:
    case 25:
        return storm_decide(s);
    case 26:
        return storm_move(s, "CloseMeeting", "state = 3", s->town.secretary, RIG_SECRETARY);
    case 27:
    case 28:
        return storm_move(s, "CheckMinutes", "state = 4", s->town.members[storm_draw(s, 3)], RIG_MEMBER);
    case 29:
    case 30:
        return storm_move(s, "PublishMinutes", "state = 5", s->town.secretary, RIG_SECRETARY);
    }
    return storm_draw(s, 2) == 0 ? look(s) : vote(s);
}
