#!/usr/bin/python3
"""Reads every mail of a folder with Python's own email parser and prints a line each:

    to <tab> subject <tab> parts, a space between two: type, or type(name)=size of its decoded content where it is attached

and behind another tab the plain text with "\\n" for line ends.
"""
import email
import email.policy
import sys
from pathlib import Path

for path in sorted(Path(sys.argv[1]).glob("*.eml")):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        name = part.get_filename()
        parts.append(f"{part.get_content_type()}({name})={len(part.get_payload(decode=True))}" if name else part.get_content_type())
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip("\n").replace("\n", "\\n")
    print(mail["To"], mail["Subject"], " ".join(parts), text, sep="\t")
