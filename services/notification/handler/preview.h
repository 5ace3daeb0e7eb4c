/* Previews: a letter written with the texts at hand and sample facts, for PreviewTemplate and TestSend; and the checks of texts that
 * PutTemplate shares with them. */
#ifndef HV_NOTIFICATION_HANDLER_PREVIEW_H
#define HV_NOTIFICATION_HANDLER_PREVIEW_H
#include "services/notification/handler/asked.h"
#include "services/notification/store/template.h"

/* Whose template; kinds and languages that are none are refused. */
enum err preview_which(struct job *job, const char *kind, const char *language, enum message_kind *k, enum language *l);
/* Whether these texts can be a template of this kind. Refused with the field, the byte and what is wrong there. */
enum err preview_check(struct job *job, enum message_kind kind, const struct template_texts *texts);
/* The letter, on the job's arena; NULL: refused, the job has failed. */
struct letter *preview_letter(struct job *job, const struct workset *w, enum message_kind kind, enum language language,
                              const struct template_texts *texts, const struct facts *facts);

/* Both halves of a preview of this request. The second returns NULL when it has refused. */
enum err preview_needs(struct job *job, struct workset *w, const Notification__PreviewTemplateRequest *request);
struct letter *preview_decide(struct job *job, struct workset *w, const Notification__PreviewTemplateRequest *request);

Notification__Template *preview_row(struct arena *arena, const struct template_row *row); /* as the API shows one */

#endif
