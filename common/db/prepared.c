/* The prepared statements of one connection, by name and parameter types.
 *
 * The types are declared when a statement is prepared, so the server never guesses another type than the bytes we send. A NULL without a
 * type fits any; a use whose types contradict what was prepared gets a statement of its own (name~1, name~2).
 */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/db/conn.h"

static unsigned bucket_of(const char *name)
{
    return hash_fnv(HASH_FNV_START, span_text(name)) % DB_PREPARED_BUCKETS;
}

static bool types_fit(const struct prepared *p, const struct db_params *params)
{
    int count = params ? params->count : 0;

    if (p->count != count)
        return false;
    for (int i = 0; i < count; i++) {
        if (params->types[i] != p->types[i] && params->types[i] != 0)
            return false;
    }
    return true;
}

static struct prepared *prepared_new(const struct db_stmt *stmt, const struct db_params *params, unsigned variant)
{
    struct prepared *p = mem_new(sizeof *p);
    size_t len = strlen(stmt->name) + 12;

    p->name = mem_strdup(stmt->name);
    p->server_name = mem_new(len);
    (void)snprintf(p->server_name, len, variant ? "%s~%u" : "%s", stmt->name, variant);
    p->count = params ? params->count : 0;
    if (params)
        memcpy(p->types, params->types, (size_t)p->count * sizeof p->types[0]);
    return p;
}

struct prepared *prepared_find(struct db *db, const struct db_stmt *stmt, const struct db_params *params)
{
    struct prepared **head = &db->prepared[bucket_of(stmt->name)];
    unsigned variants = 0;

    for (struct prepared *p = *head; p; p = p->next) {
        if (strcmp(p->name, stmt->name) != 0)
            continue;
        if (types_fit(p, params)) {
            p->sql = stmt->sql;
            return p;
        }
        variants++;
    }
    struct prepared *p = prepared_new(stmt, params, variants);
    p->sql = stmt->sql;
    p->next = *head;
    *head = p;
    return p;
}

void prepared_forget(struct db *db)
{
    for (unsigned i = 0; i < DB_PREPARED_BUCKETS; i++) {
        while (db->prepared[i]) {
            struct prepared *p = db->prepared[i];
            db->prepared[i] = p->next;
            mem_free(p->name);
            mem_free(p->server_name);
            mem_free(p);
        }
    }
}
