"""Make the fonts of the papers: one whole Open Sans file per weight, merged from the subsets of its package.

Two subset files of one family must never reach the PDF maker: it then draws wrong glyphs while the text layer reads right.
Run when the version changes: `python tools/print_fonts.py`. Needs Node, and only then; the result is committed.
"""

from __future__ import annotations

import copy
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

PACKAGE = "@fontsource/open-sans@5.3.0"
TARGET = Path(__file__).resolve().parent.parent / "static" / "print" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese", "hebrew")
# Signs that people paste from a word processor and that the family draws under another number.
BOX = 0x25A1  # stands for a sign that the family does not have: seen, instead of a gap
ALIASES = {0x2011: 0x002D, 0x2010: 0x002D, 0x202F: 0x00A0, 0x2007: 0x00A0, 0x2002: 0x00A0, 0x2009: 0x00A0}


def fetch(folder: Path) -> Path:
    subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
    [archive] = folder.glob("*.tgz")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package"


def plain(source: Path, target: Path) -> Path:
    """One subset without hints: the instructions of several files cannot live in one."""
    options = subset.Options(hinting=False, layout_features=["*"], glyph_names=True, notdef_outline=True)
    font = subset.load_font(str(source), options)
    tool = subset.Subsetter(options)
    tool.populate(unicodes=font.getBestCmap())
    tool.subset(font)
    font.flavor = None
    del font["STAT"]
    font.save(target)
    return target


def name(font: TTFont, weight: int) -> None:
    words = {1: "Open Sans", 2: WEIGHTS[weight], 4: f"Open Sans {WEIGHTS[weight]}", 6: f"OpenSans-{WEIGHTS[weight]}"}
    for number in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=number)
    for number, word in words.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(word, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def add_box(font: TTFont) -> None:
    """The family's own box for an unknown sign, as a sign of its own: a PDF may not show glyph 0."""
    glyph = "uni25A1"
    font.setGlyphOrder([*font.getGlyphOrder(), glyph])
    font["glyf"][glyph] = copy.deepcopy(font["glyf"][".notdef"])
    font["hmtx"][glyph] = font["hmtx"][".notdef"]
    for table in font["cmap"].tables:
        table.cmap[BOX] = glyph


def merged(files: list[Path], weight: int) -> TTFont:
    font = merge.Merger().merge([str(file) for file in files])
    for table in font["cmap"].tables:
        table.cmap.update({new: table.cmap[old] for new, old in ALIASES.items() if new not in table.cmap})
    add_box(font)
    name(font, weight)
    # The same package gives the same bytes.
    font["head"].created = font["head"].modified = 3_600_000_000
    font.recalcTimestamp = False
    return font


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        package = fetch(folder)
        shutil.copyfile(package / "LICENSE", TARGET / "LICENSE.txt")
        for weight in WEIGHTS:
            parts = [
                plain(package / "files" / f"open-sans-{part}-{weight}-normal.woff2", folder / f"{weight}-{part}.ttf")
                for part in SUBSETS
            ]
            merged(parts, weight).save(TARGET / f"OpenSans-{weight}.ttf")


if __name__ == "__main__":
    main()
