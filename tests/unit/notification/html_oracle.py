#!/usr/bin/python3
"""An independent reader of letters in HTML: html5lib, strictly by the HTML standard, any parse error counts. Documents come on the standard
input with a NUL after each. Beside being valid a letter has a language, a title, one main part, and loads nothing from anywhere."""
import sys

import html5lib

ALLOWED = {"html", "head", "meta", "title", "style", "body", "main", "footer", "p", "br", "ul", "li", "a", "h1"}


def complaints(text):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        root = parser.parse(text)
    except html5lib.html5parser.ParseError as error:
        return [f"not valid: {error!r}"]
    found = []
    if root.get("lang") not in ("fi", "sv", "en"):
        found.append("no language")
    if not (root.findtext("head/title") or "").strip():
        found.append("no title")
    if len(root.findall(".//main")) != 1:
        found.append("not one main part")
    for element in root.iter():
        if element.tag not in ALLOWED:
            found.append(f"an element <{element.tag}>")
        if set(element.attrib) - {"lang", "charset", "name", "content", "href"}:
            found.append(f"attributes {sorted(element.attrib)} of <{element.tag}>")
        if element.tag == "a" and not element.get("href", "").startswith(("http://", "https://")):
            found.append(f"a link to {element.get('href')!r}")
    return found


documents = sys.stdin.buffer.read().split(b"\0")[:-1]
wrong = 0
for document in documents:
    for complaint in complaints(document.decode()):
        wrong += 1
        print(f"{complaint} in:\n{document.decode()[:1500]}")
print(f"{len(documents)} documents, {wrong} complaints")
sys.exit(wrong != 0 or not documents)
