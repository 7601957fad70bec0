"""Build the register big, measure, print. The output of the last full run lies dated in docs/bench.md."""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stockholm_intl.settings.test")

import django

django.setup()

from bench import data, lists, papers, searches, table  # noqa: E402
from stockholm_intl.kit import clock  # noqa: E402

SIZES = {"small": 20_000, "full": 1_000_000}


def main() -> int:
    scale = os.environ.get("SCALE", "full")
    if scale not in SIZES:
        print(f"SCALE is {scale!r}; it can be {' or '.join(SIZES)}.")
        return 2
    out = table.Table(
        title=f"{SIZES[scale]:_} engagements, 120 bodies, {clock.today()}".replace("_", " "), judged=scale == "full"
    )
    people = data.build(SIZES[scale], say=out.say)
    lists.measure(people, out)
    searches.measure(people, out)
    lists.measure_naive(people, out)
    papers.measure((500, 5_000) if scale == "full" else (500,), out)
    out.finish()
    if "--save" in sys.argv:
        Path("docs/bench.md").write_text(out.as_markdown(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
