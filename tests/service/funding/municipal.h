/* Municipal cases as tests want them, beside rig.h: a town with its officials and boards, cases at any step of their way, and the steps
 * themselves.
 *
 *   struct rig_town town = rig_town(rig, "kannus");
 *   struct rig_case c = rig_case_proposed(rig, &town, 316300);                   filed, prepared, proposed
 *   struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);                  planned with it, summoned, opened
 *   rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = ...});
 *   rig_meeting_published(rig, &town, &m);                                       closed, checked, published
 *
 * Functions that give a struct or nothing are steps that have to succeed; those that give an answer may be refused. */
#ifndef HV_TESTS_SERVICE_FUNDING_MUNICIPAL_H
#define HV_TESTS_SERVICE_FUNDING_MUNICIPAL_H
#include "municipal.pb-c.h"
#include "tests/service/funding/desk.h"

#define RIG_SECRETARY BUS__ROLE__ROLE_SECRETARY
#define RIG_MEMBER    BUS__ROLE__ROLE_BOARD_MEMBER

/* What is written by hand in tests and may never be read by whoever is not an official, and the names of people. */
#define RIG_SECRET      "Salainen selvitys"
#define RIG_NAMED       "Nimelä"
#define RIG_MEMBERS     4 /* the last one is a deputy: three seats, quorum two */
#define RIG_MEETING_MAX 100

struct rig_town {
    struct uuid id, board, other_board; /* of other_board the same people are members */
    struct uuid preparer, presenter, secretary, members[RIG_MEMBERS];
    const char *code;
};
struct rig_case {
    struct uuid id, project, share, applicant;
    int64_t cents;
    uint64_t version;
    char number[40];
};
struct rig_meeting {
    struct uuid id, items[RIG_MEETING_MAX];
    size_t count;
    uint64_t version;
};

/* --- the town ---------------------------------------------------------------------------------------------------------------- */
struct rig_town rig_town(struct rig *rig, const char *code);
Municipal__Municipality *rig_town_content(struct rig *rig, const struct rig_town *town);
struct answer rig_import_town(struct rig *rig, Municipal__Municipality *municipality, bool dry_run, struct uuid who, uint32_t roles);
/* A project whose plan is these shares: the state's, which is granted, and the town's, which are applied for; their ids in this order. */
struct uuid rig_plan(struct rig *rig, const char *code, const int64_t *cents, size_t count, struct uuid *shares);
const Funding__Project *rig_project(struct rig *rig, struct uuid id);

/* --- cases ------------------------------------------------------------------------------------------------------------------- */
/* By a new applicant, about the share of a new project's plan. */
struct rig_case rig_case_filed(struct rig *rig, const struct rig_town *town, int64_t cents);
struct answer rig_file(struct rig *rig, const struct rig_town *town, struct uuid project, struct uuid share, struct uuid who,
                       uint32_t roles);
Municipal__CaseContent *rig_case_content(struct rig *rig); /* whole: with a confidential text and names in it */
struct answer rig_put_case(struct rig *rig, const struct rig_town *town, const struct rig_case *c, Municipal__CaseContent *content,
                           uint64_t version);
struct answer rig_add_document(struct rig *rig, const struct rig_case *c, struct uuid who, uint32_t roles, const char *content,
                               bool confidential);
struct answer rig_propose(struct rig *rig, const struct rig_town *town, const struct rig_case *c, int64_t cents, uint64_t version);
struct answer rig_see_case(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles);
const Municipal__Case *rig_case(struct rig *rig, const struct rig_town *town, struct rig_case *c); /* as its preparer; and its version */
struct rig_case rig_case_prepared(struct rig *rig, const struct rig_town *town, int64_t cents);
struct rig_case rig_case_proposed(struct rig *rig, const struct rig_town *town, int64_t cents); /* for all of it */

/* --- meetings ---------------------------------------------------------------------------------------------------------------- */
struct answer rig_move_meeting(struct rig *rig, const char *method, const struct rig_meeting *m, struct uuid who, uint32_t roles,
                               const char *reason);
struct answer rig_put_agenda(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m, const struct rig_case *cases,
                             size_t count, uint64_t version);
/* Attendees: the first so many of the members; the second of them checks the minutes. */
struct answer rig_open(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m, size_t attendees);
struct answer rig_see_meeting(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles);
struct answer rig_see_item(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles);
struct answer rig_extract(struct rig *rig, struct uuid item, bool html, struct uuid who, uint32_t roles);
struct decide_plan {
    Municipal__Outcome outcome;
    Municipal__Manner manner; /* 0: unanimous */
    const char *words;        /* NULL: the usual ones */
    int64_t cents;
    Municipal__Nomination *nomination; /* NULL: none */
    uint64_t version;                  /* 0: the one at hand */
};
struct answer rig_decide(struct rig *rig, const struct rig_town *town, struct uuid item, const struct decide_plan *plan);
struct answer rig_open_vote(struct rig *rig, const struct rig_town *town, struct uuid item, const char *counter);
struct answer rig_vote(struct rig *rig, struct uuid item, struct uuid who, Municipal__Choice choice);
struct answer rig_disqualify(struct rig *rig, struct uuid item, struct uuid who, uint32_t roles, struct uuid person);

struct rig_meeting rig_meeting_planned(struct rig *rig, const struct rig_town *town, const struct rig_case *cases, size_t count);
struct rig_meeting rig_meeting_summoned(struct rig *rig, const struct rig_town *town, const struct rig_case *cases, size_t count);
struct rig_meeting rig_meeting_open(struct rig *rig, const struct rig_town *town, const struct rig_case *cases,
                                    size_t count); /* three are there */
void rig_decided_as(struct rig *rig, const struct rig_town *town, struct uuid item, Municipal__Outcome outcome,
                    int64_t cents);                                                                    /* has to succeed */
void rig_meeting_checked(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m);   /* closed, checked */
void rig_meeting_published(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m); /* and published */
/* One case all the way, granted as it was applied for. */
struct rig_meeting rig_case_granted(struct rig *rig, const struct rig_town *town, const struct rig_case *c);

/* Whether these bytes stand anywhere in the payload of an event of funding. */
bool rig_events_say(struct rig *rig, const char *words);
bool rig_file_says(const Bus__File *file, const char *words);
/* Feeds: of the town's board, or of all (board nil). */
const Bus__File *rig_feed(struct rig *rig, const struct rig_town *town, const char *method, struct uuid board, bool rss);
/* The message of an answer that has to be ERR_OK. */
const void *rig_got(struct answer a);
/* The days on which names leave the published minutes of this item: so many from today (negative: they have left). */
void rig_names_leave_in(struct rig *rig, struct uuid item, int64_t days);

#endif
