#!/usr/bin/python3
"""The mailbox of a machine without a mail relay: a real SMTP server on the loopback that keeps each mail as a file.

deploy/up starts it by default, the tests start it too. Each mail becomes FOLDER/00000001-<recipient>.eml, numbered in the order of
arrival; the numbers go on where an earlier run stopped. A mail is answered "250" only after its file has its final name, so whoever
lists the folder never sees half a mail, and a mail that is refused leaves no file. Envelope sender and recipients are
kept as the headers X-Envelope-From and X-Envelope-To.
"""
import argparse
import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

MAIL_MAX = 5 * 1024 * 1024  # bytes; announced as SIZE


class Mailbox:
    """Writes mails into a folder; the handler aiosmtpd calls."""

    def __init__(self, folder, verbose=False):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.verbose = verbose
        self.last = max((int(p.name[:8]) for p in self.folder.glob("[0-9]*.eml") if p.name[:8].isdigit()), default=0)

    def keep(self, envelope):
        """Writes one mail; returns its path."""
        self.last += 1
        first = re.sub(r"[^a-z0-9@._-]", "_", envelope.rcpt_tos[0].lower())[:80]
        path = self.folder / f"{self.last:08d}-{first}.eml"
        draft = self.folder / f".{path.name}.draft"
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        draft.write_bytes(head.encode("utf-8") + envelope.original_content)
        os.replace(draft, path)
        return path

    async def handle_DATA(self, server, session, envelope):  # the name aiosmtpd looks for
        try:
            path = self.keep(envelope)
        except OSError as error:
            print(f"mailbox: cannot write into {self.folder}: {error}", file=sys.stderr, flush=True)
            return "452 4.3.1 The mailbox has no room now"
        if self.verbose:
            print(path.name, flush=True)
        return f"250 2.0.0 Kept as {self.last:08d}"


def server_of(handler):
    """One connection's protocol."""
    return SMTP(handler, hostname="mailbox.localhost", data_size_limit=MAIL_MAX, enable_SMTPUTF8=True, decode_data=False, timeout=300)


async def serve(handler, host, port):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: server_of(handler), host, port, backlog=128)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    print(f"mailbox: listening on smtp://{host}:{port}, keeping mail in {handler.folder}", flush=True)
    await ended.wait()
    server.close()


def arguments(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True, help="where the .eml files go; made when absent")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on [127.0.0.1]")
    parser.add_argument("--port", type=int, default=7025, help="port to listen on [7025]")
    parser.add_argument("--verbose", action="store_true", help="print one line per mail: the name of its file")
    return parser


def main():
    options = arguments(__doc__).parse_args()
    os.nice(10)  # a mailbox on the same machine yields to the services, as a relay elsewhere would
    try:
        asyncio.run(serve(Mailbox(options.folder, options.verbose), options.host, options.port))
    except OSError as error:
        sys.exit(f"mailbox: cannot listen on {options.host}:{options.port}: {error.strerror}")


if __name__ == "__main__":
    main()
