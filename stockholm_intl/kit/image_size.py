"""Width and height of a picture from its header alone: a picture is never drawn here."""

import struct
from typing import IO

PNG_START = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
# JPEG: "start of frame" in its variants tells the size; C4, C8 and CC are tables.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STAND_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
MOST_SEGMENTS = 500


def png_size(file: IO[bytes]) -> tuple[int, int] | None:
    """Width and height, None for a broken header."""
    file.seek(0)
    head = file.read(24)
    if len(head) < 24 or not head.startswith(PNG_START):
        return None
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def jpeg_size(file: IO[bytes]) -> tuple[int, int] | None:
    """Width and height, None for a broken header."""
    file.seek(0)
    if file.read(2) != b"\xff\xd8":
        return None
    for _segment in range(MOST_SEGMENTS):
        start = file.read(2)
        if len(start) < 2 or start[0] != 0xFF:
            return None
        marker = start[1]
        if marker == 0xFF:  # a filling byte
            file.seek(-1, 1)
        elif marker not in STAND_ALONE:
            length = file.read(2)
            if len(length) < 2 or (size := struct.unpack(">H", length)[0]) < 2:
                return None
            if marker in FRAMES:
                frame = file.read(5)
                return (*struct.unpack(">HH", frame[1:5])[::-1],) if len(frame) == 5 else None
            file.seek(size - 2, 1)
    return None
