#!/usr/bin/python3
"""A relay that says exactly what its script says: an SMTP server of one's own words, for what no well-behaved server does.

    talker.py PORT FOLDER [ENTRY]...

An entry is WORD=ANSWER: what is answered to a command that begins with WORD. WORD is GREETING, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT,
DATA, DOT (behind the body) or QUIT; WORD2 means the second one of a connection and all that follow in it. In an answer "|" ends a line, and
a line of its own word does something: "hang" never answers, "cut" closes the connection, "trickle" says the line behind it a byte at a
time, "flood" says "220-" lines without end. Everything else is taken. Each connection is a file FOLDER/<n>.txt of what was heard in it.
"""
import asyncio
import sys
from collections import Counter
from pathlib import Path

DEFAULTS = {
    "GREETING": "220 talker.localhost ESMTP",
    "EHLO": "250-talker.localhost|250-SIZE 5000000|250-8BITMIME|250 ENHANCEDSTATUSCODES",
    "HELO": "250 talker.localhost",
    "MAIL": "250 2.1.0 OK",
    "RCPT": "250 2.1.5 OK",
    "DATA": "354 Go on",
    "DOT": "250 2.0.0 Taken",
    "QUIT": "221 2.0.0 Bye",
}


class Cut(Exception):
    pass


class Talk:
    def __init__(self, script, reader, writer, log):
        self.script, self.reader, self.writer, self.log = script, reader, writer, log
        self.heard = Counter()

    async def flood(self):
        while True:
            self.writer.write(b"220-more and more of it\r\n" * 1000)
            await self.writer.drain()

    async def say(self, word):
        self.heard[word] += 1
        answer = self.script.get(f"{word}2") if self.heard[word] > 1 else None
        if answer is None:
            answer = self.script.get(word, DEFAULTS.get(word, "502 5.5.1 Not here"))
        slowly = False
        for line in answer.split("|"):
            if line == "hang":
                await asyncio.sleep(600)
            elif line == "flood":
                await self.flood()
            elif line == "cut":
                raise Cut
            elif line == "trickle":
                slowly = True
            elif slowly:
                for byte in line.encode() + b"\r\n":
                    self.writer.write(bytes([byte]))
                    await asyncio.sleep(0.3)
            else:
                self.writer.write(line.encode() + b"\r\n")
        await self.writer.drain()
        return answer

    async def body(self):
        while (line := await self.hear()) != b".\r\n":
            if not line:
                raise Cut
        await self.say("DOT")

    async def hear(self):
        line = await self.reader.readline()
        self.log.write(line)
        self.log.flush()
        return line

    async def run(self):
        await self.say("GREETING")
        while line := await self.hear():
            word = line.split()[0].decode().upper() if line.split() else ""
            answer = await self.say(word)
            if word == "DATA" and answer.startswith("354"):
                await self.body()
            if word == "QUIT":
                raise Cut


async def main():
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    script = dict(entry.split("=", 1) for entry in sys.argv[3:])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0

    async def serve(reader, writer):
        nonlocal count
        count += 1
        with open(folder / f"{count}.txt", "wb") as log:
            try:
                await Talk(script, reader, writer, log).run()
            except (Cut, ConnectionError):
                pass
            writer.close()

    await asyncio.start_server(serve, "127.0.0.1", port, backlog=64)
    print("listening", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
