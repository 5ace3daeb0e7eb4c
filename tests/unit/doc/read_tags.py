#!/usr/bin/python3
"""Reads a PDF as a screen reader does, with qpdf's library and none of our code: down the tree of tags, from each tag to what it marks on
the pages, from glyphs through ToUnicode to characters. Writes one line for each tag ("P: text"), or what is wrong and ends badly.

Looked at: every mark of a page's content stands in the ParentTree and points to the tag whose K names it, once, in reading order; every
tag names its parent; headings of tables have a scope, lists a numbering; nothing is drawn that is neither marked nor an artifact; faces are in the file.
What readers pass over comes last, page by page ("0 Footer: text").
"""
import re
import sys

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "b", "Do", "sh", "EI"}
HOLDS = {"Document": {"H1", "H2", "H3", "P", "Table", "L"}, "Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}}


def wrong(words):
    sys.exit(f"wrong: {words}")


def characters_of(font):
    """Of a face: by glyph."""
    inner = font.DescendantFonts[0]
    about = inner.FontDescriptor
    if "/FontFile2" not in about and "/FontFile3" not in about:
        wrong(f"{font.BaseFont} is not in the file")
    text = font.ToUnicode.read_bytes().decode("ascii")
    known = {}
    for count, block in re.findall(r"(\d+) beginbfchar\n(.*?)endbfchar", text, re.S):
        rows = re.findall(r"<([0-9A-F]{4})><((?:[0-9A-F]{4})+)>", block)
        if len(rows) != int(count) or int(count) > 100:
            wrong(f"a block of {count} has {len(rows)} rows")
        for glyph, characters in rows:
            if int(glyph, 16) in known:
                wrong(f"glyph {glyph} stands for two texts")
            known[int(glyph, 16)] = bytes.fromhex(characters).decode("utf-16-be")
    return known


def text_of(glyphs, font, boxes):
    text = ""
    for at in range(0, len(glyphs), 2):
        glyph = glyphs[at] << 8 | glyphs[at + 1]
        if glyph not in font and not boxes:
            wrong(f"glyph {glyph} stands for no character")
        text += font.get(glyph, "\ufffd")
    return text


def marks_of(page, fonts):
    """What the page shows: by mark, in the order in which it is drawn; and the artifacts."""
    marks, artifacts, open_, font = {}, [], [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        op = str(operator)
        if op in ("BDC", "BMC"):
            about = operands[1] if op == "BDC" else {}
            mark = int(about["/MCID"]) if "/MCID" in about else None
            if mark is None and operands[0] != "/Artifact":
                wrong(f"{operands[0]} has no mark")
            if open_:
                wrong("a mark begins inside another")
            if mark is not None and mark != len(marks):
                wrong(f"mark {mark} comes after {len(marks)}")
            beside = str(about["/ActualText"]) if "/ActualText" in about else None
            open_.append((mark, beside))
            if mark is not None:
                marks[mark] = beside or ""
            else:
                artifacts.append([str(about.get("/Subtype", about["/Type"]))[1:], ""])
        elif op == "EMC":
            open_.pop()
        elif op == "Tf":
            font = fonts[str(operands[0])]
        elif op in SHOWS and not open_:
            wrong(f"{op} is neither marked nor an artifact")
        elif op == "TJ" and open_[-1][1] is None:
            mark = open_[-1][0]
            text = "".join(text_of(bytes(part), font, mark is None) for part in operands[0] if isinstance(part, pikepdf.String))
            if mark is not None:
                marks[mark] += text
            else:
                artifacts[-1][1] += text
    if open_:
        wrong("a mark does not end")
    return marks, artifacts


class Reader:
    def __init__(self, pdf):
        self.pages = {page.objgen: n for n, page in enumerate(pdf.pages)}
        parent_tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        self.backwards, self.marks, self.artifacts, self.last = [], [], [], []
        fonts = {name: characters_of(font) for name, font in pdf.pages[0].Resources.get("/Font", {}).items()}
        for n, page in enumerate(pdf.pages):
            marks, artifacts = marks_of(page, fonts)
            self.marks.append(marks)
            self.artifacts.append(artifacts)
            self.backwards.append(list(parent_tree[int(page.obj.StructParents)]))
            self.last.append(-1)
            if len(self.backwards[n]) != len(self.marks[n]):
                wrong(f"page {n} has {len(self.marks[n])} marks, and {len(self.backwards[n])} lead back")
        if int(pdf.Root.StructTreeRoot.ParentTreeNextKey) != len(self.pages):
            wrong("the next page of the ParentTree")

    def piece(self, tag, page, mark):
        if self.backwards[page][mark].objgen != tag.objgen:
            wrong(f"mark {mark} of page {page} leads back to another tag than {tag.S}")
        if mark != self.last[page] + 1:
            wrong(f"mark {mark} of page {page} is read after {self.last[page]}")
        self.last[page] = mark
        return self.marks[page][mark]

    def read(self, tag, parent):
        if tag.P.objgen != parent.objgen:
            wrong(f"{tag.S} has another parent")
        name, text, tags = str(tag.S)[1:], "", []
        for kid in tag.K:
            if isinstance(kid, int):
                text += self.piece(tag, self.pages[tag.Pg.objgen], kid)
            elif kid.get("/Type") == "/MCR":
                text += self.piece(tag, self.pages[kid.Pg.objgen], int(kid.MCID))
            else:
                tags.append(kid)
        scope = str(tag.A.Scope)[1:] if "/A" in tag and tag.A.O == "/Table" else ""
        if (name == "TH") != (scope in ("Column", "Row")):
            wrong(f"a {name} of the scope '{scope}'")
        numbering = str(tag.A.ListNumbering)[1:] if "/A" in tag and tag.A.O == "/List" else ""
        if (name == "L") != (numbering in ("Decimal", "Disc")):
            wrong(f"a {name} of the numbering '{numbering}'")
        words = f"{name}{' ' + (scope or numbering) if scope or numbering else ''}"
        print(f"{words}: {text}" if text or not tags else words)
        for kid in tags:
            if str(kid.S)[1:] not in HOLDS.get(name, ()):
                wrong(f"{kid.S} in {name}")
            self.read(kid, tag)


def main():
    with pikepdf.open(sys.argv[1]) as pdf:
        root = pdf.Root
        if not root.MarkInfo.Marked or not root.ViewerPreferences.DisplayDocTitle or "/Lang" not in root:
            wrong("the catalog")
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            if (about.get("dc:title") or "") != str(pdf.docinfo.Title):
                wrong("the titles differ")
            print("PDF/UA", about.get("{http://www.aiim.org/pdfua/ns/id/}part", "no"))
        reader = Reader(pdf)
        reader.read(root.StructTreeRoot.K[0], root.StructTreeRoot)
        for page, marks in enumerate(reader.marks):
            if reader.last[page] + 1 != len(marks):
                wrong(f"page {page}: mark {reader.last[page] + 1} is never read")
        for page, artifacts in enumerate(reader.artifacts):
            for kind, text in artifacts:
                print(f"{page} {kind}: {text}" if text else f"{page} {kind}")


main()
