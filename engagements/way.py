"""A route in words: what the panel, the page and the command all show. Never rights."""

from typing import Any

from engagements.strategy.competence import Route
from engagements.strategy.editions import Edition, say
from stockholm_intl.kit.swedish import capital


def as_json(way: Route) -> dict[str, Any]:
    """The keys that `manage.py who_decides --json` promises."""
    return {
        "matter": way.matter,
        "decides": way.decides,
        "coordinates": way.coordinates,
        "handled_by": way.handled_by,
        "prepares": list(way.prepares),
        "consults": list(way.consults),
        "reports": list(way.reports),
        "section": way.section,
        "reading": way.reading,
        "questions": [
            {"code": question.code, "text": question.text(), "choices": [choice.code for choice in question.choices]}
            for question in way.questions
        ],
    }


def shown(way: Route, edition: Edition, language: str = "sv") -> dict[str, Any]:
    """The route in the reader's language; lists of words, empty where the row says nothing."""

    def words(codes: tuple[str, ...]) -> list[str]:
        return [edition.word(code, language) for code in codes]

    return {
        "matter": way.matter or "",
        "name": say(way.names, language),
        "decides": capital(edition.word(way.decides, language)) if way.decides else "",
        "nobody": way.decides == "none",
        "coordinates": edition.word(way.coordinates, language) if way.coordinates else "",
        "handled_by": edition.word(way.handled_by, language) if way.handled_by else "",
        "prepares": words(way.prepares),
        "consults": words(way.consults),
        "reports": words(way.reports),
        "section": way.section or "",
        # a section of the strategy, or the name of another source
        "in_strategy": bool(way.section) and (way.section or "")[0].isdigit(),
        "reading": way.reading,
        "remarks": [say(remark, language) for remark in way.remarks],
        "possible": words(way.deciders) if way.questions else [],
        "rows": way.rows,
        "edition": edition.code,
    }
