/* The crowd's machinery. See crowd.h. */
#include "tests/service/enrolment/crowd.h"

#include "tests/service/enrolment/chain_walk.h"

struct uuid crowd_id(enum crowd_kind kind, unsigned number)
{
    struct uuid id = {{0}};
    id.b[3] = (uint8_t)kind;
    id.b[6] = id.b[8] = 0x80;
    for (unsigned i = 0; i < 4; i++)
        id.b[15 - i] = (uint8_t)(number >> (8 * i));
    return id;
}

static void drop_nets(struct kit_pg *pg)
{
    (void)kit_sql(pg,
                  "do $$ declare c record; begin"
                  " for c in select conname, conrelid::regclass as tab from pg_constraint where connamespace = 'enrolment'::regnamespace"
                  " and contype = 'c' and conrelid <> 0 and conparentid = 0 loop"
                  " execute format('alter table %%s drop constraint %%I', c.tab, c.conname); end loop; end $$");
    (void)kit_sql(pg, "alter table enrolment.registration drop constraint registration_order");
    (void)kit_sql(pg, "create index registration_order on enrolment.registration (implementation_id, order_no)");
    (void)kit_sql(pg, "drop index enrolment.registration_active");
    (void)kit_sql(pg, "create index registration_active on enrolment.registration (person_id, programme_id) where state in (1, 2, 4, 5)");
}

static void make_people(struct kit_pg *pg)
{
    char text[UUID_TEXT];
    for (unsigned i = 0; i < CROWD; i++) {
        uuid_format(crowd_id(CROWD_PERSON, i), text);
        (void)kit_sql(
            pg,
            "insert into enrolment.person values ('%s', 'Kilpa %u', 'kilpa.%u@example.fi', 'fi', 'teacher', 'basic', 'private', '',"
            " '')",
            text, i, i);
    }
}

void crowd_programme(struct rig *rig, unsigned round, unsigned seats, unsigned cap, const char *columns)
{
    struct kit_pg *pg = rig_pg(rig);
    char programme[UUID_TEXT], implementation[UUID_TEXT], head[2 * HASH_SIZE + 1];
    const struct hash start = chain_start(crowd_id(CROWD_IMPLEMENTATION, round));

    uuid_format(crowd_id(CROWD_PROGRAMME, round), programme);
    uuid_format(crowd_id(CROWD_IMPLEMENTATION, round), implementation);
    for (size_t i = 0; i < HASH_SIZE; i++)
        (void)snprintf(head + 2 * i, 3, "%02x", start.b[i]);
    (void)kit_sql(pg,
                  "insert into enrolment.programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, reply_hours)"
                  " values ('%s', 'round-%u', 'Kierros', '', '', 0, %u, 0)",
                  programme, round, cap);
    (void)kit_sql(
        pg,
        "insert into enrolment.implementation (id, programme_id, code, ordinal, organiser_fi, organiser_sv, organiser_en, title_fi,"
        " title_sv, title_en, audience_fi, audience_sv, audience_en, places, region, mode, capacity, waiting_cap, chain_head)"
        " values ('%s', '%s', 'a', 1, '', '', '', '', '', '', '', '', '', '{}', '', 0, %u, %u, '\\x%s')",
        implementation, programme, seats, CROWD_WAITING, head);
    (void)kit_sql(
        pg,
        "insert into enrolment.application_window values (gen_random_uuid(), '%s', now() - interval '1 day', now() + interval '1 day',"
        " true, false)",
        programme);
    (void)kit_sql(pg, "update enrolment.programme set %s where id = '%s'", columns, programme);
}

struct rig *crowd_new(const char *program)
{
    struct rig *rig = rig_new_of(program, 2, CROWD);
    drop_nets(rig_pg(rig));
    make_people(rig_pg(rig));
    return rig;
}

unsigned crowd_undecided(const struct answer *const answers[CROWD])
{
    unsigned count = 0;
    for (size_t i = 0; i < CROWD; i++)
        count += answers[i]->err == ERR_UNAVAILABLE || answers[i]->err == ERR_TIMEOUT;
    return count;
}

bool crowd_chain_holds(struct rig *rig, unsigned round)
{
    return chain_walk(rig, crowd_id(CROWD_IMPLEMENTATION, round), &(struct chain_walk){.page = 200}) == CHAIN_OK;
}
