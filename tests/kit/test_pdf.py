"""The PDF maker: accessible, the same every time, and deaf to the outside."""

import gc
import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pydyf
import pytest
from django.template import TemplateDoesNotExist
from weasyprint import CSS

from stockholm_intl.kit import pdf_engine
from stockholm_intl.kit.pdf import LONGEST_TEXT, PaperTooLarge, render_pdf, require_room, require_short, unbroken
from stockholm_intl.kit.pdf_text import printable
from tests.kit import tags
from tests.kit.watch import strangers, watched

Print = Callable[..., bytes]
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'
PAGE = """<!doctype html><html lang="sv"><head><title>{{ title }}</title><meta name="author" content="Stockholms stad">
<link rel="stylesheet" href="print:print.css"></head><body data-doc="d" data-dnr="n"><h1>{{ title }}</h1>
<h2 id="del">Del</h2><p>{{ text }}</p><p><a href="#del">Till delen</a></p>{{ extra }}
<table><caption>Tal</caption><thead><tr><th scope="col">År</th><th scope="col">Antal</th></tr></thead>
<tbody><tr><th scope="row">2025</th><td>3</td></tr></tbody></table>
<figure><img src="image:ruta" alt="En ruta"></figure></body></html>"""
PAYLOADS = [
    '<script>fetch("{url}")</script>',
    '<img src="{url}"><object data="{url}"></object><embed src="{url}">',
    '<link rel="attachment" href="file:///etc/passwd"><a rel="attachment" href="file:///etc/passwd">x</a>',
    '<link rel="stylesheet" href="{url}"><style>@import url({url}); body{{background:url({url})}}</style>',
    '<svg><image href="{url}"/></svg><base href="{url}">',
    "</title></p><h1>&amp;{{{{ 7*7 }}}}{{% now %}}",
]


@pytest.fixture
def print_page(tmp_path: Path, settings) -> Print:  # type: ignore[no-untyped-def]
    (tmp_path / "page.html").write_text(PAGE)
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}
    settings.TEMPLATES = [engine]

    def made(text: str = "Räksmörgås", extra: str = "", **more: object) -> bytes:
        context = {"title": "Åäö på Öland", "text": text, "extra": extra}
        return render_pdf("page.html", context, images={"ruta": SQUARE}, **more)  # type: ignore[arg-type]

    return made


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that remembers every caller."""
    callers: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            callers.append("called")
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/x.png", callers
    server.close()


def test_a_paper_says_its_language_its_title_and_that_it_is_tagged(print_page: Print) -> None:
    pdf = tags.opened(print_page())
    assert str(pdf.Root.Lang) == "sv"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == "Åäö på Öland"
    assert str(pdf.docinfo.Author) == "Stockholms stad"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_headings_tables_and_figures_are_tagged_as_what_they_are(print_page: Print) -> None:
    pdf = tags.opened(print_page())
    assert [kind for kind in tags.kinds(pdf) if kind in {"H1", "H2", "Table", "Figure"}] == [
        "H1",
        "H2",
        "Table",
        "Figure",
    ]
    scopes = [str(cell.A.Scope) for cell in tags.of_kind(pdf, "TH")]
    assert scopes == ["/Column", "/Column", "/Row"]
    [figure] = tags.of_kind(pdf, "Figure")
    assert str(figure.Alt) == "En ruta"
    left, bottom, right, top = (float(side) for side in figure.A.BBox)
    assert 0 < left < right < 596 and 0 < bottom < top < 842


def test_headings_make_an_outline_and_links_say_where_they_go(print_page: Print) -> None:
    pdf = tags.opened(print_page())
    with pdf.open_outline() as outline:
        assert [(item.title, [child.title for child in item.children]) for item in outline.root] == [
            ("Åäö på Öland", ["Del"])
        ]
    [annotation] = pdf.pages[0].Annots
    assert str(annotation.Contents) == "Till delen"


def test_swedish_letters_are_text(print_page: Print) -> None:
    words = tags.text(print_page("flygande bäckasiner söka hwila på mjuka tuvor, ÅÄÖ é ü – −5 ±0"))
    assert "flygande bäckasiner söka hwila på mjuka tuvor, ÅÄÖ é ü – −5 ±0" in words
    assert "Åäö på Öland" in words


def test_letters_typed_in_two_parts_come_out_as_one(print_page: Print) -> None:
    assert "Åäö" in tags.text(print_page("A\u030aa\u0308o\u0308"))


def test_only_our_own_fonts_are_used(print_page: Print) -> None:
    assert tags.fonts(print_page("Київ Αθήνα Łódź Việt שלום 北京 😀")) == {
        "Open-Sans",
        "Open-Sans-Bold",
        "Open-Sans-Semi-Bold",
    }


def test_the_same_input_gives_the_same_bytes(print_page: Print) -> None:
    first = print_page()
    print_page("något annat emellan")
    assert print_page() == first


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_shown_as_text_and_nothing_is_fetched(
    print_page: Print, listener: tuple[str, list[str]], payload: str
) -> None:
    url, callers = listener
    typed = payload.format(url=url)
    print_page()  # what is loaded once is loaded now
    with watched() as seen:
        made = print_page(typed)
    assert re.sub(r"\s", "", typed) in re.sub(r"\s", "", tags.text(made))
    assert callers == []
    assert strangers(seen) == []
    pdf = tags.opened(made)
    assert not pdf.attachments
    assert tags.kinds(pdf).count("H1") == 1


def test_even_markup_of_our_own_cannot_fetch(
    print_page: Print, listener: tuple[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    from django.utils.safestring import mark_safe

    url, callers = listener
    print_page()
    for payload in PAYLOADS[1:5]:
        with watched() as seen, caplog.at_level(logging.CRITICAL, "weasyprint"):
            made = print_page(extra=mark_safe(payload.format(url=url)))
        assert (callers, strangers(seen)) == ([], [])
        assert not tags.opened(made).attachments


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/x",
        "https://stockholm.example/",
        "ftp://localhost/x",
        "file:///etc/passwd",
        "data:text/plain,x",
        "print:../print.css",
        "print:/etc/passwd",
        "print:fonts/fonts.conf",
        "print:",
        "image:annan",
        "marks/samverkan.svg",
        "",
    ],
)
def test_the_fetcher_refuses_all_but_print_files_and_the_papers_own_pictures(url: str) -> None:
    fetcher = pdf_engine.PrintFetcher({"ruta": SQUARE})
    with pytest.raises(ValueError):
        fetcher.fetch(url)
    assert fetcher.fetch("image:ruta").read() == SQUARE
    assert b"@page" in fetcher.fetch("print:print.css").read()


def test_a_style_sheet_with_our_fetcher_is_as_deaf(
    listener: tuple[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    url, callers = listener
    with caplog.at_level(logging.CRITICAL, "weasyprint"):
        CSS(string=f"@import url({url}); p {{ color: red }}", url_fetcher=pdf_engine.PrintFetcher({}))
    assert callers == []


def test_every_picture_of_the_print_style_is_there() -> None:
    style = pdf_engine.OURS["print.css"].read_text()
    named = re.findall(r"url\(print:([^)]+)\)", style)
    assert len(named) == 8
    assert set(named) <= set(pdf_engine.OURS)
    assert "url(" not in re.sub(r"url\(print:", "", style)


def test_remembered_page_references_change_no_byte(print_page: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = print_page("rad " * 5000)
    asked_each_time = property(lambda pdf: tuple(f"{n} 0 R".encode("ascii") for n in pdf.pages["Kids"][::3]))
    monkeypatch.setattr(pydyf.PDF, "page_references", asked_each_time)
    assert print_page("rad " * 5000) == remembered


def test_a_word_of_ten_thousand_letters_stays_on_the_paper(print_page: Print) -> None:
    made = print_page("å" * 10_000)
    assert tags.text(made).replace("\u200b", "").replace(" ", "").count("å") >= 10_000
    assert 2 <= len(tags.opened(made).pages) <= 6


def test_signs_without_a_shape_become_boxes_and_unseen_ones_go() -> None:
    assert printable("北京 a\x00b\u200bc\ud800d \u202eevil") == "\ufffd\ufffd abcd evil"
    assert printable("åäö ÅÄÖ − – · ■ □ é \t\n") == "åäö ÅÄÖ − – · ■ □ é \t\n"


def test_markup_is_never_broken_by_breaks_in_long_words() -> None:
    entity = "<p>" + "a" * 118 + "&lt;&amp;" + "b" * 200 + "</p>"
    assert printable(entity).replace("\u200b", "") == entity
    assert "&lt;&amp;" in printable(entity)


def test_what_belongs_together_stays_on_one_line() -> None:
    assert unbroken("kl. 18.00–20.00 för 420 gäster <b>") == (
        '<span class="nb">kl. 18.00–20.00</span> för <span class="nb">420 gäster</span> &lt;b&gt;'
    )
    assert unbroken("O'Neill & Co, 2025") == "O&#x27;Neill &amp; Co, 2025"


def test_too_many_rows_and_too_long_texts_are_refused_in_words() -> None:
    require_room([1] * 500, 500)
    with pytest.raises(PaperTooLarge, match="501 rader"):
        require_room([1] * 501, 500)
    require_short("", "a" * LONGEST_TEXT)
    with pytest.raises(PaperTooLarge, match="Korta texten"):
        require_short("kort", "a" * (LONGEST_TEXT + 1))


def test_a_page_beyond_all_measure_is_refused(print_page: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stockholm_intl.kit.pdf.MOST_CHARACTERS", 100)
    with pytest.raises(PaperTooLarge):
        print_page()


def test_progress_is_told_in_order_and_ends_before_the_end(print_page: Print) -> None:
    told: list[tuple[str, float]] = []
    print_page("rad " * 3000, progress=lambda step, share: told.append((step, share)))
    shares = [share for _step, share in told]
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] < 1
    assert any(step.startswith("Sida 2 ") for step, _share in told)


def test_progress_may_stop_the_work_and_leaves_nothing_behind(print_page: Print) -> None:
    class Cancelled(Exception):
        pass

    def cancel(step: str, share: float) -> None:
        raise Cancelled

    handlers = list(pdf_engine.progress_logger.handlers)
    with pytest.raises(Cancelled):
        print_page(progress=cancel)
    assert gc.isenabled()
    assert pdf_engine.progress_logger.handlers == handlers
    assert print_page()


def test_a_missing_template_is_an_error_and_not_an_empty_paper(print_page: Print) -> None:
    with pytest.raises(TemplateDoesNotExist):
        render_pdf("pdf/finns_inte.html", {})


def test_no_template_of_a_paper_lets_text_through_unescaped() -> None:
    for path in (Path(__file__).resolve().parents[2] / "templates" / "pdf").glob("*.html"):
        source = path.read_text()
        assert not re.search(r"\|\s*safe\b|autoescape|safeseq|<script|javascript:", source), path.name
