"""The five chapters of the paper: text, figures, charts and tables of each."""

from collections.abc import Callable, Sequence
from textwrap import shorten

from engagements.enums import InfluenceForm
from memberships.enums import ReviewOutcome
from reporting import charts
from reporting.enums import Heading
from reporting.figures import NONE, OTHER_EDITION, Book, Figure
from reporting.grids import (
    KEYS,
    Grid,
    Row,
    directions_grid,
    funding_grid,
    key_figure,
    programmes_grid,
    scaled,
    visitors_grid,
    years_grid,
)
from reporting.material import Material, Named
from reporting.papers import Chapter, Column, Kind, Part, Table
from reporting.sentences import KeyFigure, compared, grew_most, largest, paragraph, sentence, told
from stockholm_intl.kit.charts import Bar
from stockholm_intl.kit.swedish import Noun, counted, listed, number, uncapital, with_unit

MEMBERSHIP = Noun("ett", "medlemskap", "medlemskap")
REVIEW = Noun("en", "omprövning", "omprövningar")
AGREEMENT = Noun("ett", "avtal", "avtal")
INPUT = Noun("ett", "EU-inspel", "EU-inspel")
PROJECT = Noun("ett", "EU-projekt", "EU-projekt")
VISIT_FROM_ABROAD = Noun("ett", "besök från utlandet", "besök från utlandet")
STATE_VISIT = Noun("ett", "statsbesök", "statsbesök")
CONFERENCE = Noun("en", "internationell konferens", "internationella konferenser")
RECEPTION = Noun("en", "mottagning", "mottagningar")
ENGAGEMENT = Noun("ett", "engagemang", "engagemang")
GUEST = Noun("en", "gäst", "gäster")
# The numbers that stand large above a chapter: one row of four.
GREAT: dict[Heading, tuple[str, ...]] = {
    Heading.EU_LAW: (),  # its one number opens the text, and is the sum of the table
    Heading.NETWORKS: ("memberships.new", "memberships.ended", "reviews", "memberships.posts"),
    Heading.VISITS: ("visits.people", "visits.state", "conferences", "receptions"),
}
MOST_INPUTS, MOST_NAMES, MOST_RESULTS, MOST_POSTS = 6, 8, 6, 20
UNSAID = frozenset({NONE, OTHER_EDITION})
MOST_BODIES, LONGEST_RESULT = 12, 400


def keyed(figure: Figure) -> KeyFigure:
    """For the paper, whose last page explains the words once instead of figure by figure."""
    found = key_figure(figure)
    return KeyFigure(found.code, found.label, found.value, found.previous, found.unit, "", found.decimals)


def keys(book: Book, heading: Heading) -> list[KeyFigure]:
    return [keyed(book[code]) for code in GREAT.get(heading, KEYS[heading])]


def as_bars(figures: Sequence[Figure]) -> list[Bar]:
    """For the sentences: what nobody has filled in is never said to be the largest."""
    figures = [one for one in figures if one.code.rpartition(".")[2] not in UNSAID]
    return [Bar(one.label, scaled(one.value, one.unit) or 0, scaled(one.previous, one.unit)) for one in figures]


def wide(label: str) -> int:
    """Millimetres for a head of one line."""
    return max(17, round(1.75 * len(label)))


def as_table(grid: Grid, *, first: Kind = "text") -> Table:
    """The same numbers as on the page, ready as words; what is no number on the page is none here."""
    label, *rest = grid.columns
    columns = [Column(label, first), *(Column(name, "figure", width=wide(name)) for name in rest)]

    def cells(row: Row) -> list[str]:
        return [row.direction or row.label if first == "direction" else row.label, *(one.text for one in row.cells)]

    total = cells(grid.total) if grid.total else None
    return Table(grid.caption, columns, [cells(row) for row in grid.rows], total, grid.note)


def reviewed(book: Book) -> str:
    words = {
        ReviewOutcome.KEEP: "{} fortsätter oförändrade",
        ReviewOutcome.CHANGE: "{} fortsätter med ändring",
        ReviewOutcome.LEAVE: "{} avslutas",
    }
    parts = [
        text.format(number(count))
        for outcome, text in words.items()
        if (count := book.count(f"reviews.outcome.{outcome}"))
    ]
    total = counted(book.count("reviews"), REVIEW)
    return sentence(f"{total} avgjordes" + (f": {listed(parts)}" if parts else ""))


def cooperation(material: Material) -> Chapter:
    book = material.book
    themes = book.largest("memberships.theme")
    intro = [
        paragraph(
            f"Vid årets slut hade staden {told(keyed(book['memberships']), MEMBERSHIP, book.year)}",
            f"{counted(book.count('agreements'), AGREEMENT)} gällde",
        ),
        paragraph(
            largest(as_bars(themes), what="det största temat", whats="de största temana"), grew_most(as_bars(themes))
        ),
    ]
    forms = years_grid(
        book, book.group("memberships.form"), "Medlemskap per form vid årets slut", "Form", total=book["memberships"]
    )
    points = [
        naming("Nya", material, "memberships.new", joined),
        sentence(f"Omprövade: {reviewed(book)}"),
        naming("Avslutade", material, "memberships.ended", joined),
    ]
    held = [
        f"{one.counterpart or one.title} ({uncapital(one.post)})"
        for one in material.names("memberships.posts")[:MOST_POSTS]
    ]
    if held:
        points.append(sentence(f"Förtroendeuppdrag: {listed(held)}"))
    parts = [Part("Nya, omprövade och avslutade", points=list(filter(None, points)))]
    return Chapter(intro, keys(book, Heading.NETWORKS), [charts.themes(book), as_table(forms)], parts)


def joined(one: Named) -> str:
    """Under a heading on memberships the organisation's name is enough."""
    return f"{one.counterpart or one.title} ({one.body})"


def naming(label: str, material: Material, code: str, words: Callable[[Named], str]) -> str:
    """Nya: a, b, c och 4 till. What may not be named is in the number, and only there."""
    total, found = material.book.count(code), material.names(code)[:MOST_NAMES]
    if not found:
        return ""
    names = [words(one) for one in found]
    more = total - len(names)
    return sentence(f"{label}: {listed([*names, f'{number(more)} till'] if more > 0 else names)}")


def legislation(material: Material) -> Chapter:
    book = material.book
    areas = as_bars(book.largest("inputs.area"))
    text = paragraph(
        f"Under året lämnade staden {told(keyed(book['inputs']), INPUT, book.year)}",
        largest(areas, what="det vanligaste området", whats="de vanligaste områdena"),
        grew_most(areas),
    )
    forms = years_grid(book, book.group("inputs.form"), "EU-inspel per form", "Form", total=book["inputs"])
    results = [
        f"{one.title}: {shorten(one.result, LONGEST_RESULT, placeholder=' …')}"
        for one in material.names("inputs")
        if one.result.strip()
    ]
    parts = [Part("Vad inspelen ledde till", points=results[:MOST_RESULTS])] if results else []
    exhibits = (charts.areas(book), as_table(forms), inputs_table(material))
    return Chapter([text], keys(book, Heading.EU_LAW), exhibits, parts)


def inputs_table(material: Material) -> Table:
    found, total = material.names("inputs"), material.book.count("inputs")
    columns = [
        Column("Inspel"),
        Column("Datum", "date", width=22),
        Column("Ansvarigt organ", width=42),
        Column("Form", width=34),
    ]
    rows = [(one.title, one.on, one.body, str(InfluenceForm(one.form).label)) for one in found[:MOST_INPUTS]]
    note = f"{number(len(rows))} av {number(total)}" if len(rows) < total else ""
    return Table("EU-inspel i urval" if note else "Årets EU-inspel", columns, rows, note=note)


def most_money(bars: Sequence[Bar], what: str) -> str:
    """Horisont Europa är det största programmet, 27,8 mnkr."""
    if not bars or not bars[0].now:
        return ""
    return sentence(f"{bars[0].label} är {what}, {with_unit(bars[0].now, 'mnkr', 1)}")


def funding(book: Book) -> Chapter:
    money = keyed(book["funding"])
    programmes = as_bars(book.largest("funding.programme"))
    bodies = as_bars(book.largest("funding.body"))
    intro = [
        paragraph(
            f"EU-finansieringen uppgick till {money.text}, {compared(money, book.year)}",
            f"Under året pågick {told(keyed(book['projects']), PROJECT, book.year)}",
        ),
        paragraph(
            most_money(programmes, "det största programmet"),
            most_money(bodies, "det organ som får mest"),
        ),
    ]
    grid = funding_grid(book)
    table = as_table(Grid(grid.caption, grid.columns, grid.rows[:MOST_BODIES], grid.total, grid.note))
    if len(grid.rows) > MOST_BODIES:
        table = Table(table.caption, table.columns, table.rows, table.sum_row, f"De {MOST_BODIES} största. {grid.note}")
    exhibits = (charts.programmes(book), as_table(programmes_grid(book)), table)
    return Chapter(list(filter(None, intro)), keys(book, Heading.EU_MONEY), exhibits)


def visits(material: Material) -> Chapter:
    book = material.book
    regions = as_bars(book.largest("visits.region"))
    guests, refused = book.count("receptions.guests"), book.count("receptions.declined")
    with_guests = f", med sammanlagt {counted(guests, GUEST)}" if guests else ""
    intro = [
        paragraph(
            f"Staden tog emot {told(keyed(book['visits']), VISIT_FROM_ABROAD, book.year)}",
            largest(regions, what="den vanligaste regionen", whats="de vanligaste regionerna"),
            grew_most(regions),
        ),
        paragraph(
            f"{counted(book.count('visits.state'), STATE_VISIT)} ingår i besöken",
            f"{counted(book.count('receptions'), RECEPTION)} i Stadshuset beviljades{with_guests}",
            f"{counted(refused, RECEPTION)} avslogs" if refused else "",
        ),
    ]
    points = [
        naming("Konferenser med staden som värd", material, "conferences", lambda one: one.title),
        naming("Statsbesök", material, "visits.state", lambda one: one.title),
    ]
    parts = [Part("Evenemang", points=list(filter(None, points)))] if any(points) else []
    return Chapter(intro, keys(book, Heading.VISITS), [charts.regions(book), as_table(visitors_grid(book))], parts)


def directions(book: Book) -> Chapter:
    found = as_bars(book.group("directions.main"))
    intro = [
        paragraph(
            f"Under {book.year} pågick {told(keyed(book['engagements']), ENGAGEMENT, book.year)}",
            largest(found, what="den vanligaste huvudinriktningen", whats="de vanligaste huvudinriktningarna"),
            grew_most(found),
        ),
        "Ett engagemang har en huvudinriktning och kan ha fler. I diagrammet räknas bara huvudinriktningen, så att "
        "summan blir antalet engagemang.",
    ]
    return Chapter(intro, [], [charts.directions(book), as_table(directions_grid(book), first="direction")])
