/* The only door to malloc outside of libraries. Every size that arrives here has been bounded by somebody who knows what
 * it is for, so a failure means the machine is out of memory (or a bound is missing): the process says so and ends, and
 * its supervisor starts a fresh one. Half-made state never has to be unwound for it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"

_Noreturn void bug(const char *sentence)
{
    char line[512];
    int len = snprintf(line, sizeof line, "{\"level\":\"error\",\"event\":\"bug\",\"detail\":\"%s\"}\n", sentence);

    /* No stdio buffer between the sentence and the reader: the next line ends the process. */
    if (len > 0 && write(STDERR_FILENO, line, (size_t)len < sizeof line ? (size_t)len : sizeof line - 1) < 0)
        abort();
    abort();
}

static void *mem_checked(void *p)
{
    if (!p)
        bug("out of memory");
    return p;
}

static size_t mem_product(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        bug("the size of an array overflows");
    size_t bytes = count * size;
    return bytes ? bytes : 1;
}

void *mem_new(size_t size)
{
    return mem_checked(calloc(1, size ? size : 1));
}

void *mem_array(size_t count, size_t size)
{
    return mem_checked(calloc(1, mem_product(count, size)));
}

void *mem_grow(void *old, size_t count, size_t size)
{
    return mem_checked(realloc(old, mem_product(count, size)));
}

char *mem_strdup(const char *text)
{
    size_t len = strlen(text) + 1;
    return memcpy(mem_checked(malloc(len)), text, len);
}

void mem_free(void *p)
{
    free(p);
}
