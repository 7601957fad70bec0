"""Text that can be printed: only signs that the fonts have, and no word too long to break."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

PRINT = Path(__file__).resolve().parents[2] / "static" / "print"
FONTS = PRINT / "fonts"
WEIGHTS = (400, 600, 700)
BOX = "\ufffd"
# Control signs, half a pair, marks that only steer how text is shown. Forms refuse most; old rows may have them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
# The maker tries every sign of a word on every line, which is quadratic: ten seconds for 10 000 signs.
LONG_WORD = re.compile(r"[^\s<>&;\"=]{121,}")
PIECE = re.compile(".{60}(?=.)")


def printable(html: str) -> str:
    """The page with unseen signs dropped, signs that no font has as boxes, and breaks allowed in endless words."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", html))
    text = LONG_WORD.sub(lambda word: PIECE.sub("\\g<0>\u200b", word[0]), text)
    return missing().sub(BOX, text)


@cache
def missing() -> re.Pattern[str]:
    """One sign that at least one of the fonts lacks."""
    covers = [shown_by(FONTS / f"OpenSans-{weight}.ttf") for weight in WEIGHTS]
    signs = "".join(re.escape(chr(sign)) for sign in sorted(set.intersection(*covers)))
    return re.compile(f"[^\\t\\r\\n{signs}]")


def shown_by(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())
