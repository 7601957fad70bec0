"""Which kinds of file may be handed in, and how each proves that it is one. Nothing is unpacked, drawn or run."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from stockholm_intl.kit.image_size import jpeg_size, png_size
from stockholm_intl.kit.office_files import FileRefused, check_office, check_open_document

__all__ = ["KINDS", "FileKind", "FileRefused", "mismatch"]

PIXELS = 60_000_000
PDF_END = 4096
TEXT_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|script|svg|\?xml|iframe|!--)", re.IGNORECASE)
MAIL_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:")

Check = Callable[[IO[bytes], int], str]


@dataclass(frozen=True)
class FileKind:
    """`marks` are the content types the first bytes may be recognised as; text has none that can be relied on."""

    content_type: str
    marks: frozenset[str] | None
    check: Check


def mismatch() -> FileRefused:
    return FileRefused(
        _("Filens innehåll är inte det som namnet säger. Öppna den i sitt program, spara den på nytt och försök igen.")
    )


def check_pdf(file: IO[bytes], size: int) -> str:
    """Begins and ends as a PDF. A locked one is kept, with a word of warning: who opens it in ten years?"""
    file.seek(0)
    if file.read(5) != b"%PDF-":
        raise mismatch()
    file.seek(max(0, size - PDF_END))
    if b"%%EOF" not in file.read():
        raise FileRefused(_("PDF-filen är avbruten: slutet saknas. Hämta eller spara den igen."))
    file.seek(0)
    if re.search(rb"/Encrypt\s", file.read()):
        return _("PDF-filen är skyddad. Kontrollera att andra kan öppna den utan lösenord.")
    return ""


def check_png(file: IO[bytes], size: int) -> str:
    return check_pixels(png_size(file))


def check_jpeg(file: IO[bytes], size: int) -> str:
    return check_pixels(jpeg_size(file))


def check_pixels(found: tuple[int, int] | None) -> str:
    if found is None or 0 in found:
        raise FileRefused(_("Bilden är skadad. Öppna den, spara den på nytt och försök igen."))
    if found[0] * found[1] > PIXELS:
        raise FileRefused(
            _("Bilden är %(width)s gånger %(height)s bildpunkter, och det är för stort. Spara den mindre.")
            % {"width": found[0], "height": found[1]}
        )
    return ""


def check_text(file: IO[bytes], size: int) -> str:
    read_text(file)
    return ""


def check_calendar(file: IO[bytes], size: int) -> str:
    if not read_text(file).lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise mismatch()
    return ""


def check_mail(file: IO[bytes], size: int) -> str:
    if not MAIL_HEADER.match(read_text(file)):
        raise mismatch()
    return ""


def read_text(file: IO[bytes]) -> str:
    """The file as text. Raises FileRefused for bytes that are no text, and for a web page or drawing in disguise."""
    file.seek(0)
    raw = file.read()
    text = decoded(raw)
    if text is None or TEXT_CONTROL.search(text) or MARKUP.match(text):
        raise mismatch()
    return text


def decoded(raw: bytes) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


def office(name: str, main_part: str) -> FileKind:
    return FileKind(
        OOXML + name,
        frozenset({OOXML + name, "application/zip"}),
        lambda file, size: check_office(file, size, main_part),
    )


def open_document(name: str) -> FileKind:
    return FileKind(
        ODF + name,
        frozenset({ODF + name, "application/zip"}),
        lambda file, size: check_open_document(file, size, ODF + name),
    )


KINDS = {
    "pdf": FileKind("application/pdf", frozenset({"application/pdf"}), check_pdf),
    "docx": office("wordprocessingml.document", "word/document.xml"),
    "xlsx": office("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": office("presentationml.presentation", "ppt/presentation.xml"),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
    "png": FileKind("image/png", frozenset({"image/png"}), check_png),
    "jpg": FileKind("image/jpeg", frozenset({"image/jpeg"}), check_jpeg),
    "jpeg": FileKind("image/jpeg", frozenset({"image/jpeg"}), check_jpeg),
    "txt": FileKind("text/plain", None, check_text),
    "csv": FileKind("text/csv", None, check_text),
    "eml": FileKind("message/rfc822", None, check_mail),
    "ics": FileKind("text/calendar", None, check_calendar),
}
