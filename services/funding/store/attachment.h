/* Attachments of applications: plans, budgets, agreements between partners. The bytes are read only by who asks for one file; lists go
 * without. One that goes before it was ever submitted is deleted; what was part of a submission stays in the file of the case and is only
 * marked as removed. Officials see those of the last submission, whatever its owner has added or removed since. */
#ifndef HV_FUNDING_STORE_ATTACHMENT_H
#define HV_FUNDING_STORE_ATTACHMENT_H
#include "services/funding/store/workset.h"

#define ATTACHMENTS_MAX      10 /* of an application, removed ones not counted */
#define ATTACHMENT_BYTES_MAX 240000

enum attachment_kind { ATTACHMENT_PLAN = 1, ATTACHMENT_BUDGET, ATTACHMENT_AGREEMENT, ATTACHMENT_OTHER };

struct attachment {
    struct uuid id, application_id;
    enum attachment_kind kind;
    const char *name, *media_type;
    int32_t size;
    struct span sha256, content; /* content: of the one that was asked for by its id */
    int64_t added_us;
    struct uuid actor;
    bool removed;
};
struct attachment_ask {
    struct part_item item; /* first */
    struct uuid application_id;
    struct uuid id;          /* nil: all, without content */
    struct attachment *rows; /* by the time they came; removed ones are left out */
    size_t count;
    struct attachment *submitted; /* those of the last submission, the same way; removed since or not */
    size_t submitted_count;
};

void attachment_want_list(struct workset *w, const struct job *job, struct uuid application_id);
void attachment_want(struct workset *w, const struct job *job, struct uuid application_id, struct uuid id);
const struct attachment_ask *attachment_asked(const struct workset *w, const struct job *job);

void attachment_add(struct workset *w, const struct attachment *attachment); /* borrowed until the batch ends */
void attachment_remove(struct workset *w, struct uuid id, bool keep);        /* keep: it was part of a submission */

extern const struct store_part attachment_part;

#endif
