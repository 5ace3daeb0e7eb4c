#!/usr/bin/python3
"""Reads one mail with Python's own email parser and prints its parts, a line each, indented by depth; then how to unsubscribe.

A defect that the parser finds anywhere, a line over 76 characters (but for one word that cannot be broken), or a header that does not
belong in ends it with status 1.
"""
import email
import email.policy
import sys
from pathlib import Path

raw = Path(sys.argv[1]).read_bytes()
mail = email.message_from_bytes(raw, policy=email.policy.default)
KNOWN = {"date", "from", "to", "subject", "message-id", "auto-submitted", "content-language", "x-hakuvayla-kind", "mime-version",
         "content-type", "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post"}


def describe(part, depth):
    if part.defects or any(getattr(value, "defects", ()) for value in part.values()):
        sys.exit(f"defects: {part.defects} {[(k, v.defects) for k, v in part.items() if v.defects]}")
    line = " " * depth + part.get_content_type()
    if part.get_param("method"):
        line += f" method={part.get_param('method')}"
    if part.get_filename() is not None:
        beside_the_text = part.get_content_type() == "text/calendar" and part.get_content_disposition() is None
        if part.get_content_disposition() != "attachment" and not beside_the_text:
            sys.exit("a file that is not attached")
        # Python's parser shows control characters of an RFC 2231 value as they are, or (3.11 on) escaped; here always escaped.
        name = part.get_filename().replace("\r", "\\r").replace("\n", "\\n")
        line += f" file='{name}'"
    if part.is_multipart():
        print(line)
        for inner in part.iter_parts():
            describe(inner, depth + 1)
        return
    content = part.get_content()
    if isinstance(content, bytes):
        if content != bytes(i * 7 % 256 for i in range(len(content))):
            sys.exit(f"bytes have changed: {content[:40]!r}")
        print(f"{line} {len(content)} bytes of (7 i) mod 256")
    else:
        if part.get_content_charset() != "utf-8":
            sys.exit("a text that is not UTF-8")
        text = content.replace("\r\n", "\n").replace("\n", "\\n")
        print(f"{line} '{text}'")


unknown = {name.lower() for name in mail.keys()} - KNOWN
if unknown:
    sys.exit(f"headers {unknown}")
if any(len(line) > 76 and not line.startswith(b" <https://") for line in raw.split(b"\r\n")):
    sys.exit("a long line")
if b"\n" in raw.replace(b"\r\n", b""):
    sys.exit("a bare line feed")
describe(mail, 0)
if mail["List-Unsubscribe"]:
    print("unsubscribe", mail["List-Unsubscribe"].strip(), mail["List-Unsubscribe-Post"])
