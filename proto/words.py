#!/usr/bin/python3
"""Writes the comments of the contract as a C table: see words.h.

    words.py DESCRIPTORS OUT.c      DESCRIPTORS: of protoc-c --include_source_info --descriptor_set_out

The descriptor set is read by hand: it is a few nested messages (google/protobuf/descriptor.proto), and the build needs nothing more
than Python for it.
"""
import re
import sys
from pathlib import Path


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        shift += 7
        at += 1
        if byte < 128:
            return value, at


def members(data):
    """The fields of a message: number and value, which is a number or bytes."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        value, at = varint(data, at)
        if tag & 7 == 2:
            value, at = data[at:at + value], at + value
        elif tag & 7 != 0:
            sys.exit("a descriptor holds what a descriptor does not hold")
        yield tag >> 3, value


def numbers(packed):
    at = 0
    while at < len(packed):
        value, at = varint(packed, at)
        yield value


def name_of(message):
    return next(value.decode() for number, value in members(message) if number == 1)


# Of FileDescriptorProto, DescriptorProto and EnumDescriptorProto: which member holds what has a name and may have a comment.
FILE, MESSAGE, ENUM = {4: "message", 5: "enum"}, {2: "field", 3: "message", 4: "enum"}, {2: "value"}
INNER = {"message": MESSAGE, "enum": ENUM, "field": {}, "value": {}}


def walk(data, kinds, prefix, path, names):
    """Fills names: a path of the source information to the full name that it is about."""
    counts = {}
    for number, value in members(data):
        if number not in kinds:
            continue
        index = counts[number] = counts.get(number, -1) + 1
        where, name = (*path, number, index), f"{prefix}.{name_of(value)}"
        names[where] = name, kinds[number]
        walk(value, INNER[kinds[number]], name, where, names)


def comments(source):
    """Path and text of each comment that stands above or behind something."""
    for number, location in members(source):
        if number != 1:
            continue
        path, texts = (), []
        for kind, value in members(location):
            if kind == 1:
                path = tuple(numbers(value))
            elif kind in (3, 4):  # leading, trailing
                lines = [line for line in value.decode().splitlines() if not line.strip().startswith("----")]  # a headline of the file
                texts.append(" ".join(" ".join(lines).split()))
        texts = [text for text in texts if text]
        if texts:
            yield path, " ".join(text if text.endswith((".", ":", "...")) or text == texts[-1] else text + "." for text in texts)


def json_name(field, fields):
    """Of a word that is a field's name, or a time's without its unit; any other word stays."""
    if field + "_us" in fields:
        field += "_us"
    if field not in fields:
        return field
    if field.endswith("_us"):
        field = field[:-3] + "_at" if field != "at_us" else "at"
    first, *rest = field.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("??", "?\\?") + '"'


def main():
    table, fields = {}, set()
    for _, file in members(Path(sys.argv[1]).read_bytes()):
        package = next(value.decode() for number, value in members(file) if number == 2)
        names, source = {}, b""
        walk(file, FILE, package, (), names)
        fields |= {name.rsplit(".", 1)[1] for name, kind in names.values() if kind == "field" and "_" in name.rsplit(".", 1)[1]}
        source = next((value for number, value in members(file) if number == 9), b"")
        table |= {names[path][0]: text for path, text in comments(source) if path in names}
    word = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
    rows = [f"    {{{quoted(name)}, {quoted(word.sub(lambda m: json_name(m[0], fields), text))}}},\n"
            for name, text in sorted(table.items(), key=lambda row: row[0].encode())]
    if not rows:
        sys.exit("the contract has no comments: was it compiled without --include_source_info?")
    Path(sys.argv[2]).write_text("""/* Made by words.py: not to be edited. */
#include "proto/words.h"

#include <stdlib.h>
#include <string.h>

static const struct row {
    const char *name, *words;
} ROWS[] = {
""" + "".join(rows) + """};

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const struct row *)row)->name);
}

const char *proto_words(const char *name)
{
    const struct row *row = bsearch(name, ROWS, sizeof ROWS / sizeof ROWS[0], sizeof ROWS[0], compare);
    return row ? row->words : 0;
}
""")


if __name__ == "__main__":
    main()
