/* Proofs of keys. See data_key.h. */
#include "services/enrolment/store/data_key.h"

static const struct db_stmt ADD = {"enrolment_add_data_keys", "insert into data_key (number, proof) select * from"
                                                              " unnest($1::integer[], $2::bytea[]) on conflict do nothing"};
/* A statement of its own, so that it sees what another replica has left meanwhile. */
static const struct db_stmt WRONG = {"enrolment_wrong_data_keys",
                                     "select coalesce(max(k.number), 0) from unnest($1::integer[], $2::bytea[]) as k (number, proof)"
                                     " join data_key d on d.number = k.number and d.proof <> k.proof"};
static const struct db_stmt MISSING = {"enrolment_missing_data_keys",
                                       "select coalesce(max(d.number), 0) from data_key d where d.number <> all ($1::integer[])"
                                       " and exists (select from answer a where a.key_no = d.number and a.sealed is not null)"};

static struct db_params *params(struct arena *arena, const struct data_key *keys, size_t count, bool proofs)
{
    struct db_params *p = db_params(arena);

    db_array(p, DB_I32, count);
    for (size_t i = 0; i < count; i++)
        db_array_i32(p, (int32_t)keys[i].number);
    if (!proofs)
        return p;
    db_array(p, DB_BYTES, count);
    for (size_t i = 0; i < count; i++)
        db_array_bytes(p, span_of(keys[i].proof.b, sizeof keys[i].proof.b));
    return p;
}

enum err data_key_check(struct db *db, struct arena *arena, const struct data_key *keys, size_t count, struct data_key_report *report)
{
    db_begin(db, DB_READ_WRITE);
    (void)db_queue(db, &ADD, params(arena, keys, count, true));
    const int wrong = db_queue(db, &WRONG, params(arena, keys, count, true));
    const int missing = db_queue(db, &MISSING, params(arena, keys, count, false));
    const enum err err = db_flush(db);
    if (err == ERR_OK) {
        report->wrong = (uint32_t)db_get_i32(db_result(db, wrong), 0, 0);
        report->missing = (uint32_t)db_get_i32(db_result(db, missing), 0, 0);
    }
    if (err == ERR_OK && report->wrong == 0)
        return db_commit(db);
    db_rollback(db);
    return err;
}
