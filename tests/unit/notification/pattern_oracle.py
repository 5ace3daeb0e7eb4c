#!/usr/bin/python3
"""ICU's own word on patterns: reads cases and formats each with ICU's MessageFormat, says which differ.

A case is a line: language, pattern, our text, then name, type and value of each argument; all but language and type in hexadecimal of UTF-8.
Types: s text, i integer, t tenths, d microseconds of UTC.
"""
import sys

import icu

LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


def text(word):
    return bytes.fromhex(word.removeprefix("x")).decode()


def argument(kind, value):
    if kind == "s":
        return icu.Formattable(value)
    if kind == "i":
        return icu.Formattable(int(value))
    if kind == "t":
        return icu.Formattable(int(value) / 10)
    return icu.Formattable(int(value) / 1e6, icu.Formattable.kIsDate)


def icu_text(words):
    names, values = [], []
    for at in range(3, len(words), 3):
        names.append(text(words[at]))
        values.append(argument(words[at + 1], text(words[at + 2])))
    return icu.MessageFormat(text(words[1]), icu.Locale(LOCALES[words[0]])).format(names, values)


def main():
    icu.TimeZone.setDefault(icu.TimeZone.createTimeZone("Europe/Helsinki"))
    count = wrong = 0
    for line in sys.stdin:
        words = line.split()
        count += 1
        try:
            theirs = icu_text(words)
        except icu.ICUError as error:
            theirs = f"<{error}>"
        if theirs != text(words[2]):
            wrong += 1
            if wrong <= 10:
                print(f"{words[0]}: {text(words[1])!r}\n  ours {text(words[2])!r}\n  ICU  {theirs!r}")
    print(f"{count} patterns, {wrong} differ")
    return wrong != 0 or count == 0


sys.exit(main())
