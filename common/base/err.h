/* Faults: the world failed, or the request cannot be carried out. One table for the whole suite.
 *
 * A refusal by the rules of a service is not a new fault: it is ERR_REFUSED plus a problem with a rule id
 * (bus.Problem). The numbers travel in bus.Reply.err, so rows are only ever added at the end.
 */
#ifndef HV_BASE_ERR_H
#define HV_BASE_ERR_H

#define MUST_CHECK __attribute__((warn_unused_result))

/* name, HTTP status, stable id, Finnish, Swedish, English */
#define ERR_MAP(X)                                                                                                                         \
    X(OK, 200, "ok", "Kunnossa", "I ordning", "All is well")                                                                               \
    X(INVALID, 400, "request.invalid", "Pyyntö on virheellinen", "Begäran är felaktig", "The request is malformed")                        \
    X(UNAUTHENTICATED, 401, "request.unauthenticated", "Kirjautuminen puuttuu tai ei kelpaa", "Inloggningen saknas eller duger inte",      \
      "The sign-in is missing or not valid")                                                                                               \
    X(FORBIDDEN, 403, "request.forbidden", "Sinulla ei ole oikeutta tähän", "Du har inte rätt till detta", "You may not do this")          \
    X(NOT_FOUND, 404, "request.not-found", "Kohdetta ei löydy", "Objektet finns inte", "There is no such thing")                           \
    X(METHOD, 405, "request.method", "Menetelmä ei käy tähän osoitteeseen", "Metoden duger inte för adressen",                             \
      "The method does not fit this address")                                                                                              \
    X(CONFLICT, 409, "request.conflict", "Tilanne on jo muuttunut", "Läget har redan ändrats", "The state no longer allows this")          \
    X(REFUSED, 409, "request.refused", "Säännöt eivät salli tätä", "Reglerna tillåter inte detta", "The rules do not allow this")          \
    X(PRECONDITION, 412, "request.precondition",                                                                                           \
      "Tieto on muuttunut sen jälkeen kun luit sen; lue se uudelleen ja tee muutos sen nykyiseen versioon",                                \
      "Uppgiften har ändrats efter att du läste den; läs den på nytt och gör ändringen i dess nuvarande version",                          \
      "The thing has changed since you read it; read it again and make the change to its present version")                                 \
    X(TOO_LARGE, 413, "request.too-large", "Pyyntö on liian suuri", "Begäran är för stor", "The request is too large")                     \
    X(MEDIA, 415, "request.media-type", "Sisällön muoto ei käy; lähetä application/json",                                                  \
      "Innehållets format duger inte; sänd application/json", "The content type does not fit; send application/json")                      \
    X(KEY_REUSED, 422, "request.key-reused", "Samalla tunnisteella on jo tehty toinen pyyntö",                                             \
      "Samma nyckel har redan använts för en annan begäran", "This idempotency key was used for another request")                          \
    X(PRECONDITION_REQUIRED, 428, "request.precondition-required", "Pyynnöstä puuttuu otsake", "Ett huvudfält saknas i begäran",           \
      "A header is missing in the request")                                                                                                \
    X(TOO_MANY, 429, "request.too-many", "Liian monta yritystä; odota hetki", "För många försök; vänta en stund",                          \
      "Too many tries; wait a moment")                                                                                                     \
    X(INTERNAL, 500, "service.internal", "Palvelussa tapahtui virhe", "Ett fel inträffade i tjänsten", "The service failed")               \
    X(BUSY, 503, "service.busy", "Ruuhkaa; yritä hetken päästä uudelleen samalla tunnisteella",                                            \
      "Rusning; försök strax igen med samma nyckel", "Congested; try again shortly with the same key")                                     \
    X(UNAVAILABLE, 503, "service.unavailable", "Palvelu ei juuri nyt vastaa; yritä uudelleen samalla tunnisteella",                        \
      "Tjänsten svarar inte just nu; försök igen med samma nyckel", "The service does not answer now; try again with the same key")        \
    X(TIMEOUT, 504, "service.timeout", "Vastaus viipyi; yritä uudelleen samalla tunnisteella",                                             \
      "Svaret dröjde; försök igen med samma nyckel", "The answer took too long; try again with the same key")

enum err {
#define ERR_ENUM(name, status, id, fi, sv, en) ERR_##name,
    ERR_MAP(ERR_ENUM)
#undef ERR_ENUM
        ERR_COUNT
};

/* One row of the table, in words. Unknown numbers give the row of ERR_INTERNAL. */
struct err_text {
    int status;       /* HTTP */
    const char *name; /* "INVALID" */
    const char *id;   /* "request.invalid" */
    const char *fi, *sv, *en;
};
const struct err_text *err_text(unsigned number);

#endif
