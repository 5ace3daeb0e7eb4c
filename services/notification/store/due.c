/* The columns of STMT_CLAIM and its two companions, by name. See due.h. */
#include "services/notification/store/due.h"

#include "services/notification/store/facts.h"

enum column { /* in the order of the select; three in a row where it says 3 */
              NUMBER,
              TRIES,
              QUEUED,
              PROMISED,
              ID,
              EVENT,
              RECIPIENT,
              KIND,
              TOPIC,
              TRAINING,
              IMPLEMENTATION,
              REGISTRATION,
              REGISTRATION_VERSION,
              UNIT,
              WEBINAR,
              ANNOUNCEMENT,
              REMINDER,
              WEBINAR_SEQUENCE,
              ORIGIN,
              ORIGIN_VERSION,
              FACTS,
              ATTACHED,
              TEST,
              PERSON_KNOWN,
              NAME,
              EMAIL,
              LANGUAGE,
              SETTING,
              SUPPRESSED,
              TEMPLATE_VERSION,
              TRAINING_KNOWN,
              TRAINING_TITLE, /* 3 */
              IMPLEMENTATION_KNOWN = TRAINING_TITLE + 3,
              IMPLEMENTATION_TITLE, /* 3 */
              ORGANISER = IMPLEMENTATION_TITLE + 3,
              PLACES = ORGANISER + 3,
              PLACE_COUNT,
              ONLINE,
              UNIT_TITLE, /* 3 */
              ANNOUNCED_SUBJECT = UNIT_TITLE + 3,
              ANNOUNCED_BODY = ANNOUNCED_SUBJECT + 3,
              FIRST = ANNOUNCED_BODY + 3,
              DOUBTS,
              WRITTEN_LANGUAGE, /* of a test only, and what follows too */
              WRITTEN_SUBJECT,
              WRITTEN_TEXT,
              WRITTEN_HTML
};

static struct span keep(struct arena *arena, const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? span_text("") : arena_copy(arena, db_get_span(r, row, col));
}

static struct texts read_texts(struct arena *arena, const struct db_result *r, int row, int col)
{
    return (struct texts){.fi = keep(arena, r, row, col), .sv = keep(arena, r, row, col + 1), .en = keep(arena, r, row, col + 2)};
}

static struct message read_said(struct arena *arena, const struct db_result *r, int row)
{
    struct message said = {.id = db_get_uuid(r, row, ID),
                           .event_id = db_get_uuid(r, row, EVENT),
                           .recipient_id = db_get_uuid(r, row, RECIPIENT),
                           .kind = (enum message_kind)db_get_i16(r, row, KIND),
                           .programme_id = db_get_uuid(r, row, TRAINING),
                           .implementation_id = db_get_uuid(r, row, IMPLEMENTATION),
                           .registration_id = db_get_uuid(r, row, REGISTRATION),
                           .registration_version = db_get_i64(r, row, REGISTRATION_VERSION),
                           .unit_id = db_get_uuid(r, row, UNIT),
                           .webinar_id = db_get_uuid(r, row, WEBINAR),
                           .announcement_id = db_get_uuid(r, row, ANNOUNCEMENT),
                           .reminder_id = db_get_uuid(r, row, REMINDER),
                           .webinar_sequence = db_get_i32(r, row, WEBINAR_SEQUENCE),
                           .origin_id = db_get_uuid(r, row, ORIGIN),
                           .origin_version = db_get_i64(r, row, ORIGIN_VERSION),
                           .test = db_get_bool(r, row, TEST)};

    (void)facts_decode(arena, db_get_span(r, row, FACTS), &said.facts); /* what is not there is not known: the letter says so */
    return said;
}

static void read_person(struct arena *arena, const struct db_result *r, int row, struct due *due)
{
    struct span language = db_get_span(r, row, LANGUAGE);

    due->person = (struct recipient){.id = due->said.recipient_id,
                                     .name = keep(arena, r, row, NAME),
                                     .email = keep(arena, r, row, EMAIL),
                                     .language = language_read((const char *)language.data, language.len)};
    due->setting = db_get_null(r, row, SETTING) ? MAIL_ON : (enum mail_setting)db_get_i16(r, row, SETTING);
    due->suppressed = !db_get_null(r, row, SUPPRESSED);
}

/* Its words and their language are no template's. */
static void read_written(struct arena *arena, const struct db_result *r, int row, struct due *due)
{
    const struct span language = db_get_span(r, row, WRITTEN_LANGUAGE);

    due->person.language = language_read((const char *)language.data, language.len);
    due->template_version = 0;
    due->written = (struct template_texts){.subject = keep(arena, r, row, WRITTEN_SUBJECT),
                                           .text = keep(arena, r, row, WRITTEN_TEXT),
                                           .html = keep(arena, r, row, WRITTEN_HTML)};
}

struct due due_read(struct arena *arena, const struct db_result *r, int row)
{
    struct due due = {.number = db_get_i64(r, row, NUMBER),
                      .queued_us = db_get_time(r, row, QUEUED),
                      .promised_us = db_get_time(r, row, PROMISED),
                      .tries = db_get_i32(r, row, TRIES),
                      .said = read_said(arena, r, row),
                      .topic = (enum topic)db_get_i16(r, row, TOPIC),
                      .person_known = db_get_bool(r, row, PERSON_KNOWN),
                      .training_known = db_get_bool(r, row, TRAINING_KNOWN),
                      .implementation_known = db_get_bool(r, row, IMPLEMENTATION_KNOWN),
                      .setting = MAIL_ON,
                      .template_version = db_get_null(r, row, TEMPLATE_VERSION) ? 0 : db_get_i32(r, row, TEMPLATE_VERSION),
                      .training = read_texts(arena, r, row, TRAINING_TITLE),
                      .unit = read_texts(arena, r, row, UNIT_TITLE),
                      .announced_subject = read_texts(arena, r, row, ANNOUNCED_SUBJECT),
                      .announced_body = read_texts(arena, r, row, ANNOUNCED_BODY),
                      .first = db_get_bool(r, row, FIRST),
                      .doubts = db_get_i32(r, row, DOUBTS)};

    if (due.person_known)
        read_person(arena, r, row, &due);
    if (due.implementation_known) {
        due.implementation = read_texts(arena, r, row, IMPLEMENTATION_TITLE);
        due.organiser = read_texts(arena, r, row, ORGANISER);
        due.places = keep(arena, r, row, PLACES);
        due.place_count = db_get_i32(r, row, PLACE_COUNT);
        due.online = db_get_bool(r, row, ONLINE);
    }
    if (!db_get_null(r, row, WRITTEN_LANGUAGE))
        read_written(arena, r, row, &due);
    if (db_get_bool(r, row, ATTACHED))
        due.said.attachments = arena_array(arena, ATTACHMENTS_MAX, sizeof(struct attachment)); /* filled by due_read_attachments */
    return due;
}

/* Those of the same training stand in one piece. */
static void read_training_sessions(struct arena *arena, const struct db_result *r, struct due *due)
{
    const int rows = db_rows(r);
    int from = 0;

    while (from < rows && uuid_compare(db_get_uuid(r, from, 0), due->said.programme_id) != 0)
        from++;
    due->sessions = arena_array(arena, SPOOL_SESSIONS_MAX, sizeof *due->sessions);
    for (int row = from; row < rows && due->session_count < SPOOL_SESSIONS_MAX; row++) {
        if (uuid_compare(db_get_uuid(r, row, 0), due->said.programme_id) != 0)
            return;
        due->sessions[due->session_count++] = (struct due_session){.unit = read_texts(arena, r, row, 1),
                                                                   .webinar = {.starts_us = db_get_time(r, row, 4),
                                                                               .ends_us = db_get_time(r, row, 5),
                                                                               .advance_notice = db_get_bool(r, row, 6),
                                                                               .id = db_get_uuid(r, row, 7),
                                                                               .sequence = db_get_i32(r, row, 8),
                                                                               .cancelled = db_get_bool(r, row, 9)}};
    }
}

void due_read_sessions(struct arena *arena, const struct db_result *r, struct due *dues, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        while (same < i && uuid_compare(dues[same].said.programme_id, dues[i].said.programme_id) != 0)
            same++;
        if (same < i) {
            dues[i].sessions = dues[same].sessions;
            dues[i].session_count = dues[same].session_count;
        } else {
            read_training_sessions(arena, r, &dues[i]);
        }
    }
}

void due_read_attachments(struct arena *arena, const struct db_result *r, struct due *dues, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct message *said = &dues[i].said;
        if (said->attachments == NULL)
            continue;
        struct attachment *list = arena_array(arena, ATTACHMENTS_MAX, sizeof *list);
        for (int row = 0; row < db_rows(r) && said->attachment_count < ATTACHMENTS_MAX; row++)
            if (uuid_compare(db_get_uuid(r, row, 0), said->event_id) == 0)
                list[said->attachment_count++] = (struct attachment){
                    .name = keep(arena, r, row, 1), .media_type = keep(arena, r, row, 2), .content = keep(arena, r, row, 3)};
        said->attachments = list;
    }
}
