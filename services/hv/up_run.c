/* Running a short program and reading what it says: deploy/postgres.sh, `hv migrate`, `hv verify`. Used by `hv up` from any of its
 * threads; long-lived programs are the supervisor's. */
#include "services/hv/up_place.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"

#define OUTPUT_MAX ((size_t)256 * 1024)

extern char **environ;

static void read_all(int fd, struct buf *out)
{
    uint8_t block[4096];
    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;) {
        if (out->len + (size_t)n < OUTPUT_MAX)
            buf_add(out, block, (size_t)n);
    }
    buf_u8(out, 0);
}

static enum err spawn(const struct place *place, const char *const *argv, const char *const *env, int out, pid_t *pid)
{
    char log[PLACE_PATH];
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ERR_INTERNAL;
    bool ok =
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, out, 1) == 0 &&
        posix_spawn_file_actions_addopen(&actions, 2, place_path(place, "log/up.log", log), O_WRONLY | O_CREAT | O_APPEND, 0640) == 0 &&
        posix_spawn(pid, argv[0], &actions, NULL, (char **)(uintptr_t)argv, env ? (char **)(uintptr_t)env : environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return ok ? ERR_OK : ERR_INTERNAL;
}

enum err place_run(const struct place *place, const char *const *argv, const char *const *env, char **output, int *status)
{
    /* Closed at exec from birth: a program that the supervisor starts at this moment would keep an end open for as long as it lives. */
    int ends[2];
    if (uv_pipe(ends, 0, 0) != 0)
        return ERR_INTERNAL;
    pid_t pid = 0;
    enum err err = spawn(place, argv, env, ends[1], &pid);
    close(ends[1]);
    struct buf text = {0};
    int ended = 0;
    if (!err) {
        read_all(ends[0], &text);
        err = waitpid(pid, &ended, 0) == pid ? ERR_OK : ERR_INTERNAL;
    }
    close(ends[0]);
    *status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
    if (output)
        *output = err ? NULL : mem_strdup((const char *)text.data);
    buf_fini(&text);
    return err;
}
