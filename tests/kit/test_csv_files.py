from pathlib import Path

import pytest

from stockholm_intl.kit.csv_files import CsvError, read_rows

COLUMNS = ("code", "name")


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "fil.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_usual_shape_is_read(tmp_path: Path, mark: str, start: str, end: str) -> None:
    path = written(tmp_path, f"{start}code{mark}name{end}MHN{mark}Miljö- och hälsoskyddsnämnden{end}")
    rows, refused = read_rows(path, columns=COLUMNS)
    assert [row.cells for row in rows] == [{"code": "MHN", "name": "Miljö- och hälsoskyddsnämnden"}]
    assert not refused


def test_lines_are_those_of_the_file_also_after_a_row_of_several(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,name\n"A","två\nrader"\n\nB,tredje\n')
    rows, _refused = read_rows(path, columns=COLUMNS)
    assert [(row.line, row["name"]) for row in rows] == [(2, "två\nrader"), (5, "tredje")]


def test_a_quote_never_closed_costs_one_row(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,name\nA,ett\nB,"två\nC,tre\nD,fyra\n')
    rows, refused = read_rows(path, columns=COLUMNS)
    assert [row["code"] for row in rows] == ["A", "C", "D"]
    assert [refusal.line for refusal in refused] == [3]


def test_rows_with_too_many_or_too_few_values_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name\nA\nB,b,bb\nC,c\n")
    rows, refused = read_rows(path, columns=COLUMNS)
    assert [row["code"] for row in rows] == ["C"]
    assert [(refusal.line, refusal.reason) for refusal in refused] == [
        (2, "Raden har 1 värden, men tabellen har 2 kolumner."),
        (3, "Raden har 3 värden, men tabellen har 2 kolumner."),
    ]


def test_unfit_and_endless_cells_are_told_and_invisible_ones_are_empty(tmp_path: Path) -> None:
    path = written(tmp_path, f"code,name\nA,noll\x00\nB,{'å' * 10_000}\nC,\u200b\u2060\nD,d\n")
    rows, refused = read_rows(path, columns=COLUMNS)
    assert [(row["code"], row["name"]) for row in rows] == [("C", ""), ("D", "d")]
    assert [refusal.line for refusal in refused] == [2, 3]


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    path = written(tmp_path, "anteckning,NAME, code \nx,namn,A\n")
    rows, _refused = read_rows(path, columns=COLUMNS)
    assert rows[0].cells == {"name": "namn", "code": "A"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Filen är tom"),
        (b"\n \n", "Filen är tom"),
        (b"code,other\nA,b\n", "saknas: name"),
        (b"code,name,name\nA,b,c\n", "Kolumnen name står två gånger"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "inte text i UTF-8"),
        ("Äldrenämnden".encode("latin-1"), "inte text i UTF-8"),
        (b"PK\x03\x04 not a table at all", "saknas: code, name"),
    ],
)
def test_what_is_no_table_is_said_so(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(CsvError, match=message):
        read_rows(written(tmp_path, content), columns=COLUMNS)


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(CsvError, match="finns inte"):
        read_rows(tmp_path / "borta.csv", columns=COLUMNS)
    with pytest.raises(CsvError, match="går inte att läsa"):
        read_rows(tmp_path, columns=COLUMNS)
