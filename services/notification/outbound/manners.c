/* See manners.h: each call of a manner takes the lock, asks the format's own manner, and gives the lock back. */
#include "services/notification/outbound/manners.h"

#include <pthread.h>

#include "common/base/alloc.h"

struct locked { /* the `own` of a manner */
    pthread_mutex_t *lock;
    struct manner inner;
};
struct manners {
    pthread_mutex_t lock;
    struct format *format;
    struct locked locked[LANGUAGE_COUNT];
    struct manner of[LANGUAGE_COUNT];
};

static const char *moment(void *own, int64_t us, enum pattern_style style, char *out, size_t size)
{
    struct locked *l = own;

    (void)pthread_mutex_lock(l->lock);
    (void)l->inner.moment(l->inner.own, us, style, out, size);
    (void)pthread_mutex_unlock(l->lock);
    return out;
}

static const char *number(void *own, int64_t n, bool tenths, char *out, size_t size)
{
    struct locked *l = own;

    (void)pthread_mutex_lock(l->lock);
    (void)l->inner.number(l->inner.own, n, tenths, out, size);
    (void)pthread_mutex_unlock(l->lock);
    return out;
}

static const char *money(void *own, int64_t cents, char *out, size_t size)
{
    struct locked *l = own;

    (void)pthread_mutex_lock(l->lock);
    (void)l->inner.money(l->inner.own, cents, out, size);
    (void)pthread_mutex_unlock(l->lock);
    return out;
}

enum err manners_open(struct manners **out)
{
    struct manners *m = mem_new(sizeof *m);
    const enum err err = format_open(&m->format);

    if (err != ERR_OK) {
        mem_free(m);
        return err;
    }
    if (pthread_mutex_init(&m->lock, NULL) != 0)
        bug("a mutex cannot be made");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        m->locked[i] = (struct locked){&m->lock, format_manner(m->format, (enum language)i)};
        m->of[i] = (struct manner){.own = &m->locked[i], .moment = moment, .number = number, .money = money};
    }
    *out = m;
    return ERR_OK;
}

void manners_close(struct manners *manners)
{
    if (manners == NULL)
        return;
    (void)pthread_mutex_destroy(&manners->lock);
    format_close(manners->format);
    mem_free(manners);
}

const struct manner *manners_of(const struct manners *manners)
{
    return manners->of;
}
