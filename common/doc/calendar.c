/* Calendar files with libical, which escapes texts and folds lines. Times are written in UTC ("Z"): every program shows them in its
 * reader's own zone, and no zone's rules have to be in the file. */
#include <libical/ical.h>
#include <string.h>

#include "common/base/time.h"
#include "common/doc/calendar.h"
#include "common/doc/clean.h"

#define CALENDAR_MAKER "-//Hakuvayla//Hakuvayla//EN"

static struct icaltimetype calendar_time(int64_t us)
{
    return icaltime_from_timet_with_zone((time_t)(us / TIME_SECOND), 0, icaltimezone_get_utc_timezone());
}

static icalproperty_method calendar_method(enum calendar_method method)
{
    switch (method) {
    case CALENDAR_PUBLISH:
        return ICAL_METHOD_PUBLISH;
    case CALENDAR_REQUEST:
        return ICAL_METHOD_REQUEST;
    case CALENDAR_CANCEL:
        return ICAL_METHOD_CANCEL;
    }
    return ICAL_METHOD_NONE;
}

/* A property of text, cleaned; left out when there is none. libical copies. */
static void calendar_text(icalcomponent *c, icalproperty *(*make)(const char *), const char *text)
{
    struct buf clean = {0};

    if (text && *text != '\0') {
        clean_add(&clean, text);
        icalcomponent_add_property(c, make((const char *)clean.data));
    }
    buf_fini(&clean);
}

/* "mailto:" and the address. libical writes it as it is (RFC 5545, 3.3.3: no escapes), so what would end the line goes. */
static const char *calendar_mailbox(struct buf *out, const char *address)
{
    size_t kept;

    buf_text(out, "mailto:");
    kept = out->len;
    clean_add(out, address);
    for (size_t i = kept; i < out->len; i++)
        if (out->data[i] > ' ')
            out->data[kept++] = out->data[i];
    out->data[kept] = '\0';
    out->len = kept;
    return (const char *)out->data;
}

/* A name as a parameter: cannot hold a quotation mark (RFC 5545, 3.2), so an apostrophe stands for it. */
static void calendar_common_name(icalproperty *property, const char *name)
{
    struct buf clean = {0};

    if (name != NULL && *name != '\0') {
        clean_add(&clean, name);
        for (size_t i = 0; i < clean.len; i++)
            clean.data[i] = clean.data[i] == '"' ? '\'' : clean.data[i] < ' ' ? ' ' : clean.data[i];
        icalproperty_add_parameter(property, icalparameter_new_cn((const char *)clean.data));
    }
    buf_fini(&clean);
}

/* Who is invited has enrolled: they come already, and nobody waits for their answer. */
static void calendar_people(icalcomponent *event, const struct calendar_entry *entry)
{
    struct buf mailbox = {0};
    icalproperty *property;

    if (entry->organizer != NULL && *entry->organizer != '\0') {
        property = icalproperty_new_organizer(calendar_mailbox(&mailbox, entry->organizer));
        calendar_common_name(property, entry->organizer_name);
        icalcomponent_add_property(event, property);
        buf_clear(&mailbox);
    }
    if (entry->attendee != NULL && *entry->attendee != '\0') {
        property = icalproperty_new_attendee(calendar_mailbox(&mailbox, entry->attendee));
        calendar_common_name(property, entry->attendee_name);
        icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
        icalproperty_add_parameter(property, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
        icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
        icalcomponent_add_property(event, property);
    }
    buf_fini(&mailbox);
}

static icalproperty *calendar_name(const char *text)
{
    icalproperty *property = icalproperty_new_x(text);

    icalproperty_set_x_name(property, "X-WR-CALNAME");
    return property;
}

static icalcomponent *calendar_event(const struct calendar_entry *entry)
{
    icalcomponent *event = icalcomponent_new_vevent();
    icalproperty_status status = entry->cancelled   ? ICAL_STATUS_CANCELLED
                                 : entry->tentative ? ICAL_STATUS_TENTATIVE
                                                    : ICAL_STATUS_CONFIRMED;

    calendar_text(event, icalproperty_new_uid, entry->uid);
    icalcomponent_add_property(event, icalproperty_new_dtstamp(calendar_time(entry->stamp_us)));
    icalcomponent_add_property(event, icalproperty_new_sequence((int)entry->sequence));
    icalcomponent_add_property(event, icalproperty_new_dtstart(calendar_time(entry->starts_us)));
    if (entry->ends_us > entry->starts_us)
        icalcomponent_add_property(event, icalproperty_new_dtend(calendar_time(entry->ends_us)));
    icalcomponent_add_property(event, icalproperty_new_status(status));
    calendar_text(event, icalproperty_new_summary, entry->summary);
    calendar_text(event, icalproperty_new_description, entry->description);
    calendar_text(event, icalproperty_new_location, entry->location);
    calendar_people(event, entry);
    return event;
}

enum err calendar_write(struct buf *out, enum calendar_method method, const char *name, const struct calendar_entry *entries, size_t count)
{
    icalcomponent *file;
    char *text;

    for (size_t i = 0; i < count; i++)
        if (!entries[i].uid || *entries[i].uid == '\0' || entries[i].starts_us == 0)
            return ERR_INVALID;
    file = icalcomponent_new_vcalendar();
    icalcomponent_add_property(file, icalproperty_new_version("2.0"));
    icalcomponent_add_property(file, icalproperty_new_prodid(CALENDAR_MAKER));
    icalcomponent_add_property(file, icalproperty_new_method(calendar_method(method)));
    calendar_text(file, calendar_name, name);
    for (size_t i = 0; i < count; i++)
        icalcomponent_add_component(file, calendar_event(&entries[i]));
    text = icalcomponent_as_ical_string_r(file);
    buf_text(out, text);
    icalmemory_free_buffer(text);
    icalcomponent_free(file);
    return ERR_OK;
}
