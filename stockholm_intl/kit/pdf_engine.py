"""WeasyPrint, kept to our own files. Imported by pdf.render_pdf only: loading it takes a second and needs Pango."""

import logging
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from stockholm_intl.kit.pdf_text import FONTS, PRINT, printable

# Read when WeasyPrint loads. With no font at all it does not fail, it crashes; with the machine's own fonts the same
# paper is different bytes on every machine.
os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")

import pydyf  # type: ignore[import-untyped]  # noqa: E402
from weasyprint import HTML  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

if TYPE_CHECKING:
    from weasyprint.document import Document

    from stockholm_intl.kit.pdf import Progress

KINDS = {".css": "text/css", ".svg": "image/svg+xml"}
OURS = {path.relative_to(PRINT).as_posix(): path for path in PRINT.rglob("*") if path.suffix in KINDS}
progress_logger = logging.getLogger("weasyprint.progress")


class PrintFetcher(URLFetcher):
    """Serves our print files (print:NAME) and the job's own pictures (image:NAME) by name. All else is refused."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.images = images

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme, _colon, name = url.partition(":")
        if scheme == "print" and name in OURS:
            return URLFetcherResponse(url, OURS[name].read_bytes(), {"Content-Type": KINDS[OURS[name].suffix]})
        if scheme == "image" and name in self.images:
            return URLFetcherResponse(url, self.images[name], {"Content-Type": "image/svg+xml"})
        raise ValueError(f"A paper may not fetch {url[:200]!r}")


def write(html: str, images: Mapping[str, bytes], progress: "Progress") -> bytes:
    document = HTML(string=printable(html), url_fetcher=PrintFetcher(images))
    links = {link.get("href", "")[1:]: "".join(link.itertext()).strip() for link in document.etree_element.iter("a")}

    def finish(laid_out: "Document", pdf: pydyf.PDF) -> None:
        progress(_("Filen skrivs"), 0.95)
        complete_tags(laid_out, pdf, links)

    with listening(progress):
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return made


@contextmanager
def listening(progress: "Progress") -> Iterator[None]:
    """Pass on how far the maker says it has come, in this thread."""
    handler = Listener(progress)
    progress_logger.addHandler(handler)
    progress_logger.setLevel(logging.INFO)
    progress_logger.propagate = False
    try:
        yield
    finally:
        progress_logger.removeHandler(handler)


class Listener(logging.Handler):
    def __init__(self, progress: "Progress") -> None:
        super().__init__()
        self.progress, self.thread = progress, threading.get_ident()
        self.furthest = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self.thread:
            return
        if "layout - Page" in record.msg and isinstance(record.args, tuple):
            page = int(str(record.args[0]))
            # Pages that refer to other pages are laid out again: that is no step back.
            if page > self.furthest:
                self.furthest = page
                # How many there will be is not known: come ever closer to the end of the layout.
                self.progress(_("Sida %(page)d läggs ut") % {"page": page}, 0.2 + 0.6 * page / (page + 40))
        elif record.msg.startswith("Step 6"):
            self.progress(_("Sidorna ritas"), 0.8)


def complete_tags(document: "Document", pdf: pydyf.PDF, links: Mapping[str, str]) -> None:
    """What PDF/UA asks for and WeasyPrint leaves out: scope of header cells, words for links, places of figures."""
    heights = {page.number: float(page["MediaBox"][3]) for page in pages(pdf)}
    for item in pdf.objects:
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("S") == "/TH":
            section = at(pdf, at(pdf, item["P"])["P"])
            item["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"
        elif item.get("S") == "/Figure":
            height = heights[number_of(item["Pg"])]
            left, top, right, bottom = (0.75 * side for side in item["A"]["BBox"])
            item["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])
        elif item.get("Subtype") == "/Link" and "Dest" in item:
            item["Contents"] = pydyf.String(links.get(item["Dest"].string, item["Dest"].string))


def number_of(reference: bytes) -> int:
    return int(reference.split()[0])


def at(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[number_of(reference)]


def pages(pdf: pydyf.PDF) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"]


def remember_page_references() -> None:
    """Every tagged box asks for the list of all pages, which is quadratic. Keep it until a page is added."""
    listed = pydyf.PDF.page_references.fget

    def page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        known = pdf.__dict__.get("_known_pages")
        if known is None or known[0] != len(pdf.pages["Kids"]):
            known = pdf.__dict__["_known_pages"] = (len(pdf.pages["Kids"]), listed(pdf))
        references: tuple[bytes, ...] = known[1]
        return references

    pydyf.PDF.page_references = property(page_references)


remember_page_references()
