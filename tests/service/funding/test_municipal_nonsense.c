/* Nonsense: each method of the municipal cases is asked a thousand times by whoever may, with fields of which most are likely and some are
 * drawn by lot: empty, far too long, of no language, ids of something else, negative money, days that are none, brackets without end.
 * Whatever comes, the answer is one of a service that stands: done, or refused for a reason of the asker's; never an internal fault, and
 * never an end of the process. */
#include <stdlib.h>

#include "common/base/day.h"
#include "tests/service/funding/municipal.h"

enum { ROUNDS = 20, AT_ONCE = 16, LONG = 30000 };

static struct rig *rig;
static struct rig_town town;
static uint64_t lot = 18000105;
static char longest[2 * LONG + 1];

static size_t draw(size_t most)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(lot >> 33) % most;
}

static char *a_text(void)
{
    static const char *const texts[] = {"",           "x",
                                        "fi",         "sv",
                                        "en",         "[[Nimi Nimelä]] esitti.",
                                        "[[auki",     "]] kiinni [[",
                                        "[[ ]]",      "2026-03-10",
                                        "2099-12-31", "10.3.2026",
                                        "\n",         "- yksi\n- kaksi",
                                        "\x01",       "<b>&amp;</b>",
                                        "KH",         "00.01.05",
                                        "text/plain", "a@example.fi",
                                        "ä",          "hakemus.txt",
                                        "\u202e",     "1. yksi\n2. kaksi"};
    const size_t which = draw(sizeof texts / sizeof texts[0] + 2);

    if (which < sizeof texts / sizeof texts[0])
        return (char *)(uintptr_t)texts[which];
    const size_t len = which % 2 == 0 ? 2 * (1 + draw(300)) : 2 * (1 + draw(LONG));
    char *text = arena_alloc(rig_arena(rig), len + 1);
    memcpy(text, longest, len);
    text[len] = '\0';
    return text;
}

static int64_t a_number(void)
{
    static const int64_t numbers[] = {0, 1, 2, 3, -1, 100000, 316300, INT64_MAX, INT64_MIN, 1000000000000000, 30, 22};
    const size_t which = draw(sizeof numbers / sizeof numbers[0] + 2);

    return which < sizeof numbers / sizeof numbers[0] ? numbers[which] : time_now_us() + (int64_t)draw(1000) * TIME_HOUR;
}

/* --- what is likely, by the name of the field ------------------------------------------------------------------------------------ */

static const struct {
    const char *name, *text;
} TEXTS[] = {{"language", "fi"},
             {"contact_language", "sv"},
             {"contact_email", "a@example.fi"},
             {"due_on", "2099-12-31"},
             {"referred_due_on", "2099-12-31"},
             {"given_on", "2026-03-04"},
             {"media_type", "text/plain"},
             {"name", "Nimi Nimelä"},
             {"code", "KH"},
             {"series", "00.01.05"},
             {"languages", "fi"},
             {"page_token", ""},
             {"ground", "28 §"},
             {"remark", "[[Nimi]] arvioi"}};

static char *likely_text(const char *name)
{
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        if (strcmp(TEXTS[i].name, name) == 0)
            return (char *)(uintptr_t)TEXTS[i].text;
    return (char *)"Päätettiin näin.";
}

static int64_t likely_number(const char *name)
{
    if (strcmp(name, "starts_us") == 0)
        return time_now_us() + TIME_HOUR;
    if (strcmp(name, "names_days") == 0)
        return 30;
    return strcmp(name, "cents") == 0 ? (int64_t)draw(100001) : (int64_t)(1 + draw(2));
}

/* Ids are kept in groups: what they are of. */
enum group { OF_TOWN, OF_BOARD, OF_PERSON, OF_CASE, OF_SHARE, OF_PROJECT, OF_MEETING, OF_ITEM, OF_STATEMENT, GROUPS };
static const char *const GROUP_FIELDS[GROUPS] = {"municipality_id", "board_id",   "person_id", "case_id",     "share_id",
                                                 "project_id",      "meeting_id", "item_id",   "statement_id"};
static struct {
    struct uuid ids[8];
    size_t count;
} known[GROUPS];

static void know(enum group group, struct uuid id)
{
    assert_true(known[group].count < 8);
    known[group].ids[known[group].count++] = id;
}

static ProtobufCBinaryData id_in(size_t group)
{
    return rig_bytes(&known[group].ids[draw(known[group].count)]);
}

static ProtobufCBinaryData likely_bytes(const char *name)
{
    if (strcmp(name, "content") == 0)
        return (ProtobufCBinaryData){7, (uint8_t *)(uintptr_t) "Hakemus"};
    if (strcmp(name, "case_ids") == 0)
        return id_in(OF_CASE);
    for (size_t g = 0; g < GROUPS; g++)
        if (strcmp(GROUP_FIELDS[g], name) == 0)
            return id_in(g);
    return id_in(OF_PERSON);
}

static ProtobufCBinaryData any_bytes(void)
{
    switch (draw(8)) {
    case 0:
        return (ProtobufCBinaryData){0};
    case 1:
        return (ProtobufCBinaryData){1 + draw(40), (uint8_t *)(uintptr_t)longest};
    }
    return id_in(draw(GROUPS));
}

static bool likely(void)
{
    return draw(20) != 0;
}

static void fill(ProtobufCMessage *message, int depth);

static ProtobufCMessage *a_message(const ProtobufCMessageDescriptor *descriptor, int depth)
{
    ProtobufCMessage *message = arena_alloc(rig_arena(rig), descriptor->sizeof_message);

    descriptor->message_init(message);
    if (depth < 5)
        fill(message, depth + 1);
    return message;
}

/* One value of a field, where it stands. */
static void put(const ProtobufCFieldDescriptor *field, void *at, int depth)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        *(char **)at = likely() ? likely_text(field->name) : a_text();
        return;
    case PROTOBUF_C_TYPE_BYTES:
        *(ProtobufCBinaryData *)at = likely() ? likely_bytes(field->name) : any_bytes();
        return;
    case PROTOBUF_C_TYPE_MESSAGE:
        *(ProtobufCMessage **)at = a_message(field->descriptor, depth);
        return;
    case PROTOBUF_C_TYPE_ENUM:
        *(int *)at = likely() ? (int)(1 + draw(2)) : (int)draw(9) - 1;
        return;
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)at = (protobuf_c_boolean)draw(2);
        return;
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_INT32:
        *(uint32_t *)at = (uint32_t)(likely() ? likely_number(field->name) : a_number());
        return;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        *(int64_t *)at = likely() ? likely_number(field->name) : a_number();
        return;
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE:
        break;
    }
    fail_msg("a field of a kind that no message here has: %s", field->name);
}

static size_t size_of(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_ENUM:
        return sizeof(int);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
    case PROTOBUF_C_TYPE_BOOL:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE:
        break;
    }
    return sizeof(void *);
}

static void fill(ProtobufCMessage *message, int depth)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        uint8_t *at = (uint8_t *)message + field->offset;

        if (draw(25) == 0)
            continue; /* absent */
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            put(field, at, depth);
            continue;
        }
        const size_t count = draw(4);
        uint8_t *list = arena_array(rig_arena(rig), count + 1, size_of(field));
        for (size_t k = 0; k < count; k++)
            put(field, list + k * size_of(field), depth);
        *(void **)(void *)at = list;
        *(size_t *)(void *)((uint8_t *)message + field->quantifier_offset) = count;
    }
}

/* --- asking ------------------------------------------------------------------------------------------------------------------------ */

/* What the message is about, as it is now: those that are asked for need it. */
static uint64_t version_of(const ProtobufCMessage *message)
{
    static const char *const tables[][2] = {{"case_id", "municipal_case"}, {"meeting_id", "meeting"}, {"item_id", "item"}};

    for (size_t i = 0; i < 3; i++) {
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(message->descriptor, tables[i][0]);
        const ProtobufCBinaryData *id = field != NULL ? (const void *)((const uint8_t *)message + field->offset) : NULL;
        char text[UUID_TEXT];
        if (id == NULL || id->len != 16)
            continue;
        uuid_format(rig_id(*id), text);
        return (uint64_t)kit_sql_int(rig_pg(rig), "select coalesce((select version from funding.%s where id = '%s'), 1)", tables[i][1],
                                     text);
    }
    return 0;
}

/* Mostly by somebody with all offices; by a member with a seat; by anybody. */
static struct answer *ask(const ProtobufCMethodDescriptor *method)
{
    const struct uuid people[] = {town.preparer, town.preparer, town.members[0], known[OF_PERSON].ids[0], {{0}}};
    const ProtobufCMessage *message = a_message(method->input, 0);

    return rig_send(rig, &(struct ask){.method = method->name,
                                       .message = message,
                                       .actor = people[likely() ? draw(4) : 4],
                                       .roles = likely() ? UINT32_MAX : (uint32_t)draw(1024),
                                       .if_match = likely() ? version_of(message) : draw(8),
                                       .language = draw(3) == 0 ? a_text() : NULL});
}

static bool stands(enum err err)
{
    return err != ERR_INTERNAL && err != ERR_UNAVAILABLE && err != ERR_TIMEOUT && err != ERR_CONFLICT;
}

static void test_nonsense(void **state)
{
    const ProtobufCServiceDescriptor *service = &municipal__municipal__descriptor;
    (void)state;
    for (int round = 0; round < ROUNDS; round++)
        for (unsigned m = 0; m < service->n_methods; m++) {
            struct answer *answers[AT_ONCE];
            for (size_t i = 0; i < AT_ONCE; i++)
                answers[i] = ask(&service->methods[m]);
            rig_wait(rig);
            for (size_t i = 0; i < AT_ONCE; i++)
                if (!stands(answers[i]->err))
                    fail_msg("%s: %s %s %s", service->methods[m].name, err_text(answers[i]->err)->name, answers[i]->rule,
                             answers[i]->field);
            rig_rest(rig);
        }
}

/* One preparer who has every office. */
static void all_offices(void)
{
    Municipal__Municipality *content;

    town.presenter = town.secretary = town.preparer;
    content = rig_town_content(rig, &town);
    (void)rig_got(rig_import_town(rig, content, false, rig_new_id(), RIG_ADMIN));
}

static int setup(void **state)
{
    for (size_t i = 0; i < LONG; i++)
        memcpy(longest + 2 * i, "ä", 2);
    *state = rig = rig_new(1, 1);
    town = rig_town(rig, "town");
    all_offices();
    const struct rig_case filed = rig_case_filed(rig, &town, 100000), prepared = rig_case_prepared(rig, &town, 100000);
    const struct rig_case up = rig_case_proposed(rig, &town, 100000), done = rig_case_proposed(rig, &town, 100000),
                          waiting = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting published = rig_case_granted(rig, &town, &done), open = rig_meeting_open(rig, &town, &up, 1);
    const struct rig_meeting planned = rig_meeting_planned(rig, &town, NULL, 0);
    const int64_t plan[] = {100, 200, 300, 400};
    struct uuid shares[4];
    know(OF_TOWN, town.id);
    know(OF_BOARD, town.board);
    know(OF_PERSON, filed.applicant);
    for (size_t i = 0; i < 3; i++)
        know(OF_PERSON, town.members[i]);
    const struct rig_case cases[] = {filed, prepared, up, done, waiting};
    for (size_t i = 0; i < 5; i++)
        know(OF_CASE, cases[i].id);
    know(OF_PROJECT, rig_plan(rig, "free", plan, 4, shares));
    for (size_t i = 1; i < 4; i++)
        know(OF_SHARE, shares[i]);
    know(OF_MEETING, published.id);
    know(OF_MEETING, open.id);
    know(OF_MEETING, planned.id);
    know(OF_ITEM, published.items[0]);
    know(OF_ITEM, open.items[0]);
    know(OF_STATEMENT, rig_new_id());
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nonsense, rig_group_rest), /* whatever is asked, the service stands */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
