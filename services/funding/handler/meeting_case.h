/* What use cases of meetings share: whoever asks, the meeting and its municipality in needs; who may and in which state in decide. A write
 * holds the meeting before anything else (store/part.h). */
#ifndef HV_FUNDING_HANDLER_MEETING_CASE_H
#define HV_FUNDING_HANDLER_MEETING_CASE_H
#include "services/funding/handler/municipal_who.h"
#include "services/funding/store/meeting.h"
#include "services/funding/store/municipality.h"

enum { ITEM_WORDS_MAX = 10000, ITEM_COUNTER_MAX = 4000, ITEM_DISSENT_MAX = 2000, GROUND_MAX = 1000 };

/* In needs: the id, the meeting (of the item), held, and its municipality. */
enum err meeting_want_held(struct job *job, struct workset *w, const ProtobufCBinaryData *meeting_id) MUST_CHECK;
enum err meeting_want_item_held(struct job *job, struct workset *w, const ProtobufCBinaryData *item_id) MUST_CHECK;
/* In decide, of a write: whoever names a version acts on that one (false: refused); it is not asked of them. */
bool version_is_seen(struct job *job, int64_t version);
/* In decide, of a write: the meeting; NULL: the job was refused, for there is none, or who asks is not a secretary of its municipality. */
struct meeting *meeting_of_secretary(struct job *job, struct workset *w);
/* The same of an item. */
struct item *item_of_secretary(struct job *job, struct workset *w);
/* Whoever is in the meeting, as a board member; NULL: the job was refused. */
const struct attendee *meeting_present(struct job *job, const struct meeting *meeting);

/* Who reads the meeting as one of its own: an official of the municipality, an admin, a member of the board. */
enum meeting_reader { MEETING_FOR_PUBLIC, MEETING_FOR_MEMBER, MEETING_FOR_OFFICIAL };
enum meeting_reader meeting_reader_of(const struct job *job, const struct meeting *meeting, const struct municipality *municipality);
/* Officials see it from its beginning, others once it is summoned. */
bool meeting_visible(const struct meeting *meeting, enum meeting_reader reader);

/* Refuses with this rule, its texts, and the state of the meeting as a fact. */
void meeting_refuse(struct job *job, const struct meeting *meeting, const char *rule, const char *fi, const char *sv, const char *en);
bool meeting_is_in(struct job *job, const struct meeting *meeting, enum meeting_state state); /* false: refused with what to do */
/* When a meeting begins: in the years in which sections are numbered. */
enum err meeting_check_starts(struct job *job, int64_t starts_us) MUST_CHECK;
/* Refuses (false) when no more than half of the board may take part in the item. */
bool item_quorum(struct job *job, const struct meeting *meeting, const struct item *item, const struct municipality *municipality);

#endif
