/* The municipal case of the demonstration: Kannus decides on its share of what the project Timantti costs, 3,163 euros of 401,052, as its
 * city board did in section 29. One chapter of the story, from the application to the published minutes and the feeds (up_case.c tells it,
 * up_town.c has the people and what they ask); the report is up_report_case.c.
 *
 * What is said in it stands in deploy/kannus.json, deploy/timantti-project.json and deploy/kannus-case.json; people are invented. */
#ifndef HV_HV_UP_CASE_H
#define HV_HV_UP_CASE_H
#include "services/hv/up_steps.h"

#define CASE_TOTAL_CENTS INT64_C(40105200)
#define CASE_SHARE_CENTS INT64_C(316300)
#define CASE_SECTION     29
#define CASE_NUMBER      "18/00.01.05/"
#define CASE_PASSWORD    "municipalPassword"

struct town {
    struct steps steps;
    json_t *municipality; /* deploy/kannus.json */
    json_t *words;        /* deploy/kannus-case.json: what is written and said */
    json_t *accounts;     /* user name -> id and token of this start */
};

/* deploy/NAME, a new reference; NULL: it has been said that it cannot be read. */
json_t *town_file(const struct up *up, const char *name);
/* Reads the files and makes the accounts that they name, or finds them. False: it has been said why not. */
bool town_open(struct town *town, struct up *up);
void town_close(struct town *town);
const char *town_id(const struct town *town, const char *user_name);
/* user_name: whose request; NULL: the administrator's. Takes the body; the answer is the caller's, NULL after a failed step. */
json_t *town_ask(struct town *town, const char *user_name, const char *method, const char *path, const char *key, uint64_t if_match,
                 json_t *body);
/* Where a JSON object of the files names people by user name, their id in its place: of "nominations", say. */
void town_name(const struct town *town, json_t *people);
/* The nth official with this office ("OFFICE_PREPARER"), from 0: the user name. "" when there is none. */
const char *town_official(const struct town *town, const char *office, size_t n);

#endif
