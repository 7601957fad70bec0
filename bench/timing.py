"""Medians of turns: ours, limit, ours, limit …, so that a machine that drifts drifts for both."""

import cProfile
import io
import pstats
import statistics
import time
from collections.abc import Callable
from typing import Any

RUNS = 25
ENOUGH = 4.0  # seconds for one comparison


def in_turns(*works: Callable[[], Any]) -> list[float]:
    """Median milliseconds of each work, run in turns: 25 times, fewer when slow, at least 3."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _work in works]
    started = time.perf_counter()
    for turn in range(RUNS):
        if turn >= 3 and time.perf_counter() - started > ENOUGH * len(works):
            break
        for work, taken in zip(works, times, strict=True):
            begun = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begun) * 1_000)
    return [statistics.median(taken) for taken in times]


def profile(work: Callable[[], Any], *, top: int = 8) -> str:
    """Where the time of one run goes."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).strip_dirs().sort_stats("tottime").print_stats(top)
    return "\n".join(line for line in out.getvalue().splitlines() if line.strip())
