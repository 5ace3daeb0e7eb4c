/* Notices: what operators have said by SendMessage and TestSend. Asked: which of the people they name are known, and whether the programme
 * is. Written: the words of a test, which go out as the preview showed them whatever the template says by then. Attachments and the
 * messages themselves go with workset_say. */
#ifndef HV_NOTIFICATION_STORE_NOTICE_H
#define HV_NOTIFICATION_STORE_NOTICE_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define NOTICE_PEOPLE_MAX 500

struct notice_ask {
    struct part_item item;     /* first */
    const struct uuid *people; /* borrowed until the batch ends */
    size_t people_count;
    struct uuid programme; /* nil: none */
    bool *known;           /* of people, one by one */
    bool programme_known;
    int programme_result;
};
struct notice_ask *notice_ask(struct workset *w, const struct job *job, const struct uuid *people, size_t count, struct uuid programme);
struct notice_ask *notice_asked(const struct workset *w, const struct job *job);

/* What a test says, for the message with this id that the same batch says (workset_say, with test set). Texts are borrowed. */
void notice_words(struct workset *w, struct uuid message, enum language language, const struct template_texts *texts);

extern const struct store_part notice_part;

#endif
