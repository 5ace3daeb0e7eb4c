/* Reading results: binary columns back to our types. A db_result is libpq's PGresult under our name; it costs nothing to
 * ask. Numbers are read at the width the server sent, so a wider getter reads a narrower column.
 */
#include <stdlib.h>

#include "common/base/alloc.h"
#include "common/db/conn.h"
#include "common/db/epoch.h"

static const PGresult *real(const struct db_result *r)
{
    return (const PGresult *)r;
}

const struct db_result *db_result(const struct db *db, int index)
{
    if (index < 0 || (size_t)index >= db->sent || !db->entries[index].result)
        bug("a result was asked for that no flush has brought");
    return (const struct db_result *)db->entries[index].result;
}

int db_rows(const struct db_result *r)
{
    return PQntuples(real(r));
}

int db_affected(const struct db_result *r)
{
    /* libpq declares the parameter without const and only reads it. */
    return (int)strtol(PQcmdTuples((PGresult *)(uintptr_t)r), NULL, 10);
}

bool db_get_null(const struct db_result *r, int row, int col)
{
    return PQgetisnull(real(r), row, col) == 1;
}

struct span db_get_span(const struct db_result *r, int row, int col)
{
    return span_of(PQgetvalue(real(r), row, col), (size_t)PQgetlength(real(r), row, col));
}

/* A signed number of at most `size` bytes; NULL reads as 0. */
static int64_t number(const struct db_result *r, int row, int col, size_t size)
{
    struct span bytes = db_get_span(r, row, col);
    uint64_t v = 0;

    if (bytes.len == 0)
        return 0;
    if (bytes.len > size)
        bug("a column is wider than the number it is read into");
    if (bytes.data[0] & 0x80)
        v = UINT64_MAX;
    for (size_t i = 0; i < bytes.len; i++)
        v = v << 8 | bytes.data[i];
    return (int64_t)v;
}

bool db_get_bool(const struct db_result *r, int row, int col)
{
    return number(r, row, col, 1) != 0;
}

int16_t db_get_i16(const struct db_result *r, int row, int col)
{
    return (int16_t)number(r, row, col, 2);
}

int32_t db_get_i32(const struct db_result *r, int row, int col)
{
    return (int32_t)number(r, row, col, 4);
}

int64_t db_get_i64(const struct db_result *r, int row, int col)
{
    return number(r, row, col, 8);
}

int64_t db_get_time(const struct db_result *r, int row, int col)
{
    if (db_get_null(r, row, col))
        return 0;
    return epoch_from_postgres(number(r, row, col, 8));
}

struct uuid db_get_uuid(const struct db_result *r, int row, int col)
{
    struct uuid id = {{0}};

    if (!db_get_null(r, row, col) && !uuid_read(&id, db_get_span(r, row, col)))
        bug("a column read as a UUID is not one");
    return id;
}
