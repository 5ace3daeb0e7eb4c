/* Parameters in PostgreSQL's binary formats: big-endian numbers, timestamptz as microseconds since 2000-01-01, arrays as
 * a header (dimensions, has-nulls, element type, length, lower bound) and length-prefixed elements. All bytes are copied
 * to the arena, which must live until the flush.
 */
#include <limits.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/db/conn.h"
#include "common/db/epoch.h"

enum { ARRAY_HEADER = 20 };

/* By enum db_type: the type's OID, its array's OID, the bytes of an element (texts: a guess to begin with). */
static const struct {
    Oid oid, array;
    size_t size;
} TYPES[] = {
    [DB_BOOL] = {16, 1000, 1},   [DB_I16] = {21, 1005, 2},     [DB_I32] = {23, 1007, 4},   [DB_I64] = {20, 1016, 8},
    [DB_TIME] = {1184, 1185, 8}, [DB_UUID] = {2950, 2951, 16}, [DB_TEXT] = {25, 1009, 32}, [DB_BYTES] = {17, 1001, 32},
};

static void put_be(uint8_t *at, uint64_t v, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = (uint8_t)(v >> (8 * (size - 1 - i)));
}

struct db_params *db_params(struct arena *arena)
{
    struct db_params *p = arena_alloc(arena, sizeof *p);

    p->arena = arena;
    return p;
}

static void add(struct db_params *p, Oid type, const void *value, size_t len)
{
    if (p->array_left != 0)
        bug("an array parameter has fewer elements than it was said to have");
    if (p->count == DB_PARAMS_MAX)
        bug("a statement has more than 40 parameters");
    if (len > INT_MAX)
        bug("a parameter is longer than 2 GiB");
    p->types[p->count] = type;
    p->values[p->count] = value;
    p->lengths[p->count] = (int)len;
    p->count++;
}

static void add_number(struct db_params *p, enum db_type type, uint64_t v)
{
    uint8_t *bytes = arena_alloc(p->arena, 8);

    put_be(bytes, v, TYPES[type].size);
    add(p, TYPES[type].oid, bytes, TYPES[type].size);
}

static void add_bytes(struct db_params *p, enum db_type type, struct span v)
{
    /* A NULL pointer would be SQL's NULL; an empty span is an empty value. */
    uint8_t *copy = arena_alloc(p->arena, v.len + 1);

    if (v.len)
        memcpy(copy, v.data, v.len);
    add(p, TYPES[type].oid, copy, v.len);
}

void db_bool(struct db_params *p, bool v)
{
    add_number(p, DB_BOOL, v);
}

void db_i16(struct db_params *p, int16_t v)
{
    add_number(p, DB_I16, (uint64_t)v);
}

void db_i32(struct db_params *p, int32_t v)
{
    add_number(p, DB_I32, (uint64_t)v);
}

void db_i64(struct db_params *p, int64_t v)
{
    add_number(p, DB_I64, (uint64_t)v);
}

void db_time(struct db_params *p, int64_t us)
{
    if (us == 0)
        add(p, TYPES[DB_TIME].oid, NULL, 0);
    else
        add_number(p, DB_TIME, (uint64_t)epoch_to_postgres(us));
}

void db_uuid(struct db_params *p, struct uuid v)
{
    add_bytes(p, DB_UUID, uuid_span(&v));
}

void db_text(struct db_params *p, struct span v)
{
    add_bytes(p, DB_TEXT, v);
}

void db_bytes(struct db_params *p, struct span v)
{
    add_bytes(p, DB_BYTES, v);
}

void db_null(struct db_params *p)
{
    add(p, 0, NULL, 0);
}

/* --- arrays ------------------------------------------------------------------------------------------------------- */

void db_array(struct db_params *p, enum db_type type, size_t count)
{
    db_array_of(p, type, count, count * TYPES[type].size);
}

void db_array_of(struct db_params *p, enum db_type type, size_t count, size_t bytes)
{
    if (count > INT32_MAX)
        bug("an array parameter has more elements than PostgreSQL counts");
    size_t cap = ARRAY_HEADER + 4 * count + bytes;

    p->array = memset(arena_room(p->arena, cap), 0, ARRAY_HEADER);
    p->array_cap = cap;
    p->array_len = count ? ARRAY_HEADER : 12; /* an empty array has no dimension, so no length and lower bound */
    p->element = type;
    put_be(p->array, count ? 1 : 0, 4);
    put_be(p->array + 8, TYPES[type].oid, 4);
    put_be(p->array + 12, count, 4);
    put_be(p->array + 16, 1, 4);
    add(p, TYPES[type].array, p->array, p->array_len);
    p->array_left = count;
}

/* Room for one element of `len` bytes, its length written; returns where its bytes go. */
static uint8_t *element(struct db_params *p, enum db_type type, size_t len)
{
    if (p->array_left == 0 || p->element != type)
        bug("an array parameter was given an element too many or of another type");
    if (p->array_len + 4 + len > p->array_cap) {
        size_t cap = 2 * p->array_cap + 4 + len;
        uint8_t *larger = arena_room(p->arena, cap);

        memcpy(larger, p->array, p->array_len);
        p->array = larger;
        p->array_cap = cap;
    }
    if (p->array_len + 4 + len > INT_MAX)
        bug("an array parameter is longer than 2 GiB");
    uint8_t *at = p->array + p->array_len;
    put_be(at, len, 4);
    p->array_len += 4 + len;
    p->array_left--;
    p->values[p->count - 1] = (const char *)p->array;
    p->lengths[p->count - 1] = (int)p->array_len;
    return at + 4;
}

static void element_number(struct db_params *p, enum db_type type, uint64_t v)
{
    put_be(element(p, type, TYPES[type].size), v, TYPES[type].size);
}

static void element_bytes(struct db_params *p, enum db_type type, struct span v)
{
    uint8_t *at = element(p, type, v.len);

    if (v.len)
        memcpy(at, v.data, v.len);
}

void db_array_bool(struct db_params *p, bool v)
{
    element_number(p, DB_BOOL, v);
}

void db_array_i16(struct db_params *p, int16_t v)
{
    element_number(p, DB_I16, (uint64_t)v);
}

void db_array_i32(struct db_params *p, int32_t v)
{
    element_number(p, DB_I32, (uint64_t)v);
}

void db_array_i64(struct db_params *p, int64_t v)
{
    element_number(p, DB_I64, (uint64_t)v);
}

void db_array_time(struct db_params *p, int64_t us)
{
    if (us != 0) {
        element_number(p, DB_TIME, (uint64_t)epoch_to_postgres(us));
        return;
    }
    if (p->element != DB_TIME)
        bug("a time was put into an array of another type");
    db_array_null(p);
}

void db_array_uuid(struct db_params *p, struct uuid v)
{
    element_bytes(p, DB_UUID, uuid_span(&v));
}

void db_array_text(struct db_params *p, struct span v)
{
    element_bytes(p, DB_TEXT, v);
}

void db_array_bytes(struct db_params *p, struct span v)
{
    element_bytes(p, DB_BYTES, v);
}

void db_array_null(struct db_params *p)
{
    uint8_t *at = element(p, p->element, 0);

    put_be(at - 4, UINT32_MAX, 4); /* length -1 */
    put_be(p->array + 4, 1, 4);    /* the array has NULLs */
}
