#!/usr/bin/python3
"""The mailbox of deploy/ with faults, encryption and sign-in: what a relay does on a bad day, and what it asks for on a good one.

    plain    every mail is kept
    later    the first two tries of every recipient get 451, the third is taken
    never    recipients that begin with "never" get 550, the others are taken
    drop     the first mail of every recipient is kept, and the connection dropped before the answer
    slow     every mail is kept and answered after 30 ms
    hang     the first mail of every recipient is kept, and never answered
    mute     every mail is kept, and none answered
    busy     every recipient gets 451 until the file FOLDER/../open exists
    slower   every first try of a recipient gets 450 4.7.1: we mail too fast
    sender   every first try of a recipient gets 553 5.1.8: our own address is not wanted
    refuse   421 in the place of a greeting

With --tls CERT KEY it offers STARTTLS and takes nothing without (--implicit: encrypted from the first byte); with --user and --password it
asks for a sign-in. Kept mails begin with X-Session: "tls=TLSv1.3 user=...", "-" for none.
"""
import asyncio
import importlib.util
import ssl
from collections import Counter
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

spec = importlib.util.spec_from_file_location("mailbox", Path(__file__).parents[3] / "deploy" / "mailbox.py")
mailbox = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mailbox)

RECIPIENT_ANSWERS = {  # at the first tries of a recipient: how many, and what they get
    "later": (2, "451 4.7.1 Greylisted, come back later"),
    "slower": (1, "450 4.7.1 Too much mail from you, slower"),
    "sender": (1, "553 5.1.8 Sender address rejected: no such domain"),
}


class Faulty(mailbox.Mailbox):
    def __init__(self, options):
        super().__init__(options.folder, options.verbose)
        self.mode = options.mode
        self.tries = Counter()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.tries[address] += 1
        times, answer = RECIPIENT_ANSWERS.get(self.mode, (0, ""))
        if self.tries[address] <= times:
            return answer
        if self.mode == "never" and address.startswith("never"):
            return "550 5.1.1 No such mailbox"
        if self.mode == "busy" and not (self.folder.parent / "open").exists():
            return "451 4.3.0 Not today"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        cipher = server.transport.get_extra_info("cipher")
        user = session.auth_data.decode() if session.authenticated else "-"
        head = f"X-Session: tls={cipher[1] if cipher else '-'} user={user}\r\n"
        envelope.original_content = head.encode() + envelope.original_content
        answer = await super().handle_DATA(server, session, envelope)
        first = self.tries[envelope.rcpt_tos[0]] == 1
        if self.mode == "slow":
            await asyncio.sleep(0.03)
        if self.mode == "mute" or (self.mode == "hang" and first):
            await asyncio.sleep(600)
        if self.mode == "drop" and first:
            server.transport.abort()
        return answer


class Shut(asyncio.Protocol):
    """421 for whoever connects."""

    def connection_made(self, transport):
        transport.write(b"421 4.3.2 Closed for today\r\n")
        transport.close()


def authenticator(options):
    wanted = (options.user.encode(), options.password.encode())

    def check(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == wanted
        return AuthResult(success=right, handled=right, auth_data=data.login if right else None)  # not handled: aiosmtpd says 535

    return check


def protocol(handler, options, context):
    """One connection."""
    if options.mode == "refuse":
        return Shut()
    more = {}
    if options.user:
        more = {"authenticator": authenticator(options), "auth_required": True, "auth_require_tls": bool(options.tls) and not options.implicit}
    if context and not options.implicit:
        more |= {"tls_context": context, "require_starttls": True}
    return SMTP(handler, hostname="mailbox.localhost", data_size_limit=mailbox.MAIL_MAX, decode_data=False, timeout=300, **more)


async def serve(options):
    handler = Faulty(options)
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: protocol(handler, options, context), options.host, options.port, backlog=128,
                             ssl=context if options.implicit else None)
    print(f"mailbox: listening on {options.host}:{options.port}", flush=True)
    await asyncio.Event().wait()


parser = mailbox.arguments(__doc__)
parser.add_argument("--mode", choices=("plain", "later", "never", "drop", "slow", "hang", "mute", "busy", "slower", "sender", "refuse"), required=True)
parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
parser.add_argument("--implicit", action="store_true")
parser.add_argument("--user", default="")
parser.add_argument("--password", default="")
asyncio.run(serve(parser.parse_args()))
