/* Each user name is asked for once (GET /api/accounts:find); all that are missing are told together, so that they can be made together. */
#include "services/hv/import_people.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/alloc.h"
#include "services/hv/commands.h"
#include "services/hv/output.h"

struct lookup {
    struct http *http;
    json_t *known; /* user name -> id; "" where nobody has it */
    int status;    /* of the last question */
    bool missing;
};

static const char *const ROLES[] = {"preparer", "presenter", "secretary"};

/* The role that an official or a seat needs, for the advice. */
static const char *role_of(const json_t *person)
{
    const char *office = output_text(person, "office");

    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++)
        if (strncmp(office, "OFFICE_", 7) == 0 && strcasecmp(office + 7, ROLES[i]) == 0)
            return ROLES[i];
    return "board-member";
}

/* The id of the open account with this user name, "" when there is none; lives as long as the look-up. */
static const char *id_of(struct lookup *lookup, const char *user_name)
{
    char path[512];
    json_t *found = NULL;

    if (json_object_get(lookup->known, user_name) == NULL) {
        char *escaped = http_escape(lookup->http, user_name);
        (void)snprintf(path, sizeof path, "/api/accounts:find?userName=%s", escaped);
        mem_free(escaped);
        lookup->status = http_call(lookup->http, "GET", path, NULL, &found);
        json_object_set_new(lookup->known, user_name,
                            json_string(output_text(json_array_get(json_object_get(found, "accounts"), 0), "id")));
        json_decref(found);
    }
    return json_string_value(json_object_get(lookup->known, user_name));
}

static void put_id(struct lookup *lookup, json_t *person)
{
    const char *user_name = output_text(person, "userName");

    if (lookup->status != HV_YES || *user_name == '\0')
        return;
    const char *id = id_of(lookup, user_name);
    if (lookup->status == HV_YES && *id == '\0') {
        fprintf(stderr, "hv: %s has no open account; hv account create %s --role %s makes one\n", user_name, user_name, role_of(person));
        lookup->missing = true;
    }
    json_object_set_new(person, "personId", json_string(id));
    json_object_del(person, "userName");
}

static void put_ids(struct lookup *lookup, json_t *people)
{
    json_t *person = NULL;
    size_t i = 0;

    json_array_foreach(people, i, person) put_id(lookup, person);
}

int import_people(struct http *http, json_t *municipality)
{
    struct lookup lookup = {.http = http, .known = json_object(), .status = HV_YES};
    json_t *board = NULL;
    size_t i = 0;

    put_ids(&lookup, json_object_get(municipality, "officials"));
    json_array_foreach(json_object_get(municipality, "boards"), i, board) put_ids(&lookup, json_object_get(board, "seats"));
    json_decref(lookup.known);
    if (lookup.status != HV_YES)
        return lookup.status;
    return lookup.missing ? HV_NO : HV_YES;
}
