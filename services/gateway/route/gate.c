/* The gate: identity, the route's "who may", and the headers a write must carry. Credentials are looked at and never logged. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/alloc.h"
#include "common/wire/limits.h"
#include "services/gateway/auth/account.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

static bool is_write(const struct errand *errand)
{
    return strcmp(errand->x->verb, "GET") != 0;
}

/* A fault of the credentials, in words: which of them, and what to do. */
static Bus__Problem *identify_problem(const struct errand *errand, const struct auth_headers *headers, enum err err)
{
    if (err == ERR_FORBIDDEN)
        return problem_make(
            errand->x->arena, "request.csrf-token", "X-CSRF-Token",
            "Otsake X-CSRF-Token puuttuu tai on väärä: istunnolla muuttava lähettää sen arvon, jonka GET /api/session antaa",
            "Huvudfältet X-CSRF-Token saknas eller är fel: den som ändrar något med en session sänder värdet ur GET /api/session",
            "The header X-CSRF-Token is missing or wrong: a write with a session carries the value that GET /api/session gives");
    if (headers->authorization)
        return problem_make(errand->x->arena, "request.unauthenticated", "Authorization",
                            "API-tunnus on väärä, vanhentunut tai peruttu; tee uusi",
                            "API-tecknet är fel, har gått ut eller har återkallats; skapa ett nytt",
                            "The API token is wrong, has expired or was revoked; make a new one");
    return problem_make(errand->x->arena, "request.unauthenticated", "", "Istunto on päättynyt; kirjaudu uudelleen",
                        "Sessionen har gått ut; logga in på nytt", "The session has ended; sign in again");
}

enum err gate_identify(struct errand *errand, Bus__Problem **problem)
{
    const struct exchange *x = errand->x;
    const struct auth_headers headers = {exchange_header(x, "Cookie"), exchange_header(x, "Authorization"),
                                         exchange_header(x, "X-CSRF-Token"), is_write(errand)};
    errand->who = (struct identity){.known = false};
    if (!headers.cookie && !headers.authorization)
        return ERR_OK;
    enum err err = auth_identify(errand->dispatch->config.auth, &headers, x->received_us, &errand->who);
    if (err != ERR_OK)
        *problem = identify_problem(errand, &headers, err);
    return err;
}

/* Names the roles that would do: a fact "roles", as accounts have them. */
static Bus__Problem *forbidden_problem(struct arena *arena, uint32_t wanted)
{
    const struct err_text *words = err_text(ERR_FORBIDDEN);
    char **names;
    const size_t count = account_role_names(arena, wanted, &names);
    const char *roles = "";
    for (size_t i = 0; i < count; i++)
        roles = arena_printf(arena, "%s%s%s", roles, i > 0 ? ", " : "", names[i]);
    Bus__Problem *problem = problem_make(arena, words->id, "", words->fi, words->sv, words->en);
    problem_fact(arena, problem, "roles", roles);
    return problem;
}

/* Any of these roles will do; of the public nothing is wanted. */
static uint32_t wanted_roles(enum route_access access)
{
    switch (access) {
    case ROUTE_PUBLIC:
        return 0;
    case ROUTE_PARTICIPANT:
        return UINT32_MAX;
    case ROUTE_COORDINATOR:
        return BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_ADMIN:
        return BUS__ROLE__ROLE_ADMIN;
    case ROUTE_STAFF:
        return BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_NAMES:
        return BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_MOVES:
        return ROUTE_OFFICIALS | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_LETTERS:
        return BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_DECIDER | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_APPLICANT:
        return BUS__ROLE__ROLE_APPLICANT;
    case ROUTE_EVALUATOR:
        return BUS__ROLE__ROLE_EVALUATOR;
    case ROUTE_PREPARER:
        return BUS__ROLE__ROLE_PREPARER;
    case ROUTE_PRESENTER:
        return BUS__ROLE__ROLE_PRESENTER;
    case ROUTE_DECIDER:
        return BUS__ROLE__ROLE_DECIDER;
    case ROUTE_OFFICIAL:
        return ROUTE_OFFICIALS | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_FILING:
        return BUS__ROLE__ROLE_APPLICANT | BUS__ROLE__ROLE_PREPARER;
    case ROUTE_SECRETARY:
        return BUS__ROLE__ROLE_SECRETARY;
    case ROUTE_BOARD_MEMBER:
        return BUS__ROLE__ROLE_BOARD_MEMBER;
    case ROUTE_BOARD:
        return BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_BOARD_MEMBER;
    case ROUTE_MUNICIPAL:
        return BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PRESENTER | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN;
    case ROUTE_REGISTRY:
        return BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN;
    }
    bug("an access nobody knows");
}

static enum err gate_access(const struct errand *errand, Bus__Problem **problem)
{
    const struct identity *who = &errand->who;
    const uint32_t wanted = wanted_roles(errand->route->access);
    if (wanted == 0)
        return ERR_OK;
    if (!who->known) {
        *problem =
            problem_make(errand->x->arena, "request.unauthenticated", "", "Kirjaudu ensin sisään", "Logga in först", "Sign in first");
        return ERR_UNAUTHENTICATED;
    }
    if (who->roles & wanted)
        return ERR_OK;
    *problem = forbidden_problem(errand->x->arena, wanted);
    return ERR_FORBIDDEN;
}

struct span gate_key(const struct errand *errand)
{
    return is_write(errand) ? span_text(exchange_header(errand->x, "Idempotency-Key")) : span_of(NULL, 0);
}

/* 1..64 printable characters; anything else would be cut or mangled by somebody on the way. */
static enum err gate_check_key(const struct errand *errand, Bus__Problem **problem)
{
    struct span key = gate_key(errand);
    bool good = key.len > 0 && key.len <= WIRE_KEY_MAX;
    if (!is_write(errand) || (key.len == 0 && (errand->route->flags & ROUTE_NO_KEY)))
        return ERR_OK;
    for (size_t i = 0; i < key.len; i++)
        good = good && key.data[i] > 0x20 && key.data[i] < 0x7f;
    if (good)
        return ERR_OK;
    if (key.len == 0)
        *problem = problem_make(errand->x->arena, "request.idempotency-key", "Idempotency-Key",
                                "Otsake Idempotency-Key puuttuu: 1–64 merkkiä, joita mikään muu pyyntösi ei käytä",
                                "Huvudfältet Idempotency-Key saknas: 1–64 tecken som ingen annan av dina begäran använder",
                                "The header Idempotency-Key is missing: 1 to 64 characters that no other request of yours uses");
    else
        *problem = problem_make(errand->x->arena, "request.idempotency-key", "Idempotency-Key",
                                "Otsakkeen Idempotency-Key on oltava 1–64 merkkiä ASCII-tekstiä ilman välilyöntejä",
                                "Huvudfältet Idempotency-Key måste ha 1–64 ASCII-tecken utan blanksteg",
                                "The header Idempotency-Key must hold 1 to 64 ASCII characters without blanks");
    return key.len ? ERR_INVALID : ERR_PRECONDITION_REQUIRED;
}

/* If-Match: "7", as we gave it in ETag. Versions begin at 1. */
static enum err gate_check_version(struct errand *errand, Bus__Problem **problem)
{
    const char *header = exchange_header(errand->x, "If-Match");
    char *end = NULL;
    if (!header && !(errand->route->flags & ROUTE_IF_MATCH))
        return ERR_OK;
    if (header && header[0] == '"' && header[1] >= '1' && header[1] <= '9')
        errand->if_match = strtoull(header + 1, &end, 10);
    if (end && end[0] == '"' && end[1] == 0)
        return ERR_OK;
    if (!header)
        *problem = problem_make(errand->x->arena, "request.if-match", "If-Match",
                                "Otsake If-Match puuttuu: siinä on muutettavan tiedon ETag, esimerkiksi \"7\"",
                                "Huvudfältet If-Match saknas: det har uppgiftens ETag, till exempel \"7\"",
                                "The header If-Match is missing: it holds the ETag of the thing to change, for example \"7\"");
    else
        *problem = problem_make(errand->x->arena, "request.if-match", "If-Match",
                                "Otsakkeessa If-Match on oltava muutettavan tiedon ETag, esimerkiksi \"7\"",
                                "Huvudfältet If-Match måste ha uppgiftens ETag, till exempel \"7\"",
                                "The header If-Match must hold the ETag of the thing to change, for example \"7\"");
    return header ? ERR_INVALID : ERR_PRECONDITION_REQUIRED;
}

static bool media_is(const char *type, const char *wanted)
{
    size_t len = strlen(wanted);
    return strncasecmp(type, wanted, len) == 0 && (type[len] == 0 || type[len] == ';' || type[len] == ' ');
}

static enum err gate_check_media(const struct errand *errand, Bus__Problem **problem)
{
    const char *type = exchange_header(errand->x, "Content-Type");
    const struct err_text *words = err_text(ERR_MEDIA);
    bool form = errand->route->flags & ROUTE_FORM;
    if (errand->x->body.len == 0 || (type && media_is(type, "application/json")))
        return ERR_OK;
    if (form && type && (media_is(type, "application/x-www-form-urlencoded") || media_is(type, "multipart/form-data")))
        return ERR_OK;
    *problem = problem_make(errand->x->arena, words->id, "Content-Type", words->fi, words->sv, words->en);
    return ERR_MEDIA;
}

/* A {service} of the path that is none of ours. */
static enum err gate_check_service(const struct errand *errand, Bus__Problem **problem)
{
    if (errand->route->home != ROUTE_NAMED || dispatch_service(errand->dispatch, errand->match.parameters[0].value))
        return ERR_OK;
    *problem = problem_make(errand->x->arena, "request.service", "service", "Palvelua ei ole; on enrolment, notification ja funding",
                            "Tjänsten finns inte; det finns enrolment, notification och funding",
                            "There is no such service; there are enrolment, notification and funding");
    return ERR_NOT_FOUND;
}

/* One account that writes faster than any hand is asked to wait, so that it does not take the others' turn. */
static enum err gate_budget(const struct errand *errand, Bus__Problem **problem)
{
    const struct identity *who = &errand->who;
    bool staff = who->roles & ROUTE_KNOWN_BY_TASK;
    int wait_s;
    if (!who->known || !is_write(errand))
        return ERR_OK;
    wait_s = budget_take(errand->dispatch->budget, who->account, staff, errand->x->started_us);
    if (wait_s == 0)
        return ERR_OK;
    errand->x->retry_s = wait_s;
    *problem =
        problem_make(errand->x->arena, "request.too-many-writes", "",
                     "Tililtäsi tulee pyyntöjä nopeammin kuin yhdeltä ihmiseltä; odota hetki. Samalla tunnisteella saat saman vastauksen",
                     "Från ditt konto kommer fler begäran än från en människa; vänta en stund. Med samma nyckel får du samma svar",
                     "Your account sends more requests than one person makes; wait a moment. The same key gives the same answer");
    return ERR_TOO_MANY;
}

enum err gate_admit(struct errand *errand, Bus__Problem **problem)
{
    enum err err = gate_access(errand, problem);
    if (err == ERR_OK)
        err = gate_check_media(errand, problem);
    if (err == ERR_OK)
        err = gate_check_key(errand, problem);
    if (err == ERR_OK)
        err = gate_check_version(errand, problem);
    if (err == ERR_OK)
        err = gate_check_service(errand, problem);
    if (err == ERR_OK)
        err = gate_budget(errand, problem);
    if (err == ERR_OK)
        err = toll_check(errand, problem);
    return err;
}
