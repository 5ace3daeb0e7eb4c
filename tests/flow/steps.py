"""What the flow tests do again and again: be refused by a rule, read a letter, read a file. Nothing of a story is kept here."""
import subprocess

from suite import Refused, wait_for

LANGUAGES = ("fi", "sv", "en")


def refused(client, method, path, body=None, rule=None, status=409, field=None, key=None, if_match=None):
    """The request must be refused so; returns the problem document."""
    try:
        answer = client(method, path, body, key, if_match)
    except Refused as refusal:
        problem = refusal.problem
        assert refusal.status == status == problem["status"], refusal
        assert rule is None or problem["rule"] == rule, refusal
        assert field is None or problem.get("field") == field, refusal
        assert rule is None or all(problem["texts"][language] for language in LANGUAGES), refusal
        return problem
    raise AssertionError(f"{method} {path} was not refused with {status} {rule}: {answer}")


def text_of(mail):
    """What a mail says, to readers that show plain text."""
    return mail.get_body(preferencelist=("plain",)).get_content()


def said(mail):
    """A mail as one line of text, however it was folded."""
    return " ".join(f"{mail['Subject']} {text_of(mail)}".split())


def mails_of(suite, address, count):
    """All mails to this address, once there are so many."""
    return wait_for(f"{count} mails to {address}", lambda: (lambda m: m if len(m) >= count else None)(suite.mails_to(address)))


def mail_saying(suite, address, *words):
    """The mail to this address that says all of it, once it is there; the reader's language is in its head."""
    def look():
        return next((m for m in suite.mails_to(address) if all(word in said(m) for word in words)), None)
    return wait_for(f"a mail to {address} that says {words}", look)


def tool(*arguments):
    """A program of the system that reads a file for us; what it prints."""
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout
