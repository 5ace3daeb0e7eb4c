#!/usr/bin/python3
"""A receiver of webhooks: answers by the path it is asked for, and keeps what came, a line of JSON each.

    receiver.py --port N --record FILE [--certificate FILE --key FILE]

    /ok...     200          /fail...  500                    /busy...  429, Retry-After: 9 the first time, then 200
    /gone...   410          /move...  302 to /ok-moved       /hang...  no answer for 30 s
    /flaky...  500 the first time, then 200                  /big...   200 with a body that never ends
    /drop...   closes the connection without an answer       /late...  no answer the first time for 30 s, then 200
"""
import argparse
import collections
import http.server
import json
import socket
import ssl
import threading
import time

seen = collections.Counter()
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        with lock:
            seen[self.path] += 1
            times = seen[self.path]
            with open(options.record, "a", encoding="utf-8") as out:
                out.write(json.dumps({"path": self.path, "at": time.time(), "headers": {k.lower(): v for k, v in self.headers.items()},
                                      "body": body.decode()}) + "\n")
        getattr(self, "on_" + self.path[1:].split("-")[0], self.on_fail)(times)

    def answer(self, status, text=b"taken", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def on_ok(self, times):
        self.answer(200)

    def on_fail(self, times):
        self.answer(500, "något gick sönder\nhär".encode())

    def on_busy(self, times):
        if times == 1:
            self.answer(429, b"slow down", Retry_After="9")
        else:
            self.answer(200)

    def on_gone(self, times):
        self.answer(410, b"no more")

    def on_move(self, times):
        self.answer(302, b"", Location="/ok-moved")

    def on_hang(self, times):
        time.sleep(30)

    def on_late(self, times):
        if times == 1:
            time.sleep(30)
        else:
            self.answer(200)

    def on_flaky(self, times):
        self.answer(500 if times == 1 else 200)

    def on_big(self, times):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(100000):
                self.wfile.write(b"x" * 1000)
        except OSError:
            with open(options.record + ".cut", "w") as out:
                out.write("the sender did not read it all\n")

    def on_drop(self, times):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--record", required=True)
parser.add_argument("--certificate")
parser.add_argument("--key")
options = parser.parse_args()
server = Server(("127.0.0.1", options.port), Handler)
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print("listening", flush=True)
server.serve_forever()
