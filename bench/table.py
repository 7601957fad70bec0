"""What was measured, beside its limit and its goal."""

from dataclasses import dataclass, field


@dataclass
class Row:
    what: str
    ours: str
    limit: str
    ratio: float | None
    goal: str
    held: bool | None

    @property
    def verdict(self) -> str:
        return {True: "held", False: "MISSED", None: ""}[self.held]


@dataclass
class Table:
    title: str
    judged: bool = True  # the goals are for a million; a small run shows the ratios only
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        print(f"  {text}", flush=True)

    def compare(
        self,
        what: str,
        ours: float,
        limit: float,
        *,
        most: float | None = None,
        least: float | None = None,
        unit: str = "ms",
    ) -> bool:
        """A ratio and whether it holds: at most `most` (ours / limit), or at least `least` (limit / ours)."""
        ratio = limit / ours if least is not None else ours / limit
        held = (
            None
            if (most is least is None) or not self.judged
            else (ratio <= most if most is not None else ratio >= (least or 0))
        )
        goal = f"≤ {most:g}×" if most is not None else f"≥ {least:g}×" if least is not None else ""
        self.add(Row(what, f"{ours:.2f} {unit}", f"{limit:.2f} {unit}", ratio, goal, held))
        return held is not False

    def check(self, what: str, ours: float, most: float, unit: str = "") -> bool:
        held = ours <= most if self.judged else None
        self.add(Row(what, f"{ours:g} {unit}".strip(), "", None, f"≤ {most:g} {unit}".strip(), held))
        return held

    def note(self, text: str) -> None:
        self.notes.append(text)
        print(text, flush=True)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        ratio = f"{row.ratio:8.2f}×" if row.ratio is not None else " " * 9
        print(f"{row.what:<58}{row.ours:>14}{row.limit:>14}{ratio}  {row.goal:<9}{row.verdict}", flush=True)

    def finish(self) -> None:
        if not self.judged:
            print(f"\n{len(self.rows)} measured; the goals hold for a million engagements and are not judged here.")
            return
        missed = [row.what for row in self.rows if row.held is False]
        print(f"\n{len(self.rows)} measured, {len(missed)} missed{': ' + '; '.join(missed) if missed else ''}.")

    def as_markdown(self) -> str:
        lines = [
            f"# Bench: {self.title}",
            "",
            "`make bench ARGS=--save` wrote this page. Ours and the limit (the same questions by hand over psycopg, or typst)",
            "were measured in turns in one run on one machine; medians. Only the ratios can be compared between runs.",
            "",
            "| what | ours | limit | ratio | goal | |",
            "|---|--:|--:|--:|---|---|",
        ]
        for row in self.rows:
            ratio = f"{row.ratio:.2f}×" if row.ratio is not None else ""
            lines.append(f"| {row.what} | {row.ours} | {row.limit} | {ratio} | {row.goal} | {row.verdict} |")
        for note in self.notes:
            lines += ["", "```", note, "```"]
        return "\n".join(lines) + "\n"
