"""Who writes in what a board decides of another body's matter: without her a marked one would reach nobody there."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagements.enums import IN_FORCE_STATES, OPEN_STATES
from engagements.models import Engagement
from engagements.needed_readers import Needed, one_of, readers_needed_by
from engagements.permission import handed_to
from engagements.rules import RuleBroken
from engagements.shared_reasons import is_marked
from engagements.sharing import readers_by_name
from organisation.enums import Role
from organisation.models import Body, User
from organisation.queries import holders_of


def writers_at(board: Body, *, on: date) -> QuerySet[User]:
    """Its secretaries: nobody else writes in its decisions (engagements.routing.deciding_body)."""
    return holders_of(Role.BOARD_SECRETARY, board, on=on)


@readers_needed_by
def board_writers_needed(engagement: Engagement, *, on: date) -> list[Needed]:
    """While it lies with a board it was handed to, open or in force; what has ended there waits for nobody."""
    if engagement.state not in OPEN_STATES | IN_FORCE_STATES:
        return []
    board = handed_to(engagement)
    people = list(writers_at(board, on=on)) if board else []
    if not people:
        return []
    said = _(
        "Ärendet är lämnat till %(board)s för beslut. Namnge den som för in beslutet där som läsare (%(names)s), "
        "eller vänta tills %(board)s har skickat det tillbaka."
    )
    return [Needed(people, said % {"board": board, "names": one_of(people)})]


def require_a_reader_at(board: Body, engagement: Engagement, *, on: date) -> None:
    """Raises RuleBroken when something is marked, and nobody of those who write for the board is named."""
    if not is_marked(engagement):
        return
    people = list(writers_at(board, on=on))
    if not people:
        raise RuleBroken(
            _(
                "I ärendet finns sekretess, och %(board)s har ingen sekreterare som kan namnges. Be systemförvaltaren utse en."
            )
            % {"board": board}
        )
    if not set(people) & set(readers_by_name(engagement)):
        raise RuleBroken(
            _(
                "I ärendet finns sekretess, och ingen som för in beslut hos %(board)s är namngiven läsare. "
                "Be den som får sekretessmarkera att namnge %(names)s först."
            )
            % {"board": board, "names": one_of(people)}
        )
