/* The place of `hv up`; see the header. Thread: main, before anything runs; place_run from any. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "services/hv/up_place.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/hash.h"

static const struct {
    int usual;
    const char *what;
} port_table[PORT_COUNT] = {
    [PORT_HTTP] = {8080, "the web address"},
    [PORT_GATEWAY_HEALTH] = {7102, "the gateway's health"},
    [PORT_ENROLMENT_RPC] = {7110, "enrolment's requests"},
    [PORT_ENROLMENT_PUB] = {7111, "enrolment's events"},
    [PORT_ENROLMENT_HEALTH] = {7112, "enrolment's health"},
    [PORT_NOTIFICATION_RPC] = {7120, "notification's requests"},
    [PORT_NOTIFICATION_PUB] = {7121, "notification's events"},
    [PORT_NOTIFICATION_HEALTH] = {7122, "notification's health"},
    [PORT_FUNDING_RPC] = {7140, "funding's requests"},
    [PORT_FUNDING_PUB] = {7141, "funding's events"},
    [PORT_FUNDING_HEALTH] = {7142, "funding's health"},
    [PORT_MAIL] = {7025, "the local mail server"},
};

char *place_path(const struct place *place, const char *name, char *out)
{
    if (snprintf(out, PLACE_PATH, "%s/%s", place->dir, name) >= PLACE_PATH)
        fprintf(stderr, "hv up: the path %s/%s is too long\n", place->dir, name);
    return out;
}

/* Our program is <checkout>/build/<preset>/bin/hv; HV_ROOT says otherwise. */
static enum err find_root(struct place *place)
{
    ssize_t n = readlink("/proc/self/exe", place->bin, sizeof place->bin - 1);
    if (n <= 0)
        return ERR_INTERNAL;
    place->bin[n] = '\0';
    *strrchr(place->bin, '/') = '\0';
    const char *said = getenv("HV_ROOT");
    char path[PLACE_PATH + 32];
    snprintf(path, sizeof path, "%s/../../..", place->bin);
    char *real = realpath(said ? said : path, NULL);
    if (!real)
        return ERR_INTERNAL;
    int len = snprintf(place->root, sizeof place->root, "%s", real);
    free(real);
    snprintf(path, sizeof path, "%s/deploy/postgres.sh", place->root);
    if (len >= (int)sizeof place->root || access(path, X_OK) != 0) {
        fprintf(stderr, "hv up: %s is not a checkout of Hakuväylä; set HV_ROOT to one\n", place->root);
        return ERR_INTERNAL;
    }
    return ERR_OK;
}

/* A folder and the ones above it that are missing. */
static enum err make_with_parents(const char *dir)
{
    char path[PLACE_PATH];
    if (snprintf(path, sizeof path, "%s", dir) >= (int)sizeof path) {
        fprintf(stderr, "hv up: the path %s is too long\n", dir);
        return ERR_INTERNAL;
    }
    for (char *at = path + 1;; at++) {
        char here = *at;
        if (here != '/' && here != '\0')
            continue;
        *at = '\0';
        if (mkdir(path, 0755) != 0 && errno != EEXIST) {
            fprintf(stderr, "hv up: cannot make %s: %s\n", path, strerror(errno));
            return ERR_INTERNAL;
        }
        if (here == '\0')
            return ERR_OK;
        *at = here;
    }
}

static enum err make_folders(struct place *place, const char *dir)
{
    static const char *const names[] = {"", "keys", "log", "mail", "demo", "postgres"};
    char path[PLACE_PATH];
    enum err err = make_with_parents(dir);
    if (err)
        return err;
    char *real = realpath(dir, NULL);
    if (!real || strlen(real) > PLACE_PATH - 64) {
        fprintf(stderr, "hv up: the folder %s cannot be used: %s\n", dir, real ? "its path is too long" : strerror(errno));
        free(real);
        return ERR_INTERNAL;
    }
    snprintf(place->dir, sizeof place->dir, "%s", real);
    free(real);
    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++) {
        mode_t mode = i == 1 || i == 4 ? 0700 : 0755; /* keys and the demonstration's passwords are nobody else's */
        if (mkdir(place_path(place, names[i], path), mode) != 0 && errno != EEXIST) {
            fprintf(stderr, "hv up: cannot make %s: %s\n", path, strerror(errno));
            return ERR_INTERNAL;
        }
    }
    return ERR_OK;
}

static enum err take_lock(struct place *place)
{
    char path[PLACE_PATH];
    place->lock = open(place_path(place, "lock", path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (place->lock >= 0 && fcntl(place->lock, F_SETLK, &lock) == 0)
        return ERR_OK;
    if (place->lock >= 0 && (errno == EAGAIN || errno == EACCES) && fcntl(place->lock, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
        fprintf(stderr, "hv up: already running here as process %ld (%s); end that one first, or take another --dir and --port\n",
                (long)lock.l_pid, place->dir);
    else
        fprintf(stderr, "hv up: cannot lock %s: %s\n", path, strerror(errno));
    return ERR_CONFLICT;
}

static bool port_free(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
              bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 1) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

static enum err choose_ports(struct place *place, int base)
{
    enum err err = ERR_OK;
    for (int i = 0; i < PORT_COUNT; i++) {
        place->ports[i] = base ? base + i : port_table[i].usual;
        if (!port_free(place->ports[i])) {
            fprintf(stderr, "hv up: port %d of 127.0.0.1 is taken; it is wanted for %s. Choose others with --port N (takes N to N+%d)\n",
                    place->ports[i], port_table[i].what, PORT_COUNT - 1);
            err = ERR_CONFLICT;
        }
    }
    return err;
}

/* Where the folder stands, the lock is asked first: who holds it also holds the ports, and is named. Where there is none yet, ports that
 * are taken leave nothing behind. */
enum err place_open(struct place *place, const char *dir, int base)
{
    char usual[PLACE_PATH + 8];
    struct stat folder;
    memset(place, 0, sizeof *place);
    place->lock = -1;
    enum err err = find_root(place);
    if (err)
        return err;
    snprintf(usual, sizeof usual, "%s/var", place->root);
    dir = dir ? dir : usual;
    const bool stands = stat(dir, &folder) == 0;
    if (!stands)
        err = choose_ports(place, base);
    if (!err)
        err = make_folders(place, dir);
    if (!err)
        err = take_lock(place);
    if (!err && stands)
        err = choose_ports(place, base);
    return err;
}

void place_close(struct place *place)
{
    if (place->lock >= 0)
        close(place->lock);
    place->lock = -1;
}

enum err place_empty(const struct place *place)
{
    static const char *const names[] = {"postgres", "mail", "keys", "demo"};
    char path[PLACE_PATH];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *argv[] = {"/bin/rm", "-rf", "--one-file-system", place_path(place, names[i], path), NULL};
        int status = 0;
        enum err err = place_run(place, argv, NULL, NULL, &status);
        if (err || status != 0) {
            fprintf(stderr, "hv up: cannot remove %s\n", path);
            return ERR_INTERNAL;
        }
        if (mkdir(path, i >= 2 ? 0700 : 0755) != 0)
            return ERR_INTERNAL;
    }
    return ERR_OK;
}

/* number: what stands before the digits; "" for a file with one key alone. */
static enum err make_key(const char *path, const char *number)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? ERR_OK : ERR_INTERNAL;
    uint8_t key[32];
    char text[80];
    random_bytes(key, sizeof key);
    size_t len = (size_t)snprintf(text, sizeof text, "%s", number);
    for (size_t i = 0; i < sizeof key; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%02x", key[i]);
    text[len++] = '\n';
    bool ok = write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
    close(fd);
    return ok ? ERR_OK : ERR_INTERNAL;
}

enum err place_keys(const struct place *place)
{
    static const char *const names[] = {"keys/bus", "keys/session", "keys/signing", "keys/data"};
    char path[PLACE_PATH];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (make_key(place_path(place, names[i], path), strcmp(names[i], "keys/data") == 0 ? "1 " : "") != ERR_OK) {
            fprintf(stderr, "hv up: cannot write %s\n", path);
            return ERR_INTERNAL;
        }
    }
    return ERR_OK;
}
