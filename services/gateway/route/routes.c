/* The table itself. Rows stand in the order of the OpenAPI document: what there is, places, who, order, mail, events, accounts. */
#include <string.h>

#include "enrolment.pb-c.h"
#include "envelope.pb-c.h"
#include "funding.pb-c.h"
#include "gateway.pb-c.h"
#include "municipal.pb-c.h"
#include "notification.pb-c.h"
#include "services/gateway/route/routes.h"

/* Public lists may be this old: short enough for a live seat count, long enough that a thousand readers a second cost one question. */
enum { FRESH_MS = 100 };

#define GET(path, home, call, access, cache, summary)                                                                                      \
    {                                                                                                                                      \
        "GET", path, home, call, access, 0, cache, 0, summary, NULL                                                                        \
    }
#define WRITE(verb, path, home, call, access, flags, body, summary)                                                                        \
    {                                                                                                                                      \
        verb, path, home, call, access, flags, 0, body, summary, NULL                                                                      \
    }

/* What looks different to whom it concerns, though anybody may look. */
#define GET_SEEN(path, home, call, summary)                                                                                                \
    {                                                                                                                                      \
        "GET", path, home, call, ROUTE_PUBLIC, ROUTE_READERS, FRESH_MS, 0, summary, NULL                                                   \
    }

#define GET_AS(fixed, path, home, call, access, cache, summary)                                                                            \
    {                                                                                                                                      \
        "GET", path, home, call, access, 0, cache, 0, summary, fixed                                                                       \
    }

static const struct route ROUTES[] = {
    /* What there is */
    GET("/api/programmes", ROUTE_ENROLMENT, "enrolment.ListProgrammes", ROUTE_PUBLIC, FRESH_MS,
        "Lists the programmes; their units and implementations come with each one."),
    WRITE(
        "POST", "/api/programmes:import", ROUTE_ENROLMENT, "enrolment.ImportProgramme", ROUTE_COORDINATOR, ROUTE_BIG, "",
        "Imports a programme, or with dryRun tells what it would do and what disagrees in the input. It replaces all that one with the same"
        " code says: what the file leaves out becomes empty, but implementations stay."),
    GET("/api/programmes/{programmeId}", ROUTE_ENROLMENT, "enrolment.GetProgramme", ROUTE_PUBLIC, FRESH_MS, "Shows a programme."),
    GET("/api/programmes/{programmeId}/implementations", ROUTE_ENROLMENT, "enrolment.ListImplementations", ROUTE_PUBLIC, FRESH_MS,
        "Lists the implementations of a programme with their live seats."),
    GET("/api/implementations/{implementationId}", ROUTE_ENROLMENT, "enrolment.GetImplementation", ROUTE_PUBLIC, FRESH_MS,
        "Shows an implementation with its live seats; its ETag is what setting its capacity asks for."),
    WRITE("PUT", "/api/implementations/{implementationId}/capacity", ROUTE_ENROLMENT, "enrolment.SetImplementationCapacity",
          ROUTE_COORDINATOR, ROUTE_IF_MATCH, "", "Sets the places of an implementation; raising them promotes the waiting."),
    WRITE("PUT", "/api/programmes/{programmeId}/cap", ROUTE_ENROLMENT, "enrolment.SetProgrammeCap", ROUTE_COORDINATOR, ROUTE_IF_MATCH, "",
          "Sets the total cap of a programme; raising it promotes the waiting."),
    WRITE("PUT", "/api/programmes/{programmeId}/windows/{windowId}", ROUTE_ENROLMENT, "enrolment.SetWindow", ROUTE_COORDINATOR,
          ROUTE_IF_MATCH, "", "Sets when an application window opens and closes."),
    WRITE("POST", "/api/programmes", ROUTE_ENROLMENT, "enrolment.CreateProgramme", ROUTE_COORDINATOR, ROUTE_CREATED | ROUTE_BIG, "",
          "Makes a programme with its parts; refused when the code is taken."),
    WRITE("PUT", "/api/programmes/{programmeId}", ROUTE_ENROLMENT, "enrolment.EditProgramme", ROUTE_COORDINATOR, ROUTE_IF_MATCH, "",
          "Replaces all that a programme says of itself; its parts have calls of their own. What is left out becomes empty: send what GET"
          " gave, with the change."),
    WRITE("POST", "/api/programmes/{programmeId}/units", ROUTE_ENROLMENT, "enrolment.PutUnit", ROUTE_COORDINATOR,
          ROUTE_IF_MATCH | ROUTE_CREATED, "", "Adds a study unit with its webinars."),
    WRITE("PUT", "/api/programmes/{programmeId}/units/{unitId}", ROUTE_ENROLMENT, "enrolment.PutUnit", ROUTE_COORDINATOR, ROUTE_IF_MATCH,
          "",
          "Replaces a study unit and its webinars; calendars hear of moved dates. What is left out becomes empty: send what GET gave, with"
          " the change. A webinar without its id is a new one; those left out are called off, and everybody is told."),
    WRITE("POST", "/api/programmes/{programmeId}/units/{unitId}:remove", ROUTE_ENROLMENT, "enrolment.RemoveUnit", ROUTE_COORDINATOR,
          ROUTE_IF_MATCH, "", "Removes a study unit nobody has attended."),
    WRITE("POST", "/api/programmes/{programmeId}/implementations", ROUTE_ENROLMENT, "enrolment.PutImplementation", ROUTE_COORDINATOR,
          ROUTE_IF_MATCH | ROUTE_CREATED, "", "Adds an implementation."),
    WRITE("PUT", "/api/programmes/{programmeId}/implementations/{implementationId}", ROUTE_ENROLMENT, "enrolment.PutImplementation",
          ROUTE_COORDINATOR, ROUTE_IF_MATCH, "",
          "Replaces an implementation and its rules. What is left out becomes empty: send what GET gave, with the change."),
    WRITE("POST", "/api/programmes/{programmeId}/implementations/{implementationId}:remove", ROUTE_ENROLMENT,
          "enrolment.RemoveImplementation", ROUTE_COORDINATOR, ROUTE_IF_MATCH, "", "Removes an implementation nobody ever enrolled in."),
    WRITE("POST", "/api/programmes/{programmeId}/windows", ROUTE_ENROLMENT, "enrolment.AddWindow", ROUTE_COORDINATOR,
          ROUTE_IF_MATCH | ROUTE_CREATED, "", "Adds an application window, with a quota for a second round."),
    WRITE("POST", "/api/programmes/{programmeId}/windows/{windowId}:remove", ROUTE_ENROLMENT, "enrolment.RemoveWindow", ROUTE_COORDINATOR,
          ROUTE_IF_MATCH, "", "Removes an application window nobody enrolled through."),
    WRITE("PUT", "/api/programmes/{programmeId}/rules", ROUTE_ENROLMENT, "enrolment.PutRules", ROUTE_COORDINATOR, ROUTE_IF_MATCH, "",
          "Sets the eligibility rules of a programme."),
    WRITE("PUT", "/api/programmes/{programmeId}/implementations/{implementationId}/rules", ROUTE_ENROLMENT, "enrolment.PutRules",
          ROUTE_COORDINATOR, ROUTE_IF_MATCH, "", "Sets the eligibility rules of an implementation beside those of its programme."),
    WRITE("PUT", "/api/programmes/{programmeId}/questions", ROUTE_ENROLMENT, "enrolment.PutQuestions", ROUTE_COORDINATOR, ROUTE_IF_MATCH,
          "", "Sets the extra questions of a programme."),
    GET("/api/programmes/{programmeId}/changes", ROUTE_ENROLMENT, "enrolment.ListChanges", ROUTE_COORDINATOR, 0,
        "Lists who changed what and why, newest first."),
    GET("/api/programmes/{programmeId}/calendar.ics", ROUTE_ENROLMENT, "enrolment.GetProgrammeCalendar", ROUTE_PUBLIC, FRESH_MS,
        "Gives the webinars of a programme as a calendar."),

    /* Who */
    GET("/api/me", ROUTE_ENROLMENT, "enrolment.GetPerson", ROUTE_PARTICIPANT, 0, "Shows what is known of oneself."),
    WRITE("PUT", "/api/me", ROUTE_ENROLMENT, "enrolment.PutPerson", ROUTE_PARTICIPANT, ROUTE_NO_KEY, "person",
          "Stores one's own particulars."),
    GET("/api/persons/{personId}", ROUTE_ENROLMENT, "enrolment.GetPerson", ROUTE_COORDINATOR, 0, "Shows a person."),
    WRITE("PUT", "/api/persons/{person.id}", ROUTE_ENROLMENT, "enrolment.PutPerson", ROUTE_COORDINATOR, ROUTE_NO_KEY, "person",
          "Stores a person's particulars."),
    WRITE("PUT", "/api/programmes/{programmeId}/follow", ROUTE_ENROLMENT, "enrolment.Follow", ROUTE_PARTICIPANT, ROUTE_NO_KEY, "",
          "Follows a programme, or with stop no longer: mail when a window opens or closes."),

    /* Places */
    WRITE("POST", "/api/programmes/{programmeId}/registrations", ROUTE_ENROLMENT, "enrolment.Enrol", ROUTE_PARTICIPANT,
          ROUTE_CREATED | ROUTE_PROOF, "", "Enrols in an implementation: a place, or a place on the waiting list."),
    GET("/api/programmes/{programmeId}/registrations", ROUTE_ENROLMENT, "enrolment.ListRegistrations", ROUTE_COORDINATOR, 0,
        "Lists the registrations of a programme, or of one of its implementations, in order of enrolment."),
    GET("/api/programmes/{programmeId}/refusals", ROUTE_ENROLMENT, "enrolment.ListRefusals", ROUTE_COORDINATOR, 0,
        "Lists who was refused by which rule."),
    GET("/api/me/registrations", ROUTE_ENROLMENT, "enrolment.ListMyRegistrations", ROUTE_PARTICIPANT, 0, "Lists one's own registrations."),
    GET("/api/registrations/{registrationId}", ROUTE_ENROLMENT, "enrolment.GetRegistration", ROUTE_PARTICIPANT, 0,
        "Shows a registration with its place on the waiting list."),
    WRITE("POST", "/api/registrations/{registrationId}:cancel", ROUTE_ENROLMENT, "enrolment.Cancel", ROUTE_PARTICIPANT, 0, "",
          "Gives a place up; a coordinator, or the leader of its team, says why. After a transfer it is the new registration that is "
          "cancelled."),
    GET("/api/registrations/{registrationId}/history", ROUTE_ENROLMENT, "enrolment.GetHistory", ROUTE_PARTICIPANT, 0,
        "Shows every change of a registration."),
    WRITE("POST", "/api/programmes/{programmeId}/holds", ROUTE_ENROLMENT, "enrolment.Hold", ROUTE_PARTICIPANT, ROUTE_CREATED | ROUTE_PROOF,
          "", "Keeps a seat while the form is filled."),
    WRITE("POST", "/api/registrations/{registrationId}:confirm", ROUTE_ENROLMENT, "enrolment.Confirm", ROUTE_PARTICIPANT, 0, "",
          "Turns a held seat into a place."),
    WRITE("POST", "/api/registrations/{registrationId}:answer-offer", ROUTE_ENROLMENT, "enrolment.AnswerOffer", ROUTE_PARTICIPANT, 0, "",
          "Accepts an offered seat, declines it, or lets it pass on."),
    WRITE("POST", "/api/registrations/{registrationId}:transfer", ROUTE_ENROLMENT, "enrolment.Transfer", ROUTE_PARTICIPANT, ROUTE_CREATED,
          "", "Transfers to another implementation; answers the new registration."),
    WRITE("POST", "/api/programmes/{programmeId}/teams", ROUTE_ENROLMENT, "enrolment.EnrolTeam", ROUTE_PARTICIPANT,
          ROUTE_CREATED | ROUTE_BIG | ROUTE_PROOF, "", "Enrols a leadership team: all or none, or as many as fit."),
    GET("/api/teams/{teamId}", ROUTE_ENROLMENT, "enrolment.GetTeam", ROUTE_PARTICIPANT, 0,
        "Shows a team and the registrations of its members."),
    GET("/api/me/teams", ROUTE_ENROLMENT, "enrolment.ListMyTeams", ROUTE_PARTICIPANT, 0,
        "Lists the teams one has enrolled, without their members: members is empty here."),
    WRITE("PUT", "/api/registrations/{registrationId}/answers", ROUTE_ENROLMENT, "enrolment.SetAnswers", ROUTE_PARTICIPANT, 0, "",
          "Changes the answers to the extra questions, until the cut-off; answers with the questions, without values."),
    GET("/api/registrations/{registrationId}/answers", ROUTE_ENROLMENT, "enrolment.GetAnswers", ROUTE_PARTICIPANT, 0,
        "Shows the answers to the extra questions."),
    GET("/api/registrations/{registrationId}/calendar.ics", ROUTE_ENROLMENT, "enrolment.GetCalendar", ROUTE_PARTICIPANT, 0,
        "Gives all webinars of a registration as a calendar."),
    WRITE("POST", "/api/registrations/{registrationId}:review", ROUTE_ENROLMENT, "enrolment.Review", ROUTE_COORDINATOR, 0, "",
          "Accepts a registration, accepts it on a condition, or rejects it with a reason."),
    WRITE("POST", "/api/registrations/{registrationId}:promote", ROUTE_ENROLMENT, "enrolment.PromoteRegistration", ROUTE_COORDINATOR, 0, "",
          "Gives a waiting person a seat by hand; out of order only when said so."),
    WRITE("PUT", "/api/registrations/{registrationId}/priority", ROUTE_ENROLMENT, "enrolment.SetPriority", ROUTE_COORDINATOR, 0, "",
          "Sets the priority of a waiting person; recorded."),
    WRITE("POST", "/api/implementations/{implementationId}/invitations", ROUTE_ENROLMENT, "enrolment.CreateInvitation", ROUTE_COORDINATOR,
          ROUTE_CREATED, "", "Makes an invitation code that reserves seats."),
    GET("/api/programmes/{programmeId}/invitations", ROUTE_ENROLMENT, "enrolment.ListInvitations", ROUTE_COORDINATOR, 0,
        "Lists the invitation codes of a programme."),
    WRITE("POST", "/api/invitations/{invitationId}:revoke", ROUTE_ENROLMENT, "enrolment.RevokeInvitation", ROUTE_COORDINATOR, 0, "",
          "Revokes an invitation code and frees what is left of it."),
    WRITE("POST", "/api/programmes/{programmeId}/announcements", ROUTE_ENROLMENT, "enrolment.SendAnnouncement", ROUTE_COORDINATOR,
          ROUTE_CREATED, "", "Sends a message to the participants."),
    GET("/api/programmes/{programmeId}/announcements", ROUTE_ENROLMENT, "enrolment.ListAnnouncements", ROUTE_COORDINATOR, 0,
        "Lists the messages sent to participants."),
    GET("/api/programmes/{programmeId}/registrations:export", ROUTE_ENROLMENT, "enrolment.ExportRegistrations", ROUTE_COORDINATOR, 0,
        "Exports the registrations in order of enrolment, for a spreadsheet."),

    /* Learning */
    WRITE("PUT", "/api/programmes/{programmeId}/units/{unitId}/attendance", ROUTE_ENROLMENT, "enrolment.MarkAttendance", ROUTE_COORDINATOR,
          ROUTE_BIG, "", "Marks by list who was present in a study unit."),
    GET("/api/programmes/{programmeId}/units/{unitId}/attendance", ROUTE_ENROLMENT, "enrolment.GetAttendance", ROUTE_COORDINATOR, 0,
        "Shows the list of a study unit."),
    WRITE("POST", "/api/programmes/{programmeId}/units/{unitId}/completions", ROUTE_ENROLMENT, "enrolment.MarkCompletions",
          ROUTE_COORDINATOR, ROUTE_BIG, "", "Marks by list who completed a study unit."),
    WRITE("POST", "/api/registrations/{registrationId}/plan", ROUTE_ENROLMENT, "enrolment.HandInPlan", ROUTE_PARTICIPANT, 0, "",
          "Hands in a development plan, one's own or a community's."),
    GET("/api/registrations/{registrationId}/plan", ROUTE_ENROLMENT, "enrolment.GetPlan", ROUTE_PARTICIPANT, 0,
        "Shows the development plan of a registration."),
    GET("/api/registrations/{registrationId}/progress", ROUTE_ENROLMENT, "enrolment.GetProgress", ROUTE_PARTICIPANT, 0,
        "Shows attendance, completions, credits, plan and certificate."),
    GET("/api/registrations/{registrationId}/certificate.pdf", ROUTE_ENROLMENT, "enrolment.GetCertificate", ROUTE_PARTICIPANT, 0,
        "Gives the certificate of a completed programme."),
    GET("/api/certificates/{code}", ROUTE_ENROLMENT, "enrolment.VerifyCertificate", ROUTE_PUBLIC, 0,
        "Tells whether a certificate is genuine."),
    GET("/api/programmes/{programmeId}/trainee-days", ROUTE_ENROLMENT, "enrolment.GetTraineeDays", ROUTE_COORDINATOR, 0,
        "Counts the trainee days as OPH does."),

    /* Order that can be verified */
    GET("/api/registrations/{registrationId}/receipt", ROUTE_ENROLMENT, "enrolment.GetReceipt", ROUTE_PARTICIPANT, 0,
        "Gives the signed receipt of a registration."),
    GET("/api/implementations/{implementationId}/chain", ROUTE_ENROLMENT, "enrolment.GetChain", ROUTE_PUBLIC, 0,
        "Exports the order chain of an implementation; it holds no personal data."),
    GET("/api/implementations/{implementationId}/chain/head", ROUTE_ENROLMENT, "enrolment.GetChainHead", ROUTE_PUBLIC, FRESH_MS,
        "Shows the signed head of the order chain."),
    GET("/api/chains.atom", ROUTE_ENROLMENT, "enrolment.GetChainFeed", ROUTE_PUBLIC, FRESH_MS,
        "Gives the published heads of all order chains as a feed."),
    GET("/api/programmes/{programmeId}/fairness", ROUTE_ENROLMENT, "enrolment.GetFairness", ROUTE_COORDINATOR, 0,
        "Compares arrival at the gateway with the order given: inversions, waits, shares."),

    /* Privacy */
    WRITE("POST", "/api/me:erase", ROUTE_ENROLMENT, "enrolment.ErasePerson", ROUTE_PARTICIPANT, ROUTE_ERASES, "",
          "Forgets oneself: gives up all places, deletes all particulars and closes the account."),
    WRITE("POST", "/api/persons/{personId}:erase", ROUTE_ENROLMENT, "enrolment.ErasePerson", ROUTE_ADMIN, ROUTE_ERASES, "",
          "Forgets a person and closes the account."),
    GET("/api/forgotten", ROUTE_ENROLMENT, "enrolment.ListForgotten", ROUTE_ADMIN, 0,
        "Lists the ids of people who were forgotten: after a restore they are to be forgotten again."),
    WRITE("POST", "/api/answers:reseal", ROUTE_ENROLMENT, "enrolment.ResealAnswers", ROUTE_ADMIN, 0, "",
          "Seals sensitive answers with the newest key; ask again while some are left."),

    /* Mail */
    GET("/api/me/messages", ROUTE_NOTIFICATION, "notification.ListMyMessages", ROUTE_PARTICIPANT, 0, "Lists the mails sent to oneself."),
    WRITE("POST", "/api/me/messages:read", ROUTE_NOTIFICATION, "notification.MarkRead", ROUTE_PARTICIPANT, ROUTE_NO_KEY, "",
          "Marks a message of one's inbox as read; with the newest one and allUntil all of them."),
    GET("/api/me/inbox", ROUTE_NOTIFICATION, "notification.GetInbox", ROUTE_PARTICIPANT, 0,
        "Counts one's unread messages, up to a hundred."),
    GET("/api/me/preferences", ROUTE_NOTIFICATION, "notification.GetPreferences", ROUTE_PARTICIPANT, 0,
        "Shows what one gets by mail, topic by topic."),
    WRITE("PUT", "/api/me/preferences/{topic}", ROUTE_NOTIFICATION, "notification.SetPreference", ROUTE_PARTICIPANT, ROUTE_NO_KEY, "",
          "Sets whether a topic comes by mail at once, once a day or not at all. What is about one's own place cannot be turned off."),
    GET("/api/persons/{personId}/preferences", ROUTE_NOTIFICATION, "notification.GetPreferences", ROUTE_ADMIN, 0,
        "Shows what a person gets by mail; 404: nobody has told us of them."),
    GET("/api/me/feed-link", ROUTE_NOTIFICATION, "notification.GetFeedLink", ROUTE_PARTICIPANT, 0,
        "Shows the secret address of one's own feed; empty while there is none."),
    WRITE("POST", "/api/me/feed-link", ROUTE_NOTIFICATION, "notification.ReplaceFeedLink", ROUTE_PARTICIPANT, 0, "",
          "Makes the secret address of one's own feed, or a new one; the old one ends."),
    GET("/api/unsubscribe/{token}.html", ROUTE_NOTIFICATION, "notification.ShowUnsubscribe", ROUTE_PUBLIC, 0,
        "Shows the page that the link in a mail's footer leads to; changes nothing."),
    GET("/api/unsubscribe/{token}/{mail}", ROUTE_NOTIFICATION, "notification.ShowUnsubscribe", ROUTE_PUBLIC, 0,
        "Shows the same page at the address of one of its buttons, which a reader may load again; changes nothing."),
    WRITE("POST", "/api/unsubscribe/{token}/{mail}", ROUTE_NOTIFICATION, "notification.ChooseMail", ROUTE_PUBLIC, ROUTE_NO_KEY | ROUTE_FORM,
          "", "Sets how the topic of a mail's link comes; a button of that page."),
    GET("/api/unsubscribe/{token}", ROUTE_NOTIFICATION, "notification.GetUnsubscribe", ROUTE_PUBLIC, 0,
        "Shows what the link of a mail would turn off; changes nothing."),
    WRITE("POST", "/api/unsubscribe/{token}", ROUTE_NOTIFICATION, "notification.Unsubscribe", ROUTE_PUBLIC, ROUTE_NO_KEY | ROUTE_FORM, "",
          "Turns a topic off by the link of a mail, in one click (RFC 8058)."),
    GET("/api/messages", ROUTE_NOTIFICATION, "notification.ListMessages", ROUTE_LETTERS, 0,
        "Lists mails, newest first. Who prepares or decides grants, or keeps a board's minutes, gets those of one event (eventId), without "
        "their words."),
    WRITE(
        "POST", "/api/messages", ROUTE_NOTIFICATION, "notification.SendMessage", ROUTE_ADMIN, ROUTE_BIG, "",
        "Says something to up to 500 people, now or later, with attachments (PDF, calendar). All facts of its kind are checked now; people"
        " nobody knows are listed in the answer."),
    GET("/api/messages:summary", ROUTE_NOTIFICATION, "notification.GetSummary", ROUTE_ADMIN, 0, "Counts the mails by their state."),
    GET("/api/reminders", ROUTE_NOTIFICATION, "notification.ListReminders", ROUTE_ADMIN, 0,
        "Lists what people are going to be reminded of and when, what was told, and what was called off; newest first."),
    GET("/api/messages/{messageId}", ROUTE_NOTIFICATION, "notification.GetMessage", ROUTE_PARTICIPANT, 0,
        "Shows a mail with its attempts."),
    GET("/api/messages/{messageId}/attachments/{n}", ROUTE_NOTIFICATION, "notification.GetAttachment", ROUTE_PARTICIPANT, 0,
        "Gives a file that was attached to a mail, to its recipient and to admins."),
    GET("/api/messages/{messageId}/moves", ROUTE_NOTIFICATION, "notification.GetMoves", ROUTE_ADMIN, 0,
        "Lists every change of a message's state: when, why, and by whose hand."),
    WRITE("POST", "/api/messages/{messageId}:call-off", ROUTE_NOTIFICATION, "notification.CallOffMessage", ROUTE_ADMIN, 0, "",
          "Calls off a message that is still queued; who and why is in its moves."),
    WRITE("POST", "/api/messages:call-off", ROUTE_NOTIFICATION, "notification.CallOffMessages", ROUTE_ADMIN, 0, "",
          "Calls off what is still queued of one sending, by its eventId; answers how many."),
    WRITE("POST", "/api/messages:retry", ROUTE_NOTIFICATION, "notification.RetryMessages", ROUTE_ADMIN, 0, "",
          "Puts up to 500 failed, bounced or withheld messages in the queue again, the newest first; answers how many, and whether there"
          " are more."),
    GET("/api/promise", ROUTE_NOTIFICATION, "notification.GetPromise", ROUTE_PUBLIC, FRESH_MS,
        "Shows how many mails left within 10 s of their event, day by day; 950 of 1000 are promised."),
    WRITE("POST", "/api/messages/{messageId}:retry", ROUTE_NOTIFICATION, "notification.RetryMessage", ROUTE_ADMIN, 0, "",
          "Puts a failed, bounced or withheld message in the queue again; who and why is in its moves."),

    /* Feeds */
    GET_AS("format=FEED_ATOM", "/api/feeds/trainings.atom", ROUTE_NOTIFICATION, "notification.GetTrainingFeed", ROUTE_PUBLIC, FRESH_MS,
           "Gives the trainings one can enrol in now or within half a year as a feed (Atom), in the reader's language."),
    GET_AS("format=FEED_RSS", "/api/feeds/trainings.rss", ROUTE_NOTIFICATION, "notification.GetTrainingFeed", ROUTE_PUBLIC, FRESH_MS,
           "The same as RSS."),
    GET_AS("format=FEED_ATOM", "/api/feeds/{token}.atom", ROUTE_NOTIFICATION, "notification.GetPersonFeed", ROUTE_PUBLIC, 0,
           "Gives somebody's messages as a feed (Atom); whoever has the address sees it."),
    GET_AS("format=FEED_RSS", "/api/feeds/{token}.rss", ROUTE_NOTIFICATION, "notification.GetPersonFeed", ROUTE_PUBLIC, 0,
           "The same as RSS."),

    /* Templates */
    GET("/api/templates", ROUTE_NOTIFICATION, "notification.ListTemplates", ROUTE_ADMIN, 0,
        "Lists the kinds of messages with their facts and the current version of each language."),
    GET("/api/templates/{kind}/{language}", ROUTE_NOTIFICATION, "notification.GetTemplate", ROUTE_ADMIN, 0,
        "Shows a template: a version of it, or the current one, whose ETag is what changing it asks for."),
    WRITE("PUT", "/api/templates/{kind}/{language}", ROUTE_NOTIFICATION, "notification.PutTemplate", ROUTE_ADMIN, ROUTE_IF_MATCH, "",
          "Makes a new version of a template. Refused with the place and the reason where a text does not parse or says what its kind does"
          " not have."),
    WRITE("POST", "/api/templates/{kind}/{language}:preview", ROUTE_NOTIFICATION, "notification.PreviewTemplate", ROUTE_ADMIN, ROUTE_NO_KEY,
          "", "Writes a letter with these texts, or the current ones, and sample facts; nothing is kept."),
    WRITE("POST", "/api/templates/{preview.kind}/{preview.language}:test", ROUTE_NOTIFICATION, "notification.TestSend", ROUTE_ADMIN, 0, "",
          "Sends the preview to one's own address."),

    /* Addresses that do not work */
    GET("/api/suppressions", ROUTE_NOTIFICATION, "notification.ListSuppressions", ROUTE_ADMIN, 0, "Lists the addresses that get no mail."),
    GET("/api/suppressions/changes", ROUTE_NOTIFICATION, "notification.ListSuppressionChanges", ROUTE_ADMIN, 0,
        "Lists who put which address onto that list or took it away, when and why."),
    WRITE("POST", "/api/suppressions", ROUTE_NOTIFICATION, "notification.Suppress", ROUTE_ADMIN, 0, "",
          "Puts an address onto the list of those that get no mail."),
    WRITE("POST", "/api/suppressions:remove", ROUTE_NOTIFICATION, "notification.Unsuppress", ROUTE_ADMIN, 0, "",
          "Takes an address off that list: it works again. The reason is kept."),
    WRITE("POST", "/api/bounces", ROUTE_NOTIFICATION, "notification.ReportBounce", ROUTE_ADMIN, ROUTE_BIG, "",
          "Takes a delivery status notification (RFC 3464): its message is bounced, and a dead address gets no more mail. Or a "
          "complaint (RFC 5965): whoever complained gets no more mail."),

    /* Webhooks */
    GET("/api/webhooks", ROUTE_NOTIFICATION, "notification.ListWebhooks", ROUTE_ADMIN, 0,
        "Lists the webhooks: who gets which events where."),
    WRITE("POST", "/api/webhooks", ROUTE_NOTIFICATION, "notification.CreateWebhook", ROUTE_ADMIN, ROUTE_CREATED, "",
          "Makes a webhook (Standard Webhooks 1.0.0) for the types it names, or for all with allTypes; only this answer holds its secret."),
    GET("/api/webhooks/{webhookId}", ROUTE_NOTIFICATION, "notification.GetWebhook", ROUTE_ADMIN, 0,
        "Shows a webhook with its newest deliveries; its ETag is what changing it asks for."),
    WRITE("PUT", "/api/webhooks/{webhookId}", ROUTE_NOTIFICATION, "notification.EditWebhook", ROUTE_ADMIN, ROUTE_IF_MATCH, "",
          "Replaces what a webhook was made with, and disables or enables it. What is left out becomes empty, but a state stays."),
    WRITE("POST", "/api/webhooks/{webhookId}:rotate", ROUTE_NOTIFICATION, "notification.RotateWebhook", ROUTE_ADMIN, 0, "",
          "Gives a webhook a new secret, which the answer holds; for 24 hours the old one signs too."),
    WRITE("POST", "/api/webhooks/{webhookId}:remove", ROUTE_NOTIFICATION, "notification.RemoveWebhook", ROUTE_ADMIN, 0, "",
          "Removes a webhook and all that was to go there."),
    WRITE("POST", "/api/webhooks/{webhookId}:test", ROUTE_NOTIFICATION, "notification.TestWebhook", ROUTE_ADMIN, 0, "",
          "Sends a webhook an event of type webhook.test."),
    WRITE("POST", "/api/webhook-deliveries/{deliveryId}:retry", ROUTE_NOTIFICATION, "notification.RetryDelivery", ROUTE_ADMIN, 0, "",
          "Sends a failed delivery again, or one that waits at once, under the same id."),

/* Grants */
#include "services/gateway/route/routes_funding.inc"
#include "services/gateway/route/routes_municipal.inc"

    /* Events, for operators */
    GET("/api/events/{service}/streams", ROUTE_NAMED, "bus.ListStreams", ROUTE_ADMIN, 0,
        "Lists the event streams of a service and how far it has consumed those of others."),
    GET("/api/events/{service}/streams/{stream}", ROUTE_NAMED, "bus.Fetch", ROUTE_ADMIN, 0, "Reads events of a stream after a number."),
    GET("/api/events/{service}/dead", ROUTE_NAMED, "bus.ListDead", ROUTE_ADMIN, 0, "Lists the events a service could not apply."),
    WRITE("POST", "/api/events/{service}/dead:retry", ROUTE_NAMED, "bus.RetryDead", ROUTE_ADMIN, 0, "", "Applies a dead event again."),
    WRITE("POST", "/api/events/{service}/rewind", ROUTE_NAMED, "bus.Rewind", ROUTE_ADMIN, ROUTE_NO_KEY, "",
          "Moves a service's cursor back, so that events are applied again."),

    /* Accounts */
    WRITE("POST", "/api/session", ROUTE_GATEWAY, "gateway.SignIn", ROUTE_PUBLIC, ROUTE_NO_KEY | ROUTE_PROOF, "",
          "Signs in: sets the session cookie, answers the CSRF token."),
    GET("/api/session", ROUTE_GATEWAY, "gateway.GetSession", ROUTE_PARTICIPANT, 0, "Tells who one is."),
    WRITE("DELETE", "/api/session", ROUTE_GATEWAY, "gateway.SignOut", ROUTE_PARTICIPANT, ROUTE_NO_KEY, 0, "Signs out."),
    WRITE("PUT", "/api/session/password", ROUTE_GATEWAY, "gateway.ChangePassword", ROUTE_PARTICIPANT, ROUTE_NO_KEY, "",
          "Changes one's own password."),
    WRITE("POST", "/api/accounts", ROUTE_GATEWAY, "gateway.CreateAccounts", ROUTE_ADMIN, ROUTE_NO_KEY | ROUTE_CREATED | ROUTE_BIG, "",
          "Makes accounts, up to 1000 at once, all or none."),
    GET("/api/accounts", ROUTE_GATEWAY, "gateway.ListAccounts", ROUTE_ADMIN, 0, "Lists the accounts."),
    GET("/api/accounts:find", ROUTE_GATEWAY, "gateway.FindAccounts", ROUTE_STAFF, 0,
        "Finds open accounts: whose whole user name one knows, or the staff with a role; their ids, user names and roles, no more."),
    WRITE("PUT", "/api/accounts/{accountId}", ROUTE_GATEWAY, "gateway.SetAccount", ROUTE_ADMIN, ROUTE_NO_KEY | ROUTE_IF_MATCH, "",
          "Sets the roles of an account, or closes it."),
    WRITE("POST", "/api/tokens", ROUTE_GATEWAY, "gateway.CreateToken", ROUTE_PARTICIPANT, ROUTE_NO_KEY | ROUTE_CREATED, "",
          "Makes an API token; it is shown this once."),
    GET("/api/tokens", ROUTE_GATEWAY, "gateway.ListTokens", ROUTE_PARTICIPANT, 0, "Lists API tokens."),
    WRITE("DELETE", "/api/tokens/{tokenId}", ROUTE_GATEWAY, "gateway.RevokeToken", ROUTE_PARTICIPANT, ROUTE_NO_KEY, 0,
          "Revokes an API token."),
    GET("/api/audit", ROUTE_GATEWAY, "gateway.ListAudit", ROUTE_ADMIN, 0, "Lists sign-ins and changes of accounts and tokens."),
};

bool route_fixes(const struct route *route, struct span name)
{
    const char *fixed = route->fixed;

    return fixed && strncmp(fixed, (const char *)name.data, name.len) == 0 && fixed[name.len] == '=';
}

const struct route *routes_table(size_t *count)
{
    *count = sizeof ROUTES / sizeof ROUTES[0];
    return ROUTES;
}

const ProtobufCMethodDescriptor *route_method(const struct route *route)
{
    static const ProtobufCServiceDescriptor *const SERVICES[] = {&enrolment__enrolment__descriptor, &notification__notification__descriptor,
                                                                 &funding__funding__descriptor,     &municipal__municipal__descriptor,
                                                                 &bus__event_log__descriptor,       &gateway__gateway__descriptor};
    const char *dot = strchr(route->call, '.');
    for (size_t i = 0; dot && i < sizeof SERVICES / sizeof SERVICES[0]; i++) {
        size_t len = strlen(SERVICES[i]->package);
        if (len == (size_t)(dot - route->call) && memcmp(SERVICES[i]->package, route->call, len) == 0)
            return protobuf_c_service_descriptor_get_method_by_name(SERVICES[i], dot + 1);
    }
    return NULL;
}
