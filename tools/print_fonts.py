"""Make the fonts of the papers: one whole Open Sans file per weight, merged from the subsets of its package.

Two subset files of one family must never reach the PDF maker: it then draws wrong glyphs while the text reads right.
Run when the version changes: `python tools/print_fonts.py`. Needs Node, and only then; the result is committed.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

PACKAGE = "@fontsource/open-sans@5.3.0"
TARGET = Path(__file__).resolve().parent.parent / "static" / "print" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese", "hebrew")
# Signs that people paste from a word processor and that the family draws under another number.
# Stands for a sign that the family does not have: seen, instead of a gap.
UNKNOWN = (0xFFFD, [(3.5, 1), (12.5, 1), (12.5, 15), (3.5, 15)])
# The directions' marks as signs, for long lists: filled and outlined; corners on a grid of 16; None is the circle.
SHAPES: dict[tuple[int, int], list[tuple[float, float]] | None] = {
    (0x25B2, 0x25B3): [(8, 1), (15.4, 14.4), (0.6, 14.4)],
    (0x25CF, 0x25CB): None,
    (0x25A0, 0x25A1): [(1.5, 1.5), (14.5, 1.5), (14.5, 14.5), (1.5, 14.5)],
    (0x25B6, 0x25B7): [(1, 2), (8.9, 2), (15.2, 8), (8.9, 14), (1, 14)],
}
GRID, ADVANCE, DROP, LINE = 96, 1590, 130, 1.8
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


def add_glyph(font: TTFont, sign: int, glyph: Glyph) -> None:
    word = f"uni{sign:04X}"
    glyph.recalcBounds(font["glyf"])
    font["glyf"][word] = glyph  # which adds the word to the glyphs' order
    font.setGlyphOrder(font["glyf"].glyphOrder)
    font["hmtx"][word] = (ADVANCE, glyph.xMin)
    for table in font["cmap"].tables:
        table.cmap[sign] = word


def ring(pen: TTGlyphPen, radius: float, clockwise: bool) -> None:
    """A circle on the middle of the grid, as eight curves."""
    turn = -1 if clockwise else 1
    far = radius / math.cos(math.pi / 8)
    points = [
        (far * math.cos(turn * (k + 0.5) * math.pi / 4), far * math.sin(turn * (k + 0.5) * math.pi / 4))
        for k in range(8)
    ]
    pen.qCurveTo(*(placed(8 + x, 8 + y) for x, y in points), None)
    pen.closePath()


def placed(x: float, y: float) -> tuple[int, int]:
    """From the grid, where y grows downwards, to the font's units above the base line."""
    return round(x * GRID), round((16 - y) * GRID) - DROP


def inner(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same shape, a line's width further in: each side moved along its normal, corners where neighbours meet."""
    sides = []
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = math.hypot(x1 - x0, y1 - y0)
        a, b = -(y1 - y0) / length, (x1 - x0) / length
        sides.append((a, b, a * x0 + b * y0 + LINE))
    found = []
    for (a, b, c), (d, e, f) in zip(sides[-1:] + sides[:-1], sides, strict=True):
        scale = a * e - b * d
        found.append(((c * e - b * f) / scale, (a * f - c * d) / scale))
    return found


def drawn(corners: list[tuple[float, float]] | None, is_outline: bool) -> Glyph:
    pen = TTGlyphPen(None)
    if corners is None:
        ring(pen, 7, clockwise=True)
        if is_outline:
            ring(pen, 7 - LINE, clockwise=False)
    else:
        for part in [corners, inner(corners)[::-1]] if is_outline else [corners]:
            pen.moveTo(placed(*part[0]))
            for corner in part[1:]:
                pen.lineTo(placed(*corner))
            pen.closePath()
    return pen.glyph()


def add_marks(font: TTFont) -> None:
    add_glyph(font, UNKNOWN[0], drawn(UNKNOWN[1], is_outline=True))
    for (filled, outlined), corners in SHAPES.items():
        add_glyph(font, filled, drawn(corners, is_outline=False))
        add_glyph(font, outlined, drawn(corners, is_outline=True))


def merged(files: list[Path], weight: int) -> TTFont:
    font = merge.Merger().merge([str(file) for file in files])
    for table in font["cmap"].tables:
        table.cmap.update({new: table.cmap[old] for new, old in ALIASES.items() if new not in table.cmap})
    add_marks(font)
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
