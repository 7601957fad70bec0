"""What a person typed, made fit to keep: one normal form, nothing invisible, nothing that fools the eye."""

import re
import unicodedata

# U+202A–E and U+2066–9 can make a name read backwards: what is shown is then not what was decided.
TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")
# Pasted along from web pages and PDFs; they show nothing and make a word impossible to find.
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Letters by the book, yet blank: a title of these alone is an empty title.
BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


class Unfit(ValueError):
    """Text that cannot be kept. `code` says which of the messages the person gets."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_blank(text: str) -> bool:
    """Whether nothing in `text` shows: spaces, joiners, fillers and variation selectors only."""
    return all(
        character.isspace() or character in BLANK_LETTERS or unicodedata.category(character) in {"Cf", "Mn", "Me"}
        for character in text
    )


def clean_text(text: str) -> str:
    """Several lines, ended by a newline each. Raises Unfit."""
    text = LINE_ENDS.sub("\n", text)
    if LONE_SURROGATE.search(text) or CONTROL.search(text) or NONCHARACTER.search(text):
        raise Unfit("control")
    if TURNS_TEXT.search(text):
        raise Unfit("turned")
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    if is_blank(text):
        return ""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """One line: breaks and tabs become spaces, several spaces one. Raises Unfit."""
    return re.sub(r"\s+", " ", clean_text(text)).strip()
