/* Programs under test. Each dies with the test program at the latest (PR_SET_PDEATHSIG), so a crashed test leaves none. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/time.h"
#include "tests/support/kit.h"

const char *kit_program(const char *name)
{
    static char path[512];

    if (snprintf(path, sizeof path, "%s/%s", HV_BIN, name) >= (int)sizeof path)
        kit_give_up("the build folder's path is too long");
    return path;
}

static void change_environment(const char *change)
{
    char name[128];
    const char *equals = strchr(change, '=');

    if (!equals || (size_t)(equals - change) >= sizeof name)
        _exit(126);
    memcpy(name, change, (size_t)(equals - change));
    name[equals - change] = '\0';
    if (setenv(name, equals + 1, 1) != 0)
        _exit(126);
}

static _Noreturn void become(const char *const *argv, const char *const *changes, const char *output)
{
    sigset_t none;

    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    for (; changes && *changes; changes++)
        change_environment(*changes);
    if (output) {
        int fd = open(output, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
            _exit(126);
    }
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    (void)fprintf(stderr, "kit: %s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

pid_t kit_spawn(const char *const *argv, const char *const *changes, const char *output)
{
    (void)fflush(NULL);
    pid_t pid = fork();

    if (pid < 0)
        kit_give_up("fork: %s", strerror(errno));
    if (pid == 0)
        become(argv, changes, output);
    return pid;
}

static int outcome(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int kit_join(pid_t pid, int wait_ms)
{
    int64_t until_us = time_steady_us() + (int64_t)wait_ms * 1000;
    int status;

    for (;;) {
        pid_t ended = waitpid(pid, &status, WNOHANG);
        if (ended == pid)
            return outcome(status);
        if (ended < 0 && errno != EINTR)
            kit_give_up("waitpid %d: %s", (int)pid, strerror(errno));
        if (time_steady_us() >= until_us)
            return -1;
        kit_sleep_ms(2);
    }
}

int kit_kill(pid_t pid, int signal)
{
    if (kill(pid, signal) != 0)
        kit_give_up("kill %d: %s", (int)pid, strerror(errno));
    int code = kit_join(pid, 30000);
    if (code >= 0)
        return code;
    (void)kill(pid, SIGKILL);
    kit_give_up("process %d did not end within 30 s of signal %d", (int)pid, signal);
}

/* The socket stays bound, and listens to nobody, until this program ends: while it does, the kernel gives the port to no other search for
 * a free one and to no connection that goes out, but a service (which sets SO_REUSEADDR, as they all do) can listen there, again and again.
 * Were it closed at once, one rig's six searches would find the same port twice in a thousand runs, and more often beside other tests. */
int kit_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof address;
    const int yes = 1, fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd, (struct sockaddr *)&address, len) != 0 || getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        kit_give_up("no free port: %s", strerror(errno));
    return ntohs(address.sin_port);
}
