/* A programme (koulutus) with its implementations (toteutus): the boundary within which everything must hold at once.
 *
 * Two caps, both hard: the programme's and each implementation's. They need not agree (VEPO: 280 in all, 320 by its
 * implementations); neither is "corrected" by the other. Counters are kept, never counted: taken and waiting on both, the last
 * order number on both, the end of the order chain on the implementation. Every change of them goes through place.h.
 *
 * The writer holds the programme's row lock while it decides, so these structs are the truth until COMMIT. */
#ifndef HV_ENROLMENT_DOMAIN_PROGRAMME_H
#define HV_ENROLMENT_DOMAIN_PROGRAMME_H
#include "services/enrolment/domain/eligibility.h"
#include "services/enrolment/domain/question.h"
#include "services/enrolment/domain/registration.h"
#include "services/enrolment/domain/text.h"
#include "services/enrolment/domain/window.h"

/* Sizes an import may have; they also bound what one batch can load. */
#define PROGRAMME_IMPLEMENTATIONS_MAX 100
#define PROGRAMME_UNITS_MAX           50
#define PROGRAMME_WEBINARS_MAX        50 /* of one unit */
#define PROGRAMME_WINDOWS_MAX         20
#define PROGRAMME_SEATS_MAX           100000 /* capacity and cap */
#define PROGRAMME_WAITING_MAX         2000   /* waiting_cap of one implementation: all who wait can be loaded when a capacity rises */
#define PROGRAMME_REPLY_HOURS_MAX     (24 * 60)
#define PROGRAMME_HOLD_MINUTES_MAX    60
#define PROGRAMME_RETENTION_DAYS_MAX  (50 * 366)

struct webinar {
    int64_t starts_us, ends_us;
    bool advance_notice; /* the date may still change */
    struct uuid id;      /* stays when the times change */
    uint32_t sequence;   /* rises with each change of the times, and when it is called off */
    bool cancelled;      /* called off; kept so that calendars hear of it */
};

struct unit { /* study unit (opintojakso) */
    struct uuid id;
    uint32_t ordinal, credits_tenths;
    struct text title;
    const struct webinar *webinars;
    size_t webinar_count;
};

enum mode { MODE_UNKNOWN = 0, MODE_ON_SITE = 1, MODE_ONLINE = 2, MODE_HYBRID = 3 };

struct implementation {
    struct uuid id;
    struct programme *programme;
    uint32_t capacity, taken, waiting, waiting_cap, last_order;
    uint32_t held;     /* of the taken: kept for a form being filled, or offered */
    uint32_t reserved; /* beside the taken: kept for invitation codes */
    uint32_t given_up; /* places given up so far */
    uint64_t version;  /* of what staff set, not of the counters: an edit must not fail because somebody enrolled */
    uint32_t chain_n;
    struct hash chain_head; /* h_(chain_n) */
    int64_t chain_at_us;
    const struct rule *rules;
    size_t rule_count;
    struct registration *queue_first, *queue_last; /* who waits, in order, as far as loaded; see promotion.h */
    bool changed;                                  /* counters, capacity: the store writes them back */
    /* described: for people; loaded when asked for */
    const char *code, *region;
    uint32_t ordinal;
    struct text organiser, title, audience;
    const char *places; /* towns, a line feed between */
    enum mode mode;
};

struct programme {
    struct uuid id;
    uint32_t cap, taken, waiting, last_order, reply_hours;
    uint32_t held, reserved;
    uint32_t last_pass;   /* offers let pass on so far; see line.h */
    uint32_t last_change; /* lines of its history so far */
    uint32_t offer_hours, hold_minutes, retention_days;
    bool moderated, plan_required;
    int64_t edit_until_us, forgotten_us; /* 0: not set; its people were not forgotten yet */
    uint64_t version;
    const struct rule *rules;
    size_t rule_count;
    struct window *windows; /* by opening time */
    size_t window_count;
    const struct question *questions; /* by ordinal */
    size_t question_count;
    struct implementation *implementations; /* by ordinal */
    size_t implementation_count;
    bool changed;
    bool stored;                /* it was loaded; false: an import has just made it */
    bool drops_implementations; /* an edit has removed one, so the store deletes those that are not here */
    /* described */
    const char *code;
    struct text title;
    uint32_t credits_tenths;
    const struct unit *units; /* by ordinal */
    size_t unit_count;
    bool described; /* units and texts are loaded */
};

struct implementation *programme_implementation(const struct programme *programme, struct uuid id); /* NULL: not of this programme */
uint64_t programme_capacity_sum(const struct programme *programme);                                 /* over the implementations */

/* Whether a cap or capacity may become `wanted`: never under what is taken. Nobody loses a place to an edit. */
static inline bool capacity_allowed(uint32_t wanted, uint32_t taken)
{
    return wanted >= taken;
}

#endif
