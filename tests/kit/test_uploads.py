from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from stockholm_intl.kit.uploads import (
    MAX_BYTES,
    FileRefused,
    LimitedUploadHandler,
    as_attachment,
    check_upload,
    clean_name,
)
from tests.kit import files

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
EXCEL = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
SLIDES = {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}
GOOD = {
    "Program för besöket.pdf": files.PDF,
    "PROGRAM.PDF": files.PDF,
    "inbjudan.docx": files.docx(),
    "budget.xlsx": files.archive(EXCEL),
    "bilder.pptx": files.archive(SLIDES),
    "brev.odt": files.odt(),
    "kalkyl.ods": files.odt(ODS),
    "karta.png": files.png(),
    "foto.jpg": files.jpeg(),
    "foto.jpeg": files.jpeg(),
    "anteckning.txt": "Åtta frågor från Malmö".encode(),
    "anteckning-gammal.txt": "Åtta frågor från Malmö".encode("cp1252"),
    "anteckning-annan.txt": "Åtta frågor från Malmö".encode("utf-16"),
    "deltagare.csv": b"namn;titel\r\nAnna;chef\r\n",
    "brev.eml": files.MAIL,
    "kalender.ics": files.CALENDAR,
}
BAD = {
    "tom.pdf": (b"", "tom"),
    "sida.html": (b"<html><script>alert(1)</script></html>", "Det går inte att lägga in .html"),
    "bild.svg": (b"<svg onload='alert(1)'/>", "Det går inte att lägga in .svg"),
    "program.exe": (b"MZ\0\0", "Det går inte att lägga in .exe"),
    "faktura.pdf.exe": (files.PDF, "Det går inte att lägga in .exe"),
    "utan ändelse": (files.PDF, "utan filändelse"),
    "sida.pdf": (b"<html><script>alert(1)</script></html>", "inte det som namnet säger"),
    "sida-i-pdf.pdf": (b"<html>%PDF-1.7 %%EOF", "inte det som namnet säger"),
    "avbruten.pdf": (files.PDF[:40], "slutet saknas"),
    "bild.png": (files.jpeg(), "inte det som namnet säger"),
    "pixlar.png": (files.png(60_000, 60_000), "bildpunkter"),
    "pixlar.jpg": (files.jpeg(60_000, 60_000), "bildpunkter"),
    "trasig.jpg": (b"\xff\xd8\xff\xe0\x00\x01", "skadad"),
    "avbruten.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "skadad"),
    "trasig.png": (files.png()[:20], "skadad"),
    "noll.png": (files.png(0, 5), "skadad"),
    "bomb.docx": (files.bomb(), "växer orimligt"),
    "många delar.docx": (files.docx(**{f"word/{n}.xml": b"" for n in range(2_001)}), "växer orimligt"),
    "makro.docx": (files.docx(**{"word/vbaProject.bin": b"x"}), "makron"),
    "kalkyl.docx": (files.archive(EXCEL), "inte det som namnet säger"),
    "zip.docx": (files.archive({"a.txt": b"a"}), "inte den sort"),
    "ut.docx": (files.docx(**{"../../etc/passwd": b"x"}), "skadad"),
    "avbruten.docx": (files.docx()[:60], "skadad"),
    "låst.docx": (files.OLD_WORD, "låst"),
    "låst-zip.docx": (files.locked_zip(), "låst"),
    "kalkyl.odt": (files.odt(ODS), "inte det som namnet säger"),
    "sida.txt": (b"  \n<!DOCTYPE html><p>", "inte det som namnet säger"),
    "bild.csv": (b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'/>", "inte det som namnet säger"),
    "noll.txt": (b"text\0text", "inte det som namnet säger"),
    "data.txt": (bytes(range(256)), "inte det som namnet säger"),
    "sida.eml": (b"<p>hej</p>", "inte det som namnet säger"),
    "text.ics": (b"hej", "inte det som namnet säger"),
    "virus.txt": (files.EICAR, "skadlig kod"),
    "virus.pdf": (files.PDF[:20] + b" " * 65_500 + files.EICAR + files.PDF, "skadlig kod"),
}


def checked(name: str, content: bytes) -> object:
    return check_upload(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("name", GOOD)
def test_what_the_city_writes_in_is_kept(name: str) -> None:
    found = check_upload(SimpleUploadedFile(name, GOOD[name]))
    assert (found.name, found.size, found.warning) == (name, len(GOOD[name]), "")
    assert len(found.sha256) == 64 and "/" in found.content_type


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_what_it_says_is_refused_with_a_reason(name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(FileRefused) as refused:
        checked(name, content)
    assert reason in refused.value.message


def test_a_file_over_the_limit_is_refused_and_its_size_told() -> None:
    upload = SimpleUploadedFile("stor.pdf", files.PDF)
    upload.size = 35 * 1024 * 1024
    with pytest.raises(FileRefused, match="35 MB"):
        check_upload(upload)


def test_a_file_just_over_the_limit_is_not_called_twenty_megabytes() -> None:
    upload = SimpleUploadedFile("stor.pdf", files.PDF)
    upload.size = MAX_BYTES + 1
    with pytest.raises(FileRefused, match="20,1 MB"):
        check_upload(upload)


def test_a_locked_pdf_is_kept_with_a_warning() -> None:
    found = check_upload(SimpleUploadedFile("låst.pdf", files.LOCKED_PDF))
    assert "skyddad" in found.warning


def test_the_same_file_has_the_same_checksum_and_is_ready_to_be_read_from_the_start() -> None:
    uploads = [SimpleUploadedFile("a.pdf", files.PDF) for _ in range(2)]
    assert len({check_upload(upload).sha256 for upload in uploads}) == 1
    assert uploads[0].read() == files.PDF


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\anna\\brev.docx", "brev.docx"),
        ("faktura\u202efdp.exe.pdf", "fakturafdp.exe.pdf"),
        ("bre\u200bv\x00\r\n.pdf", "brev.pdf"),
        ("  två   ord .pdf", "två ord.pdf"),
        ("a\u030angstro\u0308m.pdf", "ångström.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        (".pdf", "pdf"),
        ("...", "dokument"),
        ("", "dokument"),
        ("---.pdf", "dokument.pdf"),
    ],
)
def test_names_lose_paths_and_signs_that_hide(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    kept = clean_name("å" * 400 + ".pdf")
    assert len(kept) == 150 and kept.endswith("å.pdf")


def test_an_upload_beyond_the_limit_is_counted_but_not_written(tmp_path: Path) -> None:
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        handler = LimitedUploadHandler()
        handler.new_file("file", "stor.pdf", "application/pdf", None)
        piece = b"x" * 1024 * 1024
        for number in range(30):
            handler.receive_data_chunk(piece, number * len(piece))
        upload = handler.file_complete(30 * len(piece))
    assert upload is not None and upload.size == 30 * len(piece)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= MAX_BYTES + len(piece)
    upload.close()


def test_a_download_is_only_ever_saved() -> None:
    response = as_attachment(BytesIO(files.PDF), name="Program för Åbo.pdf", content_type="application/pdf")
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''Program%20f%C3%B6r%20%C3%85bo.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
