"""The annual report's seconds and memory, beside typst printing the same rows, tagged. Each in a process of its own."""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.table import Table

HEADINGS = ("Rubrik", "Slag", "Organ", "Ärende", "Inriktning")
KINDS = ("Besök", "Medlemskap", "Resa eller konferens", "EU-påverkan")
FONTS = Path("static/print/fonts")


def rows(count: int) -> list[tuple[str, str, str, str, str]]:
    return [
        (f"Besök från Utrecht om klimatbudget, del {n}", KINDS[n * 4 // count], "Miljöförvaltningen", f"INT-2025-{n:05d}", "samverkan")
        for n in range(count)
    ]  # fmt: skip


def print_ours(count: int) -> int:
    from engagements.strategy.editions import edition
    from reporting.papers import AnnualReportPaper, Entry, Lead
    from reporting.typesetting import annual_report_pdf

    entries = [
        Entry(title=title, kind=kind, body=body, key=key, direction=direction)
        for title, kind, body, key, direction in rows(count)
    ]
    paper = AnnualReportPaper(
        year=2025, made_on=date(2026, 1, 30), edition=edition(), lead=Lead(text="Året som gick."), entries=entries
    )
    return len(annual_report_pdf(paper))


def print_typst(count: int) -> int:
    import typst

    cells = "\n".join(", ".join(f"[{cell}]" for cell in row) + "," for row in rows(count))
    head = ", ".join(f"[{name}]" for name in HEADINGS)
    source = (
        '#set document(title: "Rapport")\n#set text(lang: "sv", font: "Open Sans", size: 8pt)\n= Rapport\n'
        f"#table(columns: 5, table.header({head}),\n{cells}\n)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.typ"
        path.write_text(source, encoding="utf-8")
        return len(typst.compile(str(path), format="pdf", pdf_standards=["ua-1"], font_paths=[str(FONTS.resolve())]))


def in_process(what: str, count: int) -> tuple[float, float]:
    """Seconds and megabytes of printing once in a fresh process, start-up of Python and Django left out."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.papers", what, str(count)], capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["seconds"], answer["megabytes"]


def measure(counts: tuple[int, ...], out: Table) -> None:
    for count in counts:
        turns = [(in_process("ours", count), in_process("typst", count)) for _turn in range(3)]
        ours, typst = (sorted(turn[side][0] for turn in turns)[1] for side in (0, 1))
        goal = 4 if count >= 5_000 else None  # G8 speaks of 5 000 and more
        out.compare(f"annual report, {count} engagements, seconds (typst)", ours, typst, most=goal, unit="s")
        memory = [sorted(turn[side][1] for turn in turns)[1] for side in (0, 1)]
        out.compare(f"annual report, {count} engagements, memory (typst)", *memory, unit="MB")


def main() -> None:
    what, count = sys.argv[1], int(sys.argv[2])
    if what == "ours":
        import django

        django.setup()
        import weasyprint  # noqa: F401 - loaded once per worker, not per paper
    else:
        import typst  # noqa: F401
    begun = time.perf_counter()
    {"ours": print_ours, "typst": print_typst}[what](count)
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "megabytes": peak_megabytes()}))


def peak_megabytes() -> float:
    """The most this program has held. Not ru_maxrss, which begins with what the parent held when it forked."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1_024


if __name__ == "__main__":
    main()
