/* The people of the demonstration; see the header. Nothing here is random: person n is the same for ever, so a second run sends the
 * same requests under the same keys. */
#include "services/hv/up_people.h"

#include <stdio.h>
#include <string.h>

static const char *const given_a[] = {"Aa", "Ei", "Il", "Ou", "Sa", "Tu", "Ve", "Lu"};
static const char *const given_b[] = {"ra", "lia", "to", "ni", "mu", "ka"};
static const char *const family_a[] = {"Koivu", "Lumi", "Saari", "Kivi", "Tuuli", "Metsä", "Ranta", "Suvi", "Halla", "Pilvi"};
static const char *const family_b[] = {"sato", "harju", "vaara", "lehdo", "nummi", "käpy"};
static const char *const languages[] = {"fi", "fi", "sv", "fi", "fi", "en", "fi", "fi", "sv", "fi"};
#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* The allowed values of the first rule about a fact, or NULL. */
static const json_t *allowed_of(const json_t *holder, const char *fact)
{
    size_t i = 0;
    const json_t *rule = NULL;
    json_array_foreach(json_object_get(holder, "rules"), i, rule)
    {
        if (strcmp(api_text(rule, "fact"), fact) == 0)
            return json_object_get(rule, "allowed");
    }
    return NULL;
}

static bool allows(const json_t *allowed, const char *value)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(allowed, i, item)
    {
        if (strcmp(json_string_value(item), value) == 0)
            return true;
    }
    return !allowed;
}

/* The n-th allowed value of a fact; the implementation's rule is narrower than the programme's. */
static const char *nth_allowed(const json_t *programme, const json_t *implementation, const char *fact, size_t n, const char *fallback)
{
    const json_t *allowed = allowed_of(implementation, fact);
    if (!allowed)
        allowed = allowed_of(programme, fact);
    size_t count = json_array_size(allowed);
    return count ? json_string_value(json_array_get(allowed, n % count)) : fallback;
}

/* How many want an implementation for each hundred seats: the first ones are popular, the last ones are not; one with an audience of
 * its own draws a tenth more than it has. */
static double demand_of(const json_t *implementation, size_t rank)
{
    double capacity = (double)api_number(implementation, "capacity");
    if (json_array_size(json_object_get(implementation, "rules")) > 0)
        return capacity * 1.10;
    double skew = 1.55 - 0.085 * (double)rank;
    return capacity * (skew < 0.5 ? 0.5 : skew);
}

struct demand {
    double weight[IMPLEMENTATIONS_MAX], sum;
    unsigned given[IMPLEMENTATIONS_MAX];
    unsigned count, total;
};

static void demand_init(struct demand *demand, const json_t *implementations)
{
    memset(demand, 0, sizeof *demand);
    size_t count = json_array_size(implementations);
    demand->count = count > IMPLEMENTATIONS_MAX ? IMPLEMENTATIONS_MAX : (unsigned)count;
    for (unsigned i = 0; i < demand->count; i++) {
        demand->weight[i] = demand_of(json_array_get(implementations, i), i);
        demand->sum += demand->weight[i];
    }
}

/* The implementation that is furthest behind its share. */
static unsigned demand_next(struct demand *demand)
{
    unsigned best = 0;
    double behind = -1e9;
    demand->total++;
    for (unsigned i = 0; i < demand->count; i++) {
        double lack = demand->weight[i] * demand->total / demand->sum - demand->given[i];
        if (lack > behind) {
            behind = lack;
            best = i;
        }
    }
    demand->given[best]++;
    return best;
}

static enum person_case case_of(unsigned n)
{
    switch (n % 20) {
    case 3:
        return PERSON_WRONG_ROLE;
    case 9:
        return PERSON_WRONG_LEVEL;
    case 16:
        return n % 40 == 16 ? PERSON_WRONG_IMPLEMENTATION : PERSON_WITHOUT_FACTS;
    }
    return PERSON_FITS;
}

/* An implementation with a rule about roles that a teacher does not meet; 0 when there is none. */
static unsigned restricted(const json_t *implementations)
{
    for (unsigned i = 0; i < json_array_size(implementations); i++) {
        if (!allows(allowed_of(json_array_get(implementations, i), "role"), "teacher"))
            return i;
    }
    return 0;
}

static void person_name(struct person *person, unsigned n)
{
    snprintf(person->name, sizeof person->name, "%s%s %s%s", given_a[n % COUNT(given_a)], given_b[n / COUNT(given_a) % COUNT(given_b)],
             family_a[n % COUNT(family_a)], family_b[n / COUNT(family_a) % COUNT(family_b)]);
    snprintf(person->user_name, sizeof person->user_name, "demo-%03u", n + 1);
    struct uuid space = {{0x68, 0x76, 0x2d, 0x64, 0x65, 0x6d, 0x6f}};
    person->id = uuid_from(space, span_text(person->user_name));
    uuid_format(person->id, person->id_text);
}

static void person_facts(struct person *person, unsigned n, const json_t *programme)
{
    const json_t *implementation = json_array_get(json_object_get(programme, "implementations"), person->implementation);
    person->language = languages[n % COUNT(languages)];
    person->role = nth_allowed(programme, implementation, "role", n, "teacher");
    person->level = nth_allowed(programme, implementation, "level", n / 3, "basic");
    if (person->kase == PERSON_WRONG_ROLE)
        person->role = "other";
    if (person->kase == PERSON_WRONG_LEVEL)
        person->level = "vocational";
    if (person->kase == PERSON_WRONG_IMPLEMENTATION)
        person->role = "teacher";
}

void people_make(struct person *people, const json_t *programme)
{
    const json_t *implementations = json_object_get(programme, "implementations");
    struct demand demand;
    demand_init(&demand, implementations);
    for (unsigned n = 0; n < PEOPLE; n++) {
        struct person *person = &people[n];
        memset(person, 0, sizeof *person);
        person_name(person, n);
        person->kase = case_of(n);
        if (person->kase == PERSON_FITS)
            person->implementation = demand_next(&demand);
        else if (person->kase == PERSON_WRONG_IMPLEMENTATION)
            person->implementation = restricted(implementations);
        else
            person->implementation = n % (demand.count ? demand.count : 1);
        person_facts(person, n, programme);
    }
}

json_t *person_json(const struct person *person)
{
    char email[64];
    snprintf(email, sizeof email, "%s@example.fi", person->user_name);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", person->name, "email", email, "language", person->language, "role",
                     person->role, "level", person->level, "organisationKind", "municipality", "organisation", "Esimerkkilän kunta",
                     "region", "uusimaa");
}
