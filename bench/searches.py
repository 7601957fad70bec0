"""Free text, from rare words to common ones, beside the better of two hand-written plans."""

from functools import partial

from bench.by_hand import Hand
from bench.data import People
from bench.lists import fresh
from bench.table import Table
from bench.timing import in_turns, profile
from engagements.permission import access_of
from engagements.search import search
from organisation.models import User

SLOW = 25.0  # milliseconds; slower ones show where the time goes
WORDS = (("rare", "ankdammar"), ("medium", "klimatbudget"), ("common", "besök"), ("two words", "utrecht cykelvägar"))


def measure(people: People, out: Table) -> None:
    for name, user in people.each():
        for sort, text in WORDS:
            compare(f"search, {sort}, {name}", user, text, out)


def compare(what: str, user: User, text: str, out: Table) -> None:
    hand, access = Hand(user), access_of(fresh(user))
    query = " & ".join(f"{word}:*" for word in text.split())
    plans = [partial(hand.run, sql, q=query) for sql in hand.searches()]
    ours, *limits = in_turns(lambda: search(access, text), *plans)
    out.compare(f"G6 {what}", ours, min(limits), most=None if access.reads_everything else 2)
    out.check(f"G6 {what}, milliseconds", round(ours, 1), SLOW, "ms")
    if ours > SLOW:
        out.note(f"{what}: {ours:.1f} ms\n" + profile(lambda: search(access, text)))
