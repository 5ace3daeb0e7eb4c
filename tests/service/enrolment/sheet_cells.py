#!/usr/bin/python3
"""What a spreadsheet program makes of a file: gnumeric's ssconvert opens it, and each cell is printed as "row|column|kind|content".

kind is what the program took the cell for: text, number, empty, or FORMULA. Rows and columns count from 0.

Our CSV has ';' between cells and a decimal comma, as Finnish and Swedish programs expect. ssconvert without a window reads English files
only, so what stands between quoted texts is put into English first; the texts themselves stay as they are.
"""
import gzip
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path

GNM = "{http://www.gnumeric.org/v10.dtd}"
KINDS = {"10": "empty", "30": "number", "40": "number", "60": "text"}



def english(text):
    parts = text.split('"')  # every other part lies outside of quotes
    return '"'.join(part.replace(",", ".").replace(";", ",") if n % 2 == 0 else part for n, part in enumerate(parts))


with tempfile.TemporaryDirectory() as folder:
    out = Path(folder) / "out.gnumeric"
    source = Path(sys.argv[1])
    if source.suffix == ".csv":
        source = Path(folder) / "english.csv"
        source.write_bytes(english(Path(sys.argv[1]).read_bytes().decode()).encode())
    subprocess.run(["ssconvert", str(source), str(out)], check=True, capture_output=True)
    data = out.read_bytes()
root = tree.fromstring(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
for cell in root.iter(GNM + "Cell"):
    content = cell.text or ""
    formula = cell.get("ExprID") is not None or cell.get("ValueType") is None
    kind = "FORMULA" if formula else KINDS.get(cell.get("ValueType"), "other")
    print(f'{cell.get("Row")}|{cell.get("Col")}|{kind}|{content}'.replace("\n", "\\n"))
