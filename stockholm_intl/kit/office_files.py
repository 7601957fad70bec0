"""Office files are ZIP archives: the table of contents is read, nothing is unpacked, what would swell is refused."""

import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

ENTRIES = 2_000
UNPACKED = 200 * 1024 * 1024
RATIO = 100
RATIO_FROM = 10 * 1024 * 1024
LOCKED = 0x1
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = "vbaproject.bin"
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError)


class FileRefused(Exception):
    """The file is not kept. `message` is Swedish and says how to mend it."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = str(message)


def damaged() -> FileRefused:
    return FileRefused(_("Filen är skadad. Öppna den i sitt program, spara den på nytt och försök igen."))


def check_office(file: IO[bytes], size: int, main_part: str) -> str:
    names = contents(file, size)
    if main_part not in names or "[Content_Types].xml" not in names:
        raise FileRefused(_("Filen är inte den sorts Office-fil som namnet säger. Spara den på nytt och försök igen."))
    if any(name.lower().rpartition("/")[2] == MACROS for name in names):
        raise FileRefused(_("Filen innehåller makron. Spara den utan makron, eller som PDF."))
    return ""


def check_open_document(file: IO[bytes], size: int, content_type: str) -> str:
    if "mimetype" not in contents(file, size) or first_bytes(file, "mimetype") != content_type:
        raise FileRefused(_("Filen är inte den sort som namnet säger. Spara den på nytt och försök igen."))
    return ""


def first_bytes(file: IO[bytes], name: str) -> str:
    """The beginning of one part, no more of it than that."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(name) as part:
            return part.read(200).decode("ascii", "replace").strip()
    except BROKEN as error:
        raise damaged() from error


def contents(file: IO[bytes], size: int) -> set[str]:
    """Names of the parts. Raises FileRefused for an archive that is broken, locked, or would swell when opened."""
    refuse_locked(file)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except BROKEN as error:
        raise damaged() from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    swells = unpacked > UNPACKED or (unpacked > RATIO_FROM and unpacked > RATIO * size)
    if swells or len(parts) > ENTRIES or packed > size:
        raise FileRefused(_("Filen växer orimligt mycket när den öppnas och har inte sparats. Spara den som PDF."))
    if any(part.flag_bits & LOCKED for part in parts):
        raise FileRefused(_("Filen är låst med lösenord. Spara den utan lösenord och försök igen."))
    if any(leads_out(part.filename) for part in parts):
        raise damaged()
    return {part.filename for part in parts}


def refuse_locked(file: IO[bytes]) -> None:
    file.seek(0)
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE:
        raise FileRefused(
            _("Filen är låst med lösenord eller sparad i ett äldre format. Spara den utan lösenord i det nya formatet.")
        )
    file.seek(0)


def leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")
