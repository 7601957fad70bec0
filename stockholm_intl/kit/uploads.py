"""Files that people hand in: their name made fit to show, their content held to what the name says, nothing opened.

No file is unpacked, drawn or parsed beyond its headers here, and none is ever shown inline: see `as_attachment`.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import IO

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import FileResponse
from django.utils.translation import gettext as _

from stockholm_intl.kit import swedish
from stockholm_intl.kit.file_kinds import KINDS, FileKind, FileRefused, mismatch
from stockholm_intl.kit.office_files import refuse_locked

__all__ = [
    "ACCEPT",
    "MAX_BYTES",
    "Checked",
    "FileRefused",
    "LimitedUploadHandler",
    "as_attachment",
    "check_upload",
    "clean_name",
]

MAX_BYTES = 20 * 1024 * 1024
NAME_LENGTH = 150
HEAD = 8192
CHUNK = 64 * 1024
ACCEPT = ",".join(f".{ending}" for ending in KINDS)
# What a file system or a mail program reads as its own signs.
UNSAFE_IN_NAME = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
# The test file every virus scanner knows. In two halves, or scanners would report this module.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. `warning` is something the person should know, or empty."""

    name: str
    content_type: str
    size: int
    sha256: str
    warning: str = ""


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes no more than the limit to disk, but tells the true size, so that the form can say how large it was."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)


def check_upload(upload: UploadedFile) -> Checked:
    """What may be kept of this file. Raises FileRefused with a Swedish sentence that says how to mend it."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size == 0:
        raise FileRefused(_("Filen är tom. Kontrollera att den är sparad och välj den igen."))
    if size > MAX_BYTES:
        raise FileRefused(
            _("Filen är %(size)s MB. Högst 20 MB går att lägga in. Dela upp den eller spara den mindre.")
            % {"size": megabytes(size)}
        )
    kind = kind_of(name)
    file: IO[bytes] = upload.file  # type: ignore[assignment]
    digest = fingerprint(file)
    require_same_kind(kind, file)
    warning = kind.check(file, size)
    file.seek(0)
    return Checked(name, kind.content_type, size, digest, warning)


def megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is over a limit never seems to be within it."""
    tenths = -(-size * 10 // (1024 * 1024))
    return swedish.number(Decimal(tenths) / 10, 1 if tenths % 10 else 0)


def kind_of(name: str) -> FileKind:
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in KINDS:
        shown = f".{ending}" if ending else _("en fil utan filändelse")
        raise FileRefused(
            _("Det går inte att lägga in %(ending)s. Spara som PDF, eller välj %(allowed)s.")
            % {"ending": shown, "allowed": swedish.listed(list(KINDS))}
        )
    return KINDS[ending]


def require_same_kind(kind: FileKind, file: IO[bytes]) -> None:
    """The content's own mark must be one that the name's ending can have."""
    if kind.marks is None:
        return
    file.seek(0)
    guess = filetype.guess(file.read(HEAD))
    if guess is None or guess.mime not in kind.marks:
        refuse_locked(file)
        raise mismatch()


def fingerprint(file: IO[bytes]) -> str:
    """SHA-256 of the whole file, read in pieces. Raises FileRefused for the scanners' test file."""
    digest, before = hashlib.sha256(), b""
    for piece in pieces(file):
        if EICAR in before + piece:
            raise FileRefused(_("Filen innehåller skadlig kod och har inte sparats. Kontakta din it-support."))
        digest.update(piece)
        before = piece[-len(EICAR) :]
    return digest.hexdigest()


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(CHUNK):
        yield piece


def clean_name(name: str) -> str:
    """The last part of the name, in one normal form, without signs that hide or turn text, at most NAME_LENGTH long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = " ".join(seen.translate(UNSAFE_IN_NAME).split()).strip(". ")
    path = PurePosixPath(plain or "-")
    stem, ending = path.stem.strip(". "), path.suffix
    if not any(sign.isalnum() for sign in stem):
        stem = str(_("dokument"))
    return f"{stem[: NAME_LENGTH - len(ending[:20])]}{ending[:20]}"


def as_attachment(file: IO[bytes], *, name: str, content_type: str) -> FileResponse:
    """An answer that only ever saves the file: attachment, no sniffing, and a sandbox should it be opened anyway."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
