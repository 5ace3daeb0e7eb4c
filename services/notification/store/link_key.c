/* See link_key.h. */
#include "services/notification/store/link_key.h"

#include <string.h>

#include "common/base/hash.h"

static const struct db_stmt STMT_DRAW = {"link_key_draw", "insert into link_key (id, key) values (1, $1) on conflict do nothing"};
static const struct db_stmt STMT_READ = {"link_key_read", "select key from link_key where id = 1"};

static enum err draw(struct db *db, struct arena *arena, uint8_t out[TOKEN_KEY_SIZE])
{
    struct db_params *p = db_params(arena);

    random_bytes(out, TOKEN_KEY_SIZE);
    db_bytes(p, span_of(out, TOKEN_KEY_SIZE));
    db_begin(db, DB_READ_WRITE);
    db_queue(db, &STMT_DRAW, p);
    const int read = db_queue(db, &STMT_READ, NULL);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, read);
    if (db_rows(r) != 1 || db_get_span(r, 0, 0).len != TOKEN_KEY_SIZE)
        return ERR_INTERNAL;
    memcpy(out, db_get_span(r, 0, 0).data, TOKEN_KEY_SIZE);
    return db_commit(db);
}

enum err link_key_get(struct db *db, uint8_t out[TOKEN_KEY_SIZE])
{
    struct arena *arena = arena_new(1024);
    const enum err err = draw(db, arena, out);

    if (err != ERR_OK)
        db_rollback(db);
    arena_free(arena);
    return err;
}
