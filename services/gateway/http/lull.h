/* Connections between two requests. A client that never finishes the first line of its next request keeps libmicrohttpd's own
 * time-out away with a byte now and then; here the time counts from the end of the last request, whatever was sent since. */
#ifndef HV_GATEWAY_LULL_H
#define HV_GATEWAY_LULL_H
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

/* One connection; libmicrohttpd keeps it for us from its beginning to its end. */
struct lull {
    struct MHD_Connection *connection;
    struct lull *next, *prev;
    int64_t deadline_us;
    bool listed;
};

/* Those with no request under way, the longest first. */
struct lull_list {
    struct lull *first, *last;
    int64_t patience_us;
};

struct lull *lull_new(struct MHD_Connection *connection);
void lull_free(struct lull_list *list, struct lull *lull);
void lull_begin(struct lull_list *list, struct lull *lull, int64_t now_us);
void lull_end(struct lull_list *list, struct lull *lull);
/* The connection whose time is up, taken off the list; NULL: none. */
struct MHD_Connection *lull_overdue(struct lull_list *list, int64_t now_us);

#endif
