/* See turn.h. */
#include "tests/store/funding/turn.h"

struct uuid world_id(const char *quoted)
{
    struct uuid id;

    assert_true(uuid_parse(&id, span_of(quoted + 1, UUID_TEXT - 1)));
    return id;
}

struct job *turn_job(struct arena *arena)
{
    static const Bus__Request REQUEST = BUS__REQUEST__INIT;
    struct job *job = arena_alloc(arena, sizeof *job);

    job->arena = arena;
    job->request = &REQUEST;
    return job;
}

void turn_load(struct workset *w, struct db *db)
{
    db_begin(db, DB_READ_WRITE);
    if (workset_load(w, db) != ERR_OK)
        fail_msg("not loaded: %s", db_message(db));
}

enum err turn_try(struct workset *w, struct db *db)
{
    workset_save(w, db);
    const enum err err = db_commit(db);

    if (err != ERR_OK)
        db_rollback(db);
    return err;
}

void turn_save(struct workset *w, struct db *db)
{
    if (turn_try(w, db) != ERR_OK)
        fail_msg("not saved: %s", db_message(db));
}
