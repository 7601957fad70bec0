"""Reading the structure of a tagged PDF, as a screen reader would."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Every structure element, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            yield from walk(node.get("/K", pikepdf.Array()))

    return list(walk(pdf.Root.StructTreeRoot.K))


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf)]


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [element for element in elements(pdf) if str(element.S) == f"/{kind}"]


def text(pdf: bytes) -> str:
    """The text as it can be searched and copied, spaces made plain."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def fonts(pdf: bytes) -> set[str]:
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get_object()["/Font"].get_object().values():
            found.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return found
