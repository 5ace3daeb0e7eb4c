/* Running other people's programs over our files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "tests/unit/doc/look.h"

/* fontconfig keeps its list of fonts until the process ends, by pointers no sanitizer can follow; it does not grow with the documents. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

static _Noreturn void look_fail(const char *what, const char *words)
{
    fprintf(stderr, "%s: %s\n", what, words);
    exit(1);
}

static void look_write(const char *folder, const char *name, const struct buf *bytes)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    if (!file || fwrite(bytes->data, 1, bytes->len, file) != bytes->len || fclose(file) != 0)
        look_fail(path, "cannot be written");
}

char *look(const char *name, const struct buf *bytes, const char *command)
{
    char folder[] = "/tmp/hv-doc-XXXXXX", line[1200];
    struct buf words = {0};
    FILE *pipe;

    if (!mkdtemp(folder))
        look_fail(folder, "cannot be made");
    look_write(folder, name, bytes);
    snprintf(line, sizeof line, "cd %s && ( %s ) 2>&1; code=$?; rm -rf %s; exit $code", folder, command, folder);
    pipe = popen(line, "r");
    if (!pipe)
        look_fail(command, "cannot be run");
    for (int c; (c = fgetc(pipe)) != EOF;)
        buf_u8(&words, (uint8_t)c);
    buf_u8(&words, 0);
    if (pclose(pipe) != 0)
        look_fail(command, (const char *)words.data);
    return (char *)words.data;
}

size_t look_count(const char *text, const char *part)
{
    size_t count = 0;

    for (const char *at = text; (at = strstr(at, part)); at++)
        count++;
    return count;
}
