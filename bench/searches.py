"""Free text, from rare words to common ones, beside the better of two hand-written plans."""

from bench.by_hand import Hand
from bench.data import People
from bench.lists import fresh
from bench.table import Table
from bench.timing import in_turns, profile
from engagements.permission import access_of
from engagements.search import search

WORDS = (("rare", "ankdammar"), ("medium", "klimatbudget"), ("common", "besök"), ("two words", "utrecht cykelvägar"))


def measure(people: People, out: Table) -> None:
    for name, user in people.each():
        hand, access = Hand(user), access_of(fresh(user))
        for sort, text in WORDS:
            query = " & ".join(f"{word}:*" for word in text.split())
            plans = [lambda sql=sql, q=query: hand.run(sql, q=q) for sql in hand.searches()]
            ours, *limits = in_turns(lambda t=text: search(access, t), *plans)
            if not out.compare(f"search, {sort}, {name}", ours, min(limits)) or ours > 25:
                out.note(f"search, {sort}, {name}: {ours:.1f} ms\n" + profile(lambda t=text: search(access, t)))
