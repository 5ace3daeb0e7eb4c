/* Every refusal of the gateway's own methods: fault, stable rule id, field, and what a reader is told. */
#ifndef HV_GATEWAY_AUTH_REFUSAL_H
#define HV_GATEWAY_AUTH_REFUSAL_H
#include "common/work/job.h"

#define REFUSAL_MAP(X)                                                                                                                     \
    X(SIGN_IN, UNAUTHENTICATED, "account.sign-in.wrong", "", "Käyttäjätunnus tai salasana on väärä",                                       \
      "Användarnamnet eller lösenordet är fel", "The user name or the password is wrong")                                                  \
    X(TRIES, TOO_MANY, "account.sign-in.too-many", "", "Liian monta yritystä; odota, enintään neljännestunti",                             \
      "För många försök; vänta, högst en kvart", "Too many tries; wait, a quarter of an hour at most")                                     \
    X(NO_SESSION, FORBIDDEN, "account.session.needed", "", "Tämä vaatii kirjautumisen salasanalla, ei rajapintatunnusta",                  \
      "Detta kräver inloggning med lösenord, inte ett API-tecken", "This needs a sign-in with a password, not an API token")               \
    X(OLD_PASSWORD, REFUSED, "account.password.old-wrong", "oldPassword", "Nykyinen salasana on väärä", "Det nuvarande lösenordet är fel", \
      "The present password is wrong")                                                                                                     \
    X(PASSWORD_SHORT, INVALID, "account.password.short", "password", "Salasanassa on oltava vähintään 12 merkkiä",                         \
      "Lösenordet ska ha minst 12 tecken", "A password has at least 12 characters")                                                        \
    X(PASSWORD_LONG, INVALID, "account.password.long", "password", "Salasanassa saa olla enintään 200 tavua",                              \
      "Lösenordet får ha högst 200 byte", "A password has at most 200 bytes")                                                              \
    X(PASSWORD_SIMPLE, INVALID, "account.password.simple", "password", "Salasanassa on oltava vähintään viisi eri merkkiä",                \
      "Lösenordet ska ha minst fem olika tecken", "A password has at least five different characters")                                     \
    X(PASSWORD_NAMED, INVALID, "account.password.user-name", "password", "Salasana ei saa sisältää käyttäjätunnusta",                      \
      "Lösenordet får inte innehålla användarnamnet", "A password does not hold the user name")                                            \
    X(USER_NAME, INVALID, "account.user-name.form", "userName", "Käyttäjätunnuksessa on 3-100 merkkiä: a-z 0-9 . _ - @",                   \
      "Ett användarnamn har 3-100 tecken: a-z 0-9 . _ - @", "A user name has 3 to 100 of a-z 0-9 . _ - @")                                 \
    X(USER_NAME_TAKEN, REFUSED, "account.user-name.taken", "userName", "Käyttäjätunnus on jo käytössä", "Användarnamnet är upptaget",      \
      "The user name is taken")                                                                                                            \
    X(USER_NAME_TWICE, INVALID, "account.user-name.twice", "userName", "Käyttäjätunnus on pyynnössä kahdesti",                             \
      "Användarnamnet förekommer två gånger i begäran", "The user name stands twice in the request")                                       \
    X(ID, INVALID, "account.id.form", "id", "Tunniste on UUID", "Identifieraren är en UUID", "An id is a UUID")                            \
    X(ID_TAKEN, REFUSED, "account.id.taken", "id", "Tunniste kuuluu toiselle tilille", "Identifieraren hör till ett annat konto",          \
      "The id belongs to another account")                                                                                                 \
    X(ROLES, INVALID, "account.roles.unknown", "roles",                                                                                    \
      "Rooli on participant, coordinator, admin, applicant, evaluator, preparer, presenter, decider, secretary tai board-member; "         \
      "vähintään yksi",                                                                                                                    \
      "En roll är participant, coordinator, admin, applicant, evaluator, preparer, presenter, decider, secretary eller board-member; "    \
      "minst en",                                                                                                                          \
      "A role is participant, coordinator, admin, applicant, evaluator, preparer, presenter, decider, secretary or board-member; at "      \
      "least one")                                                                                                                         \
    X(ACCOUNTS_COUNT, INVALID, "account.create.count", "accounts", "Kerralla 1-1000 tiliä", "1-1000 konton åt gången",                     \
      "1 to 1000 accounts at once")                                                                                                        \
    X(PASSWORDS_COUNT, INVALID, "account.create.passwords", "accounts", "Kerralla enintään 50 tiliä, joilla on salasana",                  \
      "Högst 50 konton med lösenord åt gången", "At most 50 accounts with a password at once")                                             \
    X(CLOSED, REFUSED, "account.closed", "", "Tili on suljettu", "Kontot är stängt", "The account is closed")                              \
    X(LAST_ADMIN, REFUSED, "account.admin.last", "", "Viimeistä pääkäyttäjää ei voi poistaa",                                              \
      "Den sista administratören kan inte tas bort", "The last admin cannot be removed")                                                   \
    X(NO_ACCOUNT, NOT_FOUND, "account.unknown", "accountId", "Tiliä ei ole", "Kontot finns inte", "There is no such account")              \
    X(FIND, INVALID, "account.find.what", "userName",                                                                                      \
      "Anna joko koko käyttäjätunnus (userName) tai rooli (role): coordinator, evaluator, preparer, presenter, decider, secretary tai " \
      "board-member",                                                                                                                      \
      "Ge antingen hela användarnamnet (userName) eller en roll (role): coordinator, evaluator, preparer, presenter, decider, secretary " \
      "eller board-member",                                                                                                                \
      "Give either a whole user name (userName) or a role (role): coordinator, evaluator, preparer, presenter, decider, secretary or "     \
      "board-member")                                                                                                                      \
    X(NAMED_NOBODY, INVALID, "account.named.nobody", "personId",                                                                           \
      "Tunniste ei ole minkään avoimen tilin: hae oikea tunniste käyttäjätunnuksella (GET /api/accounts:find)",                            \
      "Id:t hör inte till något öppet konto: sök rätt id med användarnamnet (GET /api/accounts:find)",                                     \
      "The id is that of no open account: find the right one by user name (GET /api/accounts:find)")                                       \
    X(NAMED_ROLE, INVALID, "account.named.role", "personId",                                                                               \
      "Tilillä ei ole tehtävään tarvittavaa roolia: valitse toinen henkilö, tai pyydä pääkäyttäjää antamaan rooli",                        \
      "Kontot saknar den roll som uppgiften kräver: välj en annan person, eller be en administratör ge rollen",                            \
      "The account lacks the role that the task needs: choose somebody else, or ask an admin to give the role")                            \
    X(NOT_YOURS, FORBIDDEN, "account.not-yours", "accountId", "Tili on jonkun muun", "Kontot är någon annans",                             \
      "The account is somebody else's")                                                                                                    \
    X(NO_TOKEN, NOT_FOUND, "token.unknown", "tokenId", "Tunnusta ei ole", "API-tecknet finns inte", "There is no such token")              \
    X(TOKEN_NAME, INVALID, "token.name.form", "name", "Anna tunnukselle nimi, 1-100 merkkiä ilman ohjausmerkkejä",                         \
      "Ge API-tecknet ett namn, 1-100 tecken utan styrtecken",                                                                             \
      "Give the token a name of 1 to 100 characters, none of them a control character")                                                    \
    X(TOKEN_EXPIRY, INVALID, "token.expires.range", "expiresAt", "Tunnus vanhenee tulevaisuudessa, viimeistään 366 päivän päästä",         \
      "API-tecknet upphör i framtiden, inom högst 366 dagar", "A token expires in the future, within 366 days")                            \
    X(TOKEN_MANY, REFUSED, "token.too-many", "", "Tilillä on jo 50 voimassa olevaa tunnusta", "Kontot har redan 50 giltiga API-tecken",    \
      "The account has 50 valid tokens already")                                                                                           \
    X(PAGE, INVALID, "request.page", "pageToken", "Sivutunniste on väärä", "Sidmarkören är fel", "The page token is wrong")

enum refusal {
#define REFUSAL_ENUM(name, err, rule, field, fi, sv, en) REFUSAL_##name,
    REFUSAL_MAP(REFUSAL_ENUM)
#undef REFUSAL_ENUM
        REFUSAL_COUNT
};

/* Ends the job with the refusal; returns its fault. refuse_at names the field of an element instead: "accounts[7].userName". */
enum err refuse(struct job *job, enum refusal refusal);
enum err refuse_at(struct job *job, enum refusal refusal, const char *list, size_t index);
enum err refuse_field(struct job *job, enum refusal refusal, const char *field);

#endif
