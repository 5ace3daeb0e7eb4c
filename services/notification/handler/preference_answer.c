/* See preference_answer.h. */
#include "services/notification/handler/preference_answer.h"

#include "services/notification/domain/token.h"

enum err preference_fixed(struct job *job)
{
    return job_fail(job, ERR_REFUSED, "notification.preference.fixed", "topic",
                    "Nämä viestit koskevat omaa paikkaasi, päätöksiä tai muuttuneita aikoja, eikä niitä voi ottaa pois",
                    "De här meddelandena gäller din egen plats, beslut eller ändrade tider och kan inte väljas bort",
                    "These messages are about your own place, decisions or changed dates, and cannot be turned off");
}

enum err preference_check(struct job *job, Notification__Topic topic, Notification__MailSetting mail)
{
    if (topic < (int)TOPIC_PLACES || topic > (int)TOPIC_LAST)
        return job_fail(job, ERR_INVALID, "notification.preference.topic", "topic", "Aihetta ei ole", "Ämnet finns inte",
                        "There is no such topic");
    if (mail < (int)MAIL_ON || mail > (int)MAIL_DAILY)
        return job_fail(job, ERR_INVALID, "notification.preference.mail", "mail",
                        "Valitse MAIL_ON (heti), MAIL_DAILY (kerran päivässä) tai MAIL_OFF (ei postia)",
                        "Välj MAIL_ON (genast), MAIL_DAILY (en gång om dagen) eller MAIL_OFF (ingen post)",
                        "Choose MAIL_ON (at once), MAIL_DAILY (once a day) or MAIL_OFF (no mail)");
    return topic_fixed((enum topic)topic) && mail != (int)MAIL_ON ? preference_fixed(job) : ERR_OK;
}

/* The person's language, and what is written in when something is not told in it. */
static void add_languages(struct arena *arena, Notification__Preferences *out, enum language language)
{
    out->languages = arena_array(arena, 2, sizeof *out->languages);
    out->languages[out->n_languages++] = (char *)(uintptr_t)language_code(language);
    if (language != LANGUAGE_FI)
        out->languages[out->n_languages++] = (char *)(uintptr_t)language_code(LANGUAGE_FI);
}

void preferences_answer(struct job *job, struct workset *w, struct uuid person)
{
    const struct preferences found = preference_found(w, job);
    Notification__Preferences *out = arena_alloc(job->arena, sizeof *out);

    notification__preferences__init(out);
    const struct span id = arena_copy(job->arena, uuid_span(&person));
    out->person_id = (ProtobufCBinaryData){id.len, (uint8_t *)(uintptr_t)id.data};
    out->preferences = arena_array(job->arena, TOPIC_LAST, sizeof *out->preferences);
    for (enum topic topic = TOPIC_PLACES; topic <= TOPIC_LAST; topic++) {
        Notification__Preference *one = arena_alloc(job->arena, sizeof *one);
        notification__preference__init(one);
        one->topic = (Notification__Topic)topic;
        one->mail = (Notification__MailSetting)found.mail[topic];
        one->fixed = topic_fixed(topic);
        out->preferences[out->n_preferences++] = one;
    }
    add_languages(job->arena, out, found.language);
    job_answer(job, &out->base, 0);
}

bool unsubscribe_read(struct job *job, const struct workset *w, const char *token, struct uuid *person, enum topic *topic)
{
    if (token_read(w->link_key, span_text(token), person, topic))
        return true;
    (void)job_fail(job, ERR_NOT_FOUND, "notification.unsubscribe.token", "token",
                   "Linkki ei ole kokonainen; kopioi se viestistä uudelleen tai muuta asetuksia kirjautuneena",
                   "Länken är inte hel; kopiera den på nytt ur meddelandet eller ändra inställningarna inloggad",
                   "The link is not whole; copy it from the message again, or change the settings when signed in");
    return false;
}

void unsubscribe_answer(struct job *job, enum topic topic, enum mail_setting mail)
{
    Notification__Unsubscribed *out = arena_alloc(job->arena, sizeof *out);

    notification__unsubscribed__init(out);
    out->topic = (Notification__Topic)topic;
    out->mail = (Notification__MailSetting)mail;
    out->fixed = topic_fixed(topic);
    job_answer(job, &out->base, 0);
}
