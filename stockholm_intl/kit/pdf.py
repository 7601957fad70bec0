"""HTML to PDF. The maker itself is heavy and is loaded when the first paper is asked for: see pdf_engine."""

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Progress = Callable[[str, float], None]

# 20 000 entries of an annual report are about twelve million characters.
MOST_CHARACTERS = 40_000_000
LONGEST_TEXT = 12_000
# What one does not part at the end of a line: a time, a span of numbers, a number and its unit.
TOGETHER = re.compile(
    r"(?:kl\. |nr |§ )?\d[\d.:/]*(?:–\d[\d.:]*)(?: (?:kr|mnkr|personer|gäster|procent|%))?"
    r"|(?:kl\.|nr|§) \d[\d.:/]*"
    r"|\d[\d  ,]* (?:kr|mnkr|personer|gäster|procent|%|kap\.)(?!\w)"
)


class PaperTooLarge(ValueError):
    """The paper would be too large to make. Its message is for the person who asked for it."""


def require_room(rows: Sized, most: int) -> None:
    """Raise PaperTooLarge when there are more rows than one paper holds."""
    if len(rows) > most:
        raise PaperTooLarge(
            _("Papperet har %(count)d rader och rymmer högst %(most)d. Dela upp det.")
            % {"count": len(rows), "most": most}
        )


def require_short(*texts: str) -> None:
    """Raise PaperTooLarge when a single text is longer than a paper takes."""
    longest = max((len(text) for text in texts), default=0)
    if longest > LONGEST_TEXT:
        raise PaperTooLarge(
            _("En text är %(count)d tecken lång. Papperet tar högst %(most)d. Korta texten.")
            % {"count": longest, "most": LONGEST_TEXT}
        )


def unbroken(text: str) -> SafeString:
    """The text escaped, with what belongs together kept on one line."""
    return mark_safe(TOGETHER.sub(r'<span class="nb">\g<0></span>', escape(text)))  # noqa: S308 (escaped first)


def silent(step: str, share: float) -> None:
    """For papers that nobody waits for."""


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    images: Mapping[str, bytes] | None = None,
    progress: Progress = silent,
) -> bytes:
    """The template as a PDF/UA-1 document in Swedish; the same input gives the same bytes.

    Whatever the texts hold is shown as text; a sign that Open Sans lacks is shown as a box.
    `images` are the job's own pictures, SVG by name, and stand in the template as `src="image:NAME"`. Our print style
    is `href="print:print.css"`. Nothing else is fetched. `progress` may raise to stop the work.
    Raises PaperTooLarge.
    """
    # Papers are acts of a Swedish authority: the reader's language changes the pages, not them.
    with translation.override("sv"):
        html = render_to_string(template, dict(context))
    if len(html) > MOST_CHARACTERS:
        raise PaperTooLarge(_("Papperet är för stort för att skrivas ut i ett stycke. Dela upp det."))
    from stockholm_intl.kit import pdf_engine

    with without_collector():
        return pdf_engine.write(html, dict(images or {}), progress)


@contextmanager
def without_collector() -> Iterator[None]:
    """The cyclic collector takes a third of the time and finds nothing: every box is in use until the paper is done."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
