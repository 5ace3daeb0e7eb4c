/* Application windows: half-open intervals [opens, closes) on the time a request arrived at the gateway.
 *
 * Half-open, so that two windows can follow each other without a moment that belongs to both or to neither, and so that
 * "closes at 16:00" refuses what arrives at 16:00:00.000000. Arrival counts, not the moment the batch runs: what was sent in
 * time is in time however long the queue (act 13/2003, section 10, on arrival of an electronic message). */
#ifndef HV_ENROLMENT_DOMAIN_WINDOW_H
#define HV_ENROLMENT_DOMAIN_WINDOW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"

struct window {
    struct uuid id;
    int64_t opens_us, closes_us;   /* UTC, microseconds */
    uint32_t quota, used;          /* a second round's own limit (0: none), and how many registrations came through this window */
    bool opened_told, closed_told; /* WindowOpened and WindowClosed have been sent */
    bool changed;                  /* the store writes it back */
};

enum window_state {
    WINDOW_NONE,    /* the programme has no window at all */
    WINDOW_NOT_YET, /* some window opens later */
    WINDOW_OPEN,
    WINDOW_CLOSED /* the last one has closed */
};

/* The window that holds `at_us`, or the one with this id; NULL: there is none. */
struct window *window_at(struct window *windows, size_t count, int64_t at_us);
struct window *window_by_id(struct window *windows, size_t count, struct uuid id);

/* A quota is used up by registrations through the window. Only where there is one is it counted, so a window without one is never
 * written by an enrolment, and a quota set later counts from then. A hold that ends gives back what it took, if it took any, and whatever
 * became of the quota since (registration.quota_window); a cancellation gives nothing back. */
bool window_quota_left(const struct window *window);
bool window_quota_use(struct window *window); /* whether it was counted */
void window_quota_return(struct window *window);

/* Where `at_us` falls. *edge_us gets the moment a refusal names: the next opening, or the last closing. */
enum window_state window_state_at(const struct window *windows, size_t count, int64_t at_us, int64_t *edge_us);

/* Which announcement is due at now_us, each at most once. A window that closed before anybody looked is told both, in order. */
bool window_opening_due(const struct window *window, int64_t now_us);
bool window_closing_due(const struct window *window, int64_t now_us);

/* A new one. Of one that has long closed nobody is told. */
struct window window_added(struct uuid id, int64_t opens_us, int64_t closes_us, int64_t now_us);

/* Moves a window. An announcement is taken back only when its moment lies in the future again, so nobody hears it twice. */
void window_move(struct window *window, int64_t opens_us, int64_t closes_us, int64_t now_us);

bool window_overlaps(const struct window *a, const struct window *b);

#endif
