#!/usr/bin/python3
"""The mailbox of deploy/ with faults: what a relay does on a bad day, chosen by --mode.

    later    the first two tries of every recipient get 451, the third is taken
    never    recipients that begin with "never" get 550, the others are taken
    drop     the first mail of every recipient is kept, and the connection dropped before the answer
    slow     every mail is kept and answered after 30 ms
"""
import asyncio
import importlib.util
from collections import Counter
from pathlib import Path

spec = importlib.util.spec_from_file_location("mailbox", Path(__file__).parents[3] / "deploy" / "mailbox.py")
mailbox = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mailbox)


class Faulty(mailbox.Mailbox):
    def __init__(self, folder, verbose, mode):
        super().__init__(folder, verbose)
        self.mode = mode
        self.tries = Counter()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.tries[address] += 1
        if self.mode == "later" and self.tries[address] <= 2:
            return "451 4.7.1 Greylisted, come back later"
        if self.mode == "never" and address.startswith("never"):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if self.mode == "slow":
            await asyncio.sleep(0.03)
        if self.mode == "drop" and self.tries[envelope.rcpt_tos[0]] == 1:
            server.transport.abort()
        return answer


parser = mailbox.arguments(__doc__)
parser.add_argument("--mode", choices=("later", "never", "drop", "slow"), required=True)
options = parser.parse_args()
asyncio.run(mailbox.serve(Faulty(options.folder, options.verbose, options.mode), options.host, options.port))
