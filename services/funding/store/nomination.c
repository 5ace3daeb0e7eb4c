/* See nomination.h. */
#include "services/funding/store/nomination.h"

void nominations_bind(struct db_params *p, const struct nomination *rows, size_t count)
{
    db_array(p, DB_TEXT, count);
    for (size_t i = 0; i < count; i++)
        db_array_text(p, span_text(rows[i].body));
    db_array(p, DB_I16, count);
    for (size_t i = 0; i < count; i++)
        db_array_i16(p, (int16_t)rows[i].role);
    db_array(p, DB_TEXT, count);
    for (size_t i = 0; i < count; i++)
        db_array_text(p, span_text(rows[i].title));
    db_array(p, DB_TEXT, count);
    for (size_t i = 0; i < count; i++)
        db_array_text(p, span_text(rows[i].name));
    db_array(p, DB_UUID, count);
    for (size_t i = 0; i < count; i++) {
        if (uuid_is_nil(rows[i].person_id))
            db_array_null(p);
        else
            db_array_uuid(p, rows[i].person_id);
    }
}
