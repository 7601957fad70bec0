"""What happens to the house itself: its bodies are loaded from their register."""

from pathlib import Path
from typing import Any

from django.db import transaction

from organisation.models import Body
from organisation.registers import BODIES_FILE, BODY_COLUMNS, REASON, BodyRow, Tally, read_body, sound_rows
from stockholm_intl.kit.csv_files import Refusal, RowRefused, read_rows
from stockholm_intl.kit.locks import take_turn


@transaction.atomic
def load_bodies(path: Path = BODIES_FILE) -> Tally:
    """Make the register say what the file says. Bodies the file does not name are left as they are.

    Raises CsvError for a file that is no table; broken rows are refused one by one.
    """
    take_turn("registers")
    raw, refused = read_rows(path, columns=BODY_COLUMNS)
    tally = Tally(refused=refused)
    rows = []
    for row in raw:
        try:
            rows.append(read_body(row))
        except RowRefused as refusal:
            tally.refused.append(Refusal(row.line, str(refusal)))
    bodies = {body.code: body for body in Body.objects.select_related("parent", "successor")}
    sound, broken = sound_rows(rows, {code: links(body) for code, body in bodies.items()})
    tally.refused += broken
    for body in sound:
        save_body(body, bodies, tally)
    return tally


def links(body: Body) -> list[str]:
    return [kin.code for kin in (body.parent, body.successor) if kin]


def save_body(row: BodyRow, bodies: dict[str, Body], tally: Tally) -> None:
    body: Any = bodies.get(row.code, Body(code=row.code))
    told = {
        "name": row.name,
        "kind": row.kind.value,
        "parent": bodies.get(row.parent),
        "successor": bodies.get(row.successor),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": row.source,
    }
    if body.pk and all(getattr(body, name) == value for name, value in told.items()):
        tally.unchanged += 1
        return
    if body.pk:
        tally.changed += 1
    else:
        tally.added += 1
    for name, value in told.items():
        setattr(body, name, value)
    body._change_reason = REASON
    body.save()
    bodies[body.code] = body
