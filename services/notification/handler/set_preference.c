/* SetPreference: at once, once a day, or no mail, for one topic; works for what is in the queue already, since the sender reads it with
 * each message. In the inbox everything stays. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/preference_answer.h"

enum err set_preference_needs(struct job *job, struct workset *w)
{
    const Notification__SetPreferenceRequest *request = (const Notification__SetPreferenceRequest *)job->message;

    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    const enum err err = preference_check(job, request->topic, request->mail);
    if (err == ERR_OK)
        preference_want(w, job, job->actor);
    return err;
}

void set_preference_decide(struct job *job, struct workset *w)
{
    const Notification__SetPreferenceRequest *request = (const Notification__SetPreferenceRequest *)job->message;

    if (!preference_found(w, job).known) {
        (void)job_fail(job, ERR_REFUSED, "notification.preference.nobody", NULL,
                       "Tallenna ensin omat tietosi (PUT /api/me); sitten voit valita viestisi",
                       "Spara först dina egna uppgifter (PUT /api/me); sedan kan du välja dina meddelanden",
                       "Store your own particulars first (PUT /api/me); then you can choose your messages");
        return;
    }
    if (!topic_fixed((enum topic)request->topic)) /* a fixed one is on, and asked to be */
        preference_put(w, job->actor, (enum topic)request->topic, (enum mail_setting)request->mail);
    preferences_answer(job, w, job->actor);
}
