#!/usr/bin/python3
"""Reads every mail of a folder with Python's own email parser (strict about nothing, but it lists what is wrong) and prints a line each:

    message-id <tab> to <tab> language <tab> kind <tab> subject <tab> plain text with "\\n" for line ends

A mail the parser finds defects in, with a line over 78 characters, without one of the headers every mail has, or without its text in both forms
ends the program with status 1.
"""
import email
import email.policy
import sys
from pathlib import Path

ALWAYS = ("Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Language")


def complaints(raw, mail):
    """What is wrong with this mail."""
    yield from (f"defect: {d}" for d in mail.defects)
    for name in ALWAYS:
        if mail[name] is None:
            yield f"no {name}"
        elif getattr(mail[name], "defects", ()):
            yield f"{name}: {mail[name].defects}"
    if mail["Auto-Submitted"] != "auto-generated":
        yield "not marked auto-generated"
    if mail["Date"] is not None and mail["Date"].datetime is None:
        yield "no date in Date"
    for form in ("plain", "html"):
        part = mail.get_body(preferencelist=(form,))
        if part is None or part.get_content_charset() != "utf-8":
            yield f"no {form} text in UTF-8"
    for part in mail.walk():
        yield from (f"defect in {part.get_content_type()}: {d}" for d in part.defects)
    # One word cannot be folded: the address to unsubscribe at.
    if any(len(line) > 78 for line in raw.split(b"\r\n") if not line.startswith((b"X-Envelope", b"List-Unsubscribe", b" <http"))):
        yield "a long line"
    if b"\n" in raw.replace(b"\r\n", b""):
        yield "a bare line feed"


for path in sorted(Path(sys.argv[1]).glob("*.eml")):
    content = path.read_bytes()
    message = email.message_from_bytes(content, policy=email.policy.default)
    wrong = list(complaints(content, message))
    if wrong:
        sys.exit(f"{path.name}: {'; '.join(wrong)}")
    body = message.get_body(preferencelist=("plain",)).get_content().replace("\r\n", "\n").rstrip("\n").replace("\n", "\\n")
    print(message["Message-ID"], message["To"], message["Content-Language"], message["X-Hakuvayla-Kind"], message["Subject"], body, sep="\t")
