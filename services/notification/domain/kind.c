/* The table of kinds: how each is mailed, and which facts it has. What a kind does not name, nobody may tell with it and no template of it
 * may say; what it requires is there whenever its letter is written. */
#include "services/notification/domain/kind.h"

#include <assert.h>
#include <stdint.h>

/* What every letter about one's own registration can say. */
#define REGISTRATION                                                                                                                       \
    FACT_NAME, FACT_IMPLEMENTATION, FACT_ORGANISER, FACT_PLACES, FACT_PLACE_COUNT, FACT_WEBINARS, FACT_REGISTRATION, FACT_LINK,            \
        FACT_ORDER, FACT_POSITION, FACT_AHEAD, FACT_SEATED, FACT_WAITING, FACT_UNREVIEWED, FACT_CONDITIONAL, FACT_REASON, FACT_TEAM
/* What a call and an authority are called, and how to request a review: the reader's, made of the three. */
#define CALL         FACT_CALL, FACT_CALL_FI, FACT_CALL_SV, FACT_CALL_EN
#define AUTHORITY    FACT_AUTHORITY, FACT_AUTHORITY_FI, FACT_AUTHORITY_SV, FACT_AUTHORITY_EN
#define REVIEW       FACT_REVIEW, FACT_REVIEW_FI, FACT_REVIEW_SV, FACT_REVIEW_EN
#define MUNICIPALITY FACT_MUNICIPALITY, FACT_MUNICIPALITY_FI, FACT_MUNICIPALITY_SV, FACT_MUNICIPALITY_EN
#define BOARD        FACT_BOARD, FACT_BOARD_FI, FACT_BOARD_SV, FACT_BOARD_EN
#define FACTS(...)                                                                                                                         \
    (const enum fact_name[])                                                                                                               \
    {                                                                                                                                      \
        __VA_ARGS__, FACT_COUNT_OF                                                                                                         \
    }

static const struct kind KINDS[KIND_LAST + 1] = {
    [KIND_CONFIRMATION] = {.name = "confirmation",
                           .topic = TOPIC_PLACES,
                           .lane = LANE_OWN,
                           .statutory = true,
                           .training = true,
                           .calendar = CALENDAR_INVITES,
                           .required = FACTS(FACT_TRAINING),
                           .optional = FACTS(REGISTRATION, FACT_ENTRIES_ADDED)},
    [KIND_WAITING_LIST] = {.name = "waiting_list",
                           .topic = TOPIC_PLACES,
                           .lane = LANE_OWN,
                           .statutory = true,
                           .training = true,
                           .required = FACTS(FACT_TRAINING),
                           .optional = FACTS(REGISTRATION)},
    [KIND_PROMOTION] = {.name = "promotion",
                        .topic = TOPIC_PLACES,
                        .lane = LANE_OWN,
                        .statutory = true,
                        .training = true,
                        .calendar = CALENDAR_INVITES,
                        .required = FACTS(FACT_TRAINING),
                        .optional = FACTS(REGISTRATION, FACT_REPLY_DUE, FACT_ENTRIES_ADDED)},
    [KIND_CANCELLATION] = {.name = "cancellation",
                           .topic = TOPIC_PLACES,
                           .lane = LANE_OWN,
                           .statutory = true,
                           .training = true,
                           .calendar = CALENDAR_STRIKES,
                           .required = FACTS(FACT_TRAINING),
                           .optional = FACTS(REGISTRATION, FACT_CAUSE, FACT_ENTRIES_REMOVED)},
    [KIND_WINDOW_OPENED] = {.name = "window_opened",
                            .topic = TOPIC_WINDOWS,
                            .lane = LANE_MANY,
                            .training = true,
                            .required = FACTS(FACT_TRAINING),
                            .optional = FACTS(FACT_NAME, FACT_LINK, FACT_OPENS, FACT_CLOSES)},
    [KIND_WINDOW_CLOSED] = {.name = "window_closed",
                            .topic = TOPIC_WINDOWS,
                            .lane = LANE_MANY,
                            .training = true,
                            .required = FACTS(FACT_TRAINING),
                            .optional = FACTS(FACT_NAME, FACT_LINK, FACT_OPENS, FACT_CLOSES)},
    [KIND_OFFER] = {.name = "offer",
                    .topic = TOPIC_PLACES,
                    .lane = LANE_OWN,
                    .statutory = true,
                    .training = true,
                    .required = FACTS(FACT_TRAINING, FACT_REPLY_DUE),
                    .optional = FACTS(REGISTRATION)},
    [KIND_OFFER_PASSED] = {.name = "offer_passed",
                           .topic = TOPIC_PLACES,
                           .lane = LANE_OWN,
                           .statutory = true,
                           .training = true,
                           .required = FACTS(FACT_TRAINING),
                           .optional = FACTS(REGISTRATION)},
    [KIND_TRANSFER] = {.name = "transfer",
                       .topic = TOPIC_PLACES,
                       .lane = LANE_OWN,
                       .statutory = true,
                       .training = true,
                       .calendar = CALENDAR_INVITES,
                       .required = FACTS(FACT_TRAINING),
                       .optional = FACTS(REGISTRATION, FACT_ENTRIES_ADDED, FACT_ENTRIES_REMOVED)},
    [KIND_DISPLACED] = {.name = "displaced",
                        .topic = TOPIC_PLACES,
                        .lane = LANE_OWN,
                        .statutory = true,
                        .training = true,
                        .calendar = CALENDAR_STRIKES,
                        .required = FACTS(FACT_TRAINING),
                        .optional = FACTS(REGISTRATION, FACT_ENTRIES_REMOVED)},
    [KIND_REVIEWED] = {.name = "reviewed",
                       .topic = TOPIC_DECISIONS,
                       .lane = LANE_OWN,
                       .statutory = true,
                       .training = true,
                       .pdf = true,
                       .required = FACTS(FACT_TRAINING),
                       .optional = FACTS(REGISTRATION)},
    [KIND_DATE_CHANGED] = {.name = "date_changed",
                           .topic = TOPIC_CHANGES,
                           .lane = LANE_OWN,
                           .training = true,
                           .calendar = CALENDAR_ONE,
                           .required = FACTS(FACT_TRAINING),
                           .optional =
                               FACTS(FACT_NAME, FACT_IMPLEMENTATION, FACT_ORGANISER, FACT_PLACES, FACT_PLACE_COUNT, FACT_REGISTRATION,
                                     FACT_LINK, FACT_UNIT, FACT_WAS, FACT_BECOMES, FACT_WAS_ENDS, FACT_ENDS, FACT_SAME, FACT_CALLED_OFF,
                                     FACT_ENTRIES_ADDED, FACT_ENTRIES_REMOVED, FACT_REASON, FACT_SEATED, FACT_WAITING)},
    [KIND_ANNOUNCEMENT] = {.name = "announcement",
                           .topic = TOPIC_ANNOUNCEMENTS,
                           .lane = LANE_MANY,
                           .training = true,
                           .required = FACTS(FACT_TRAINING, FACT_SUBJECT, FACT_BODY),
                           .optional = FACTS(FACT_NAME, FACT_REGISTRATION, FACT_LINK)},
    [KIND_COMPLETED] = {.name = "completed",
                        .topic = TOPIC_DECISIONS,
                        .lane = LANE_OWN,
                        .statutory = true,
                        .training = true,
                        .pdf = true,
                        .required = FACTS(FACT_TRAINING),
                        .optional = FACTS(REGISTRATION, FACT_CREDITS, FACT_CODE)},
    [KIND_TEAM] = {.name = "team", /* order: how many have a place; position: how many wait; reason: the team's name */
                   .topic = TOPIC_PLACES,
                   .lane = LANE_OWN,
                   .training = true,
                   .required = FACTS(FACT_TRAINING),
                   .optional = FACTS(FACT_NAME, FACT_IMPLEMENTATION, FACT_ORGANISER, FACT_PLACES, FACT_PLACE_COUNT, FACT_LINK, FACT_ORDER,
                                     FACT_POSITION, FACT_AHEAD, FACT_REASON)},
    [KIND_NOTICE] = {.name = "notice",
                     .by_hand = true,
                     .topic = TOPIC_ANNOUNCEMENTS,
                     .lane = LANE_MANY,
                     .required = FACTS(FACT_SUBJECT, FACT_BODY),
                     .optional = FACTS(FACT_NAME, FACT_TRAINING, FACT_LINK)},
    [KIND_OPENS_SOON] = {.name = "opens_soon",
                         .topic = TOPIC_REMINDERS,
                         .lane = LANE_MANY,
                         .training = true,
                         .required = FACTS(FACT_TRAINING, FACT_OPENS),
                         .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CLOSES)},
    [KIND_CLOSES_SOON] = {.name = "closes_soon",
                          .topic = TOPIC_REMINDERS,
                          .lane = LANE_MANY,
                          .training = true,
                          .required = FACTS(FACT_TRAINING, FACT_CLOSES),
                          .optional = FACTS(FACT_NAME, FACT_LINK, FACT_OPENS)},
    [KIND_WEBINAR_SOON] = {.name = "webinar_soon",
                           .topic = TOPIC_REMINDERS,
                           .lane = LANE_MANY,
                           .training = true,
                           .required = FACTS(FACT_TRAINING, FACT_STARTS),
                           .optional = FACTS(FACT_NAME, FACT_IMPLEMENTATION, FACT_ORGANISER, FACT_PLACES, FACT_PLACE_COUNT, FACT_WEBINARS,
                                             FACT_UNIT, FACT_REGISTRATION, FACT_LINK)},
    [KIND_OFFER_ENDS] = {.name = "offer_ends", /* of the places, not of the reminders: in a digest of tomorrow it would come too late */
                         .topic = TOPIC_PLACES,
                         .lane = LANE_OWN,
                         .training = true,
                         .required = FACTS(FACT_TRAINING, FACT_REPLY_DUE),
                         .optional = FACTS(REGISTRATION)},
    [KIND_DIGEST] = {.name = "digest", /* its topic is that of what it gathers (FACT_TOPIC); this one stands where none was said */
                     .topic = TOPIC_REMINDERS,
                     .lane = LANE_MANY,
                     .required = FACTS(FACT_TOPIC, FACT_COUNT, FACT_ENTRIES),
                     .optional = FACTS(FACT_NAME, FACT_LINK)},
    /* --- grants: all own matters; what is a reminder can be turned off, nothing else can --- */
    [KIND_DRAFT_CLOSES] = {.name = "draft_closes",
                           .topic = TOPIC_REMINDERS,
                           .lane = LANE_OWN,
                           .required = FACTS(FACT_CALL, FACT_CALL_FI, FACT_CLOSES),
                           .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, FACT_PROJECT, FACT_CALL_SV, FACT_CALL_EN)},
    [KIND_APPLICATION_RECEIVED] = {.name = "application_received",
                                   .topic = TOPIC_DECISIONS,
                                   .lane = LANE_OWN,
                                   .statutory = true,
                                   .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_RECEIVED, FACT_RECEIPT),
                                   .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, CALL, FACT_APPLIED, FACT_AGAIN)},
    [KIND_SUPPLEMENT_REQUESTED] = {.name = "supplement_requested",
                                   .topic = TOPIC_DECISIONS,
                                   .lane = LANE_OWN,
                                   .statutory = true,
                                   .pdf = true,
                                   .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_WORDS, FACT_DUE),
                                   .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    [KIND_SUPPLEMENT_DUE] = {.name = "supplement_due",
                             .topic = TOPIC_REMINDERS,
                             .lane = LANE_OWN,
                             .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_DUE),
                             .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    [KIND_APPLICATION_ENDED] = {.name = "application_ended", /* a draft may have neither a title nor a number */
                                .topic = TOPIC_DECISIONS,
                                .lane = LANE_OWN,
                                .statutory = true,
                                .required = FACTS(FACT_OUTCOME),
                                .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, CALL, FACT_PROJECT, FACT_REGISTER, FACT_REASON)},
    [KIND_GRANT_DECISION] = {.name = "grant_decision", /* the decision itself is attached */
                             .topic = TOPIC_DECISIONS,
                             .lane = LANE_OWN,
                             .statutory = true,
                             .required = FACTS(FACT_PROJECT, FACT_REGISTER),
                             .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, CALL, AUTHORITY, FACT_GRANTED, FACT_CORRECTED, FACT_LEAD,
                                               FACT_AMOUNT, FACT_SHARE, FACT_DUE, FACT_USE_UNTIL, FACT_DOCUMENT)},
    [KIND_GRANT_ANSWERED] = {.name = "grant_answered",
                             .topic = TOPIC_DECISIONS,
                             .lane = LANE_OWN,
                             .statutory = true,
                             .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_OUTCOME),
                             .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, FACT_AMOUNT)},
    [KIND_GRANT_PAYMENT] = {.name = "grant_payment",
                            .topic = TOPIC_DECISIONS,
                            .lane = LANE_OWN,
                            .statutory = true,
                            .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_OUTCOME, FACT_AMOUNT),
                            .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, FACT_PAID_ON, FACT_ACCOUNT, FACT_REFERENCE)},
    [KIND_AMENDMENT_DECIDED] = {.name = "amendment_decided",
                                .topic = TOPIC_DECISIONS,
                                .lane = LANE_OWN,
                                .statutory = true,
                                .pdf = true,
                                .required = FACTS(FACT_PROJECT, FACT_REGISTER),
                                .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, FACT_USE_UNTIL, FACT_PERIOD, FACT_PERIOD_REASON,
                                                  FACT_CONTENT, FACT_CONTENT_REASON, FACT_BUDGET, FACT_BUDGET_REASON, FACT_CONSORTIUM,
                                                  FACT_CONSORTIUM_REASON, FACT_LEAD, REVIEW)},
    [KIND_REPORT_DUE] = {.name = "report_due",
                         .topic = TOPIC_REMINDERS,
                         .lane = LANE_OWN,
                         .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_REPORT, FACT_DUE),
                         .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    [KIND_REPORT_LATE] = {.name = "report_late",
                          .topic = TOPIC_DECISIONS,
                          .lane = LANE_OWN,
                          .statutory = true,
                          .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_REPORT, FACT_DUE),
                          .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    [KIND_REPORT_REVIEWED] = {.name = "report_reviewed",
                              .topic = TOPIC_DECISIONS,
                              .lane = LANE_OWN,
                              .statutory = true,
                              .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_REPORT, FACT_OUTCOME),
                              .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, FACT_WORDS, FACT_DUE, FACT_USED)},
    [KIND_RECOVERY] = {.name = "recovery",
                       .topic = TOPIC_DECISIONS,
                       .lane = LANE_OWN,
                       .statutory = true,
                       .pdf = true,
                       .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_OUTCOME, FACT_AMOUNT),
                       .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, FACT_RECOVERY, FACT_WORDS, FACT_DUE, REVIEW)},
    [KIND_ANSWER_DUE] = {.name = "answer_due",
                         .topic = TOPIC_REMINDERS,
                         .lane = LANE_OWN,
                         .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_DUE),
                         .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    [KIND_REPAYMENT_DUE] = {.name = "repayment_due",
                            .topic = TOPIC_REMINDERS,
                            .lane = LANE_OWN,
                            .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_DUE),
                            .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    [KIND_REPAYMENT_LATE] = {.name = "repayment_late",
                             .topic = TOPIC_DECISIONS,
                             .lane = LANE_OWN,
                             .statutory = true,
                             .required = FACTS(FACT_PROJECT, FACT_REGISTER, FACT_DUE),
                             .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT)},
    /* --- municipal cases: own matters, and nothing of them can be turned off --- */
    [KIND_CASE_FILED] = {.name = "case_filed",
                         .topic = TOPIC_DECISIONS,
                         .lane = LANE_OWN,
                         .statutory = true,
                         .required = FACTS(FACT_CASE, FACT_REGISTER, FACT_RECEIVED),
                         .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, FACT_APPLIED)},
    [KIND_CASE_WITHDRAWN] = {.name = "case_withdrawn",
                             .topic = TOPIC_DECISIONS,
                             .lane = LANE_OWN,
                             .statutory = true,
                             .required = FACTS(FACT_CASE, FACT_REGISTER),
                             .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, FACT_REASON)},
    [KIND_STATEMENT_ASKED] = {.name = "statement_asked",
                              .topic = TOPIC_DECISIONS,
                              .lane = LANE_OWN,
                              .statutory = true,
                              .pdf = true,
                              .required = FACTS(FACT_CASE, FACT_REGISTER, FACT_DUE),
                              .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, FACT_GROUP, FACT_WORDS)},
    [KIND_MEETING_SUMMONED] = {.name = "meeting_summoned",
                               .topic = TOPIC_DECISIONS,
                               .lane = LANE_OWN,
                               .statutory = true,
                               .calendar = CALENDAR_MEETING,
                               .required = FACTS(FACT_MEETING),
                               .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, BOARD, FACT_PLACE, FACT_ITEMS,
                                                 FACT_ENTRIES_ADDED)},
    [KIND_MEETING_CANCELLED] = {.name = "meeting_cancelled",
                                .topic = TOPIC_CHANGES,
                                .lane = LANE_OWN,
                                .statutory = true,
                                .calendar = CALENDAR_MEETING_OFF,
                                .required = FACTS(FACT_MEETING),
                                .optional =
                                    FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, BOARD, FACT_REASON, FACT_ENTRIES_REMOVED)},
    [KIND_CASE_DECIDED] = {.name = "case_decided", /* the extract is attached, with how to request a review */
                           .topic = TOPIC_DECISIONS,
                           .lane = LANE_OWN,
                           .statutory = true,
                           .required = FACTS(FACT_CASE, FACT_REGISTER, FACT_OUTCOME),
                           .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, BOARD, FACT_SECTION, FACT_MEETING,
                                             FACT_GRANTED, FACT_APPLIED, FACT_AMOUNT, FACT_DUE, FACT_DOCUMENT)},
    [KIND_NOMINATED] = {.name = "nominated",
                        .topic = TOPIC_DECISIONS,
                        .lane = LANE_OWN,
                        .statutory = true,
                        .required = FACTS(FACT_CASE, FACT_REGISTER, FACT_GROUP),
                        .optional = FACTS(FACT_NAME, FACT_LINK, FACT_CONTACT, MUNICIPALITY, BOARD, FACT_SECTION, FACT_MEETING, FACT_ROLE,
                                          FACT_DOCUMENT)},
    [KIND_SHARE_DECIDED] = {.name = "share_decided",
                            .topic = TOPIC_DECISIONS,
                            .lane = LANE_OWN,
                            .statutory = true,
                            .required = FACTS(FACT_PROJECT, FACT_FUNDER),
                            .optional = FACTS(FACT_NAME, FACT_LINK, FACT_GRANTED, FACT_APPLIED, FACT_AMOUNT, FACT_TOTAL, FACT_PLAN_GRANTED,
                                              FACT_PLAN_REFUSED, FACT_PLAN_OPEN, FACT_COVERED)},
};

const struct kind *kind_of(enum message_kind kind)
{
    assert(kind >= KIND_CONFIRMATION && kind <= KIND_LAST);
    return &KINDS[kind];
}

bool kind_find(struct span name, enum message_kind *out)
{
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++) {
        if (span_equal(name, span_text(KINDS[kind].name))) {
            *out = (enum message_kind)kind;
            return true;
        }
    }
    return false;
}

static bool named(const enum fact_name *list, enum fact_name fact)
{
    while (*list != FACT_COUNT_OF && *list != fact)
        list++;
    return *list == fact;
}

bool kind_has(enum message_kind kind, enum fact_name fact, bool *required)
{
    *required = named(kind_of(kind)->required, fact);
    return *required || named(kind_of(kind)->optional, fact);
}

bool kind_told(enum message_kind kind, enum fact_name fact)
{
    return fact_told(fact) && !(kind == KIND_ANNOUNCEMENT && (fact == FACT_SUBJECT || fact == FACT_BODY));
}

/* What it requires and somebody told. Keys choose words and are none themselves; a digest's count only dresses what it gathers; a call's
 * Finnish name is there for the reader's. */
bool kind_essential(enum message_kind kind, enum fact_name fact)
{
    return fact_told(fact) && named(kind_of(kind)->required, fact) && fact_keys(fact) == NULL && fact != FACT_COUNT && fact != FACT_CALL_FI;
}

bool kind_check(enum message_kind kind, const struct facts *facts, enum fact_name *wrong, bool *missing)
{
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        enum fact_name fact = (enum fact_name)i;
        bool required, has = kind_has(kind, fact, &required);
        if (!kind_told(kind, fact) || (facts->of[i].known ? has : !required))
            continue;
        *wrong = fact;
        *missing = required;
        return false;
    }
    return true;
}

bool kind_ready(enum message_kind kind, const struct facts *facts, enum fact_name *wrong)
{
    for (const enum fact_name *fact = kind_of(kind)->required; *fact != FACT_COUNT_OF; fact++) {
        if (!facts->of[*fact].known) {
            *wrong = *fact;
            return false;
        }
    }
    return true;
}

const char *topic_name(enum topic topic)
{
    switch (topic) {
    case TOPIC_PLACES:
        return "places";
    case TOPIC_DECISIONS:
        return "decisions";
    case TOPIC_CHANGES:
        return "changes";
    case TOPIC_REMINDERS:
        return "reminders";
    case TOPIC_WINDOWS:
        return "windows";
    case TOPIC_ANNOUNCEMENTS:
        return "announcements";
    }
    return "unknown";
}

bool topic_fixed(enum topic topic)
{
    return topic <= TOPIC_CHANGES;
}
