"""How many pages a paper of ours has, without a PDF reader: the page tree says it, in one of the packed objects."""

import re
import zlib
from collections.abc import Iterator

PACKED = re.compile(rb"/Type ?/ObjStm.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
TREE = re.compile(rb"<<[^<>]*/Type ?/Pages\b[^<>]*>>")
COUNT = re.compile(rb"/Count (\d+)")


def page_count(pdf: bytes) -> int:
    """Raises ValueError for anything that has no page tree."""
    for text in readable(pdf):
        for tree in TREE.findall(text):
            if found := COUNT.search(tree):
                return int(found[1])
    raise ValueError("no page tree: not a PDF of ours")


def readable(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    for packed in PACKED.findall(pdf):
        yield zlib.decompress(packed)
