/* PreviewTemplate: a letter as it would go out, with these texts or the current ones, and sample facts. Nothing is kept. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/preview.h"

enum err preview_template_needs(struct job *job, struct workset *w)
{
    return preview_needs(job, w, (const Notification__PreviewTemplateRequest *)job->message);
}

void preview_template_decide(struct job *job, struct workset *w)
{
    struct letter *letter = preview_decide(job, w, (const Notification__PreviewTemplateRequest *)job->message);
    Notification__Preview *answer = arena_alloc(job->arena, sizeof *answer);

    if (letter == NULL)
        return;
    notification__preview__init(answer);
    answer->subject = letter->subject;
    answer->text = letter->text;
    answer->html = letter->html;
    job_answer(job, &answer->base, 0);
}
