/* Unsuppress: the address works again. Messages withheld meanwhile stay withheld; RetryMessage sends those that still matter. */
#include "services/notification/handler/convert.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/suppression_answer.h"

enum err unsuppress_needs(struct job *job, struct workset *w)
{
    const Notification__UnsuppressRequest *request = (const Notification__UnsuppressRequest *)job->message;
    enum err err = suppression_check(job, request->address, request->reason, "reason");

    if (err == ERR_OK && request->reason[0] == '\0')
        err = job_fail(job, ERR_INVALID, "notification.suppression.unexplained", "reason",
                       "Kerro, miksi osoite poistetaan luettelosta: perustelu jää muutoksiin",
                       "Ange varför adressen tas bort från listan: motiveringen sparas med ändringen",
                       "Say why the address is taken off the list: the reason is kept with the change");
    if (err == ERR_OK)
        suppression_want(w, job, span_text(request->address));
    return err;
}

void unsuppress_decide(struct job *job, struct workset *w)
{
    const Notification__UnsuppressRequest *request = (const Notification__UnsuppressRequest *)job->message;
    size_t count;
    const struct suppression *old = suppression_found(w, job, &count);

    if (count == 0) {
        (void)job_fail(job, ERR_NOT_FOUND, "notification.suppression.none", "address", "Osoite ei ole luettelossa",
                       "Adressen finns inte på listan", "The address is not on the list");
        return;
    }
    suppression_remove(w, old->address, convert_reason(request->reason), job->actor);
    job_answer(job, &suppression_message(job->arena, old)->base, 0);
}
