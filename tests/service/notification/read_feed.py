#!/usr/bin/python3
"""Reads a feed as people's feed readers do (feedparser, which knows nothing of us) and prints it:

    version <tab> language <tab> title <tab> link
    id <tab> title <tab> updated <tab> text with "\\n" for line ends       a line an entry

What the reader finds malformed, an entry without one of its parts, and two entries with one id end the program with status 1.
"""
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
if feed.bozo:
    sys.exit(f"malformed: {feed.bozo_exception}")
print(feed.version, feed.feed.get("language", ""), feed.feed.title, feed.feed.get("link", ""), sep="\t")
seen = set()
for entry in feed.entries:
    when = entry.get("updated_parsed") or entry.get("published_parsed")
    if when is None or not entry.title or not entry.id or entry.id in seen:
        sys.exit(f"an entry lacks its time, title or id of its own: {entry.get('id')}")
    seen.add(entry.id)
    text = entry.content[0].value if "content" in entry else entry.get("summary", "")
    print(entry.id, entry.title, f"{when.tm_year}-{when.tm_mon:02}-{when.tm_mday:02}", text.replace("\n", "\\n"), sep="\t")
