/* Templates in their table: seeding at the start, versions, and what stays an operator's. On a real PostgreSQL. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/template.h"
#include "services/notification/store/template.h"
#include "tests/store/notification/shelf.h"

#define NOW SHELF_NOW
#define ALL (KIND_LAST * LANGUAGE_COUNT)

static int seed(struct shelf *s)
{
    int written;

    assert_int_equal(template_seed(s->db, s->arena, NOW, &written), ERR_OK);
    return written;
}

static struct template_ask *ask(struct shelf *s, struct workset **w, int what, int32_t version)
{
    static struct job job;
    *w = shelf_begin(s, NOW);
    struct template_ask *ask = template_ask(*w, &job);

    ask->what = what;
    ask->kind = KIND_OFFER;
    ask->language = LANGUAGE_SV;
    ask->version = version;
    shelf_load(s, *w);
    assert_ptr_equal(template_asked(*w, &job), ask);
    return ask;
}

static void test_seeds_once(void **state)
{
    struct shelf *s = *state;

    assert_int_equal(seed(s), ALL);
    assert_int_equal(seed(s), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.template where built_in and version = 1"), ALL);
    assert_string_equal(kit_sql(s->pg, "select subject from notification.template where kind = 7 and language = 'sv'"),
                        template_built_in(KIND_OFFER, LANGUAGE_SV)->subject);
}

static void test_seeds_anew(void **state)
{
    struct shelf *s = *state;

    (void)seed(s);
    (void)kit_sql(s->pg, "update notification.template set subject = 'vanha' where kind = 7"); /* as an older program had it */
    (void)kit_sql(s->pg, "insert into notification.template values (1, 'fi', 2, 'Oma', 'Oma', '', false, now(), null)");
    (void)kit_sql(s->pg, "delete from notification.template where kind = 16 and language = 'en'");
    assert_int_equal(seed(s), 3 + 1);
    assert_string_equal(kit_sql(s->pg, "select string_agg(version::text || built_in, ' ' order by version) from notification.template "
                                       "where kind = 7 and language = 'fi'"),
                        "1true 2true");
    assert_int_equal(kit_sql_int(s->pg, "select max(version) from notification.template where kind = 1 and language = 'fi'"), 2);
    assert_int_equal(seed(s), 0);
}

struct replica {
    pthread_t thread;
    struct db *db;
    struct arena *arena;
    enum err err;
    int written;
};

static void *start_replica(void *arg)
{
    struct replica *r = arg;

    r->err = template_seed(r->db, r->arena, NOW, &r->written);
    return NULL;
}

static void test_two_start_at_once(void **state)
{
    struct shelf *s = *state;
    struct replica replicas[2];
    int written = 0;

    for (int i = 0; i < 2; i++) {
        replicas[i] = (struct replica){.arena = arena_new(65536)};
        assert_int_equal(db_open(&replicas[i].db, &s->config, kit_log()), ERR_OK);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&replicas[i].thread, NULL, start_replica, &replicas[i]), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(replicas[i].thread, NULL), 0);
        assert_int_equal(replicas[i].err, ERR_OK);
        written += replicas[i].written;
        db_close(replicas[i].db);
        arena_free(replicas[i].arena);
    }
    assert_int_equal(written, ALL);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.template"), ALL);
}

static void test_versions(void **state)
{
    struct shelf *s = *state;
    struct workset *w;
    struct template_ask *current;

    (void)seed(s);
    current = ask(s, &w, TEMPLATE_ASK_LOCK, 0);
    assert_int_equal(current->count, 1);
    assert_true(current->rows[0].built_in);
    struct template_row row = current->rows[0];
    row.version++;
    row.built_in = false;
    row.created_by = shelf_id(7);
    row.texts = (struct template_texts){span_text("Ämne"), span_text("Text"), span_text("<p>Text</p>")};
    template_put(w, &row);
    workset_save(w, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);

    current = ask(s, &w, TEMPLATE_ASK_ONE, 0);
    assert_int_equal(current->rows[0].version, 2);
    assert_true(span_equal(current->rows[0].texts.html, span_text("<p>Text</p>")));
    assert_int_equal(current->rows[0].created_us, NOW);
    assert_int_equal(uuid_compare(current->rows[0].created_by, shelf_id(7)), 0);
    db_rollback(s->db);
    current = ask(s, &w, TEMPLATE_ASK_ONE, 1);
    assert_true(span_equal(current->rows[0].texts.subject, span_text(template_built_in(KIND_OFFER, LANGUAGE_SV)->subject)));
    db_rollback(s->db);
    assert_int_equal(ask(s, &w, TEMPLATE_ASK_ONE, 3)->count, 0);
    db_rollback(s->db);
    assert_int_equal(ask(s, &w, TEMPLATE_ASK_LIST, 0)->count, ALL);
    db_rollback(s->db);
}

/* What an operator wrote is what the next claim gets. */
static void test_claimed(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *dues;

    (void)seed(s);
    (void)kit_sql(s->pg, "insert into notification.template values (3, 'sv', 2, 'Eget', 'Egna ord', '', false, now(), null)");
    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &dues), 1);
    assert_int_equal(dues[0].template_version, 2);
    assert_true(span_equal(dues[0].texts.text, span_text("Egna ord")));
    assert_true(dues[0].first);
    spool_close(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_seeds_once, shelf_clear), /* all kinds and languages; a second start writes nothing */
        cmocka_unit_test_setup(test_seeds_anew,
                               shelf_clear), /* older built-in words get a new version, an operator's stay, a lost one is back */
        cmocka_unit_test_setup(test_two_start_at_once, shelf_clear), /* one of two replicas writes them */
        cmocka_unit_test_setup(test_versions, shelf_clear), /* the newest is the current one; old ones are kept; lists are without texts */
        cmocka_unit_test_setup(test_claimed, shelf_clear),  /* what an operator wrote is what a sender gets */
    };
    return cmocka_run_group_tests_name("notification templates in their table", tests, shelf_open, shelf_close);
}
