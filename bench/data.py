"""A register of any size, made in the database itself: 120 bodies of very different size, four readers, text to search.

One engagement in 97 is secret, one in 89 has a secret title; some are shared by name, and IB has what is referred to it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection, models

from engagements.models import Engagement, EngagementGroupGrant, EngagementUserGrant
from organisation.enums import BodyKind, Role
from organisation.models import Body, Mandate, User

BODIES = 120
SHARED, REFERRED = 200, 1_500  # some 15 matters at ten meetings a year for ten years
TINY_ROWS = 30
TOPICS = (
    "klimatbudget", "cykelvägar", "äldreomsorg", "avfallssug", "bibliotek", "bostäder", "trygghet", "hamnen", "upphandling",
    "skolgårdar", "vattenrening", "digitalisering", "jämställdhet", "buller", "biokol", "kollektivtrafik", "idrott",
    "fjärrvärme", "trädplantering", "snöhantering",
)  # fmt: skip
CITIES = ("Utrecht", "Köpenhamn", "Helsingfors", "Oslo", "Tallinn", "Wien", "Lyon", "Barcelona", "Osaka", "Nairobi")


@dataclass(frozen=True)
class People:
    """contact: two bodies of middling size; tiny: two bodies with 30 old rows each; slk: reads everything; ib: what is
    referred."""

    contact: User
    tiny: User
    slk: User
    ib: User

    def each(self) -> tuple[tuple[str, User], ...]:
        return (
            ("contact person", self.contact),
            ("almost nothing", self.tiny),
            ("SLK", self.slk),
            ("IB member", self.ib),
        )


def build(size: int, *, say: Callable[[str], None]) -> People:
    """Fill an empty database. What the ORM would write row by row is one INSERT … SELECT."""
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for name, value in (("random_page_cost", "1.1"), ("work_mem", "'32MB'"), ("effective_cache_size", "'4GB'")):
            cursor.execute(f"ALTER SYSTEM SET {name} = {value}")
        cursor.execute("SELECT pg_reload_conf()")
    bodies = make_bodies()
    make_engagements(size, bodies)
    people = make_people(bodies, size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE engagements_engagement")
        cursor.execute("ANALYZE")
        cursor.execute("SET statement_timeout = '15s'")
    say(f"built {size} engagements in {time.perf_counter() - started:.0f} s")
    return people


def make_bodies() -> list[Body]:
    names = [f"B{number:03d}" for number in range(1, BODIES + 1)]
    groups = Group.objects.bulk_create([Group(name=f"organ:{name}") for name in names])
    return Body.objects.bulk_create(
        [
            Body(code=name, name=f"Organ {name}", kind=BodyKind.SPECIALIST_ADMINISTRATION, group=group)
            for name, group in zip(names, groups, strict=True)
        ]
    )


def make_engagements(size: int, bodies: list[Body]) -> None:
    """Bodies by Zipf's law; the last two have TINY_ROWS each, the oldest of all."""
    indexes = [index for index in Engagement._meta.indexes if index.name != "engagement_newest"]
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(Engagement, index)
    columns = {
        field.column: "" for field in Engagement._meta.concrete_fields if not field.generated and field.column != "id"
    }
    columns |= {column: default_sql(field) for column, field in by_column().items() if column in columns}
    columns |= {
        "key": "format('INT-%%s-%%s', 2016 + n %% 11, lpad(n::text, 7, '0'))",
        "kind": "(ARRAY['visit','visit','visit','trip','membership','eu_influence'])[1 + (n * 7) %% 6]",
        "state": "(ARRAY['registered','proposed','approved','completed','closed'])[1 + (n * 13) %% 5]",
        "title": "'Besök från ' || (%(cities)s::text[])[1 + (n * 31) %% 10] || ' om ' || (%(topics)s::text[])[1 + (n * 17) %% 20]"
        " || CASE WHEN n %% 3877 = 0 THEN ' och ankdammar' ELSE '' END",
        "counterpart": "(%(cities)s::text[])[1 + (n * 31) %% 10] || 's kommun'",
        "country": "(ARRAY['NL','DK','FI','NO','EE','AT','FR','ES','JP','KE'])[1 + (n * 31) %% 10]",
        "summary": "'Delegationen vill se hur arbetet går till.'",
        "body_id": "body_of.id",
        "starts_on": "date '2016-01-01' + (n %% 4000)",
        "is_secret": "n %% 97 = 0",
        "secret_fields": "CASE WHEN n %% 89 = 0 THEN '{title}'::varchar[] ELSE '{}' END",
        "secrecy_paragraph": "CASE WHEN n %% 97 = 0 OR n %% 89 = 0 THEN '18 kap. 8 § OSL' ELSE '' END",
        "main_direction": "(ARRAY['profilering','omvarldsbevakning','samverkan','paverkan'])[1 + (n * 11) %% 4]",
        "updated_at": "timestamptz '2016-01-01' + n * interval '5 minutes'",
        "created_at": "timestamptz '2016-01-01' + n * interval '5 minutes'",
    }
    chosen = {name: sql for name, sql in columns.items() if sql}
    sizes = zipf_sizes(size, len(bodies) - 2)
    ends, total = [], 2 * TINY_ROWS
    for count in sizes:
        total += count
        ends.append(total)
    ids = [body.pk for body in bodies[:-2]]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO engagements_engagement ({", ".join(chosen)})
            SELECT {", ".join(chosen.values())} FROM generate_series(1, %(size)s) AS n
            CROSS JOIN LATERAL (SELECT CASE WHEN n <= %(tiny)s THEN %(first)s WHEN n <= 2 * %(tiny)s THEN %(second)s
                ELSE (%(ids)s::bigint[])[1 + width_bucket(spread, %(ends)s::bigint[])] END AS id
                FROM (SELECT 2 * %(tiny)s + 1 + ((n::bigint * 7919) %% (%(size)s - 2 * %(tiny)s)) AS spread) AS s) AS body_of""",
            {
                "size": size,
                "tiny": TINY_ROWS,
                "first": bodies[-1].pk,
                "second": bodies[-2].pk,
                "ids": [*ids, ids[0]],
                "ends": ends[:-1],
                "cities": list(CITIES),
                "topics": list(TOPICS),
            },
        )
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(Engagement, index)


def zipf_sizes(size: int, count: int) -> list[int]:
    weights = [1 / (rank + 3) for rank in range(count)]
    return [max(TINY_ROWS, round(weight / sum(weights) * (size - 2 * TINY_ROWS))) for weight in weights]


def by_column() -> dict[str, models.Field]:
    return {field.column: field for field in Engagement._meta.concrete_fields}


def default_sql(field: models.Field) -> str:
    """A column's Python default as SQL; empty for one that may be null."""
    if field.null:
        return ""
    default = field.get_default()
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, list):
        return "'{}'"
    if isinstance(default, dict):
        return "'{}'::jsonb"
    return str(default) if isinstance(default, int) else f"'{default}'"


def make_people(bodies: list[Body], size: int) -> People:
    """Two with two bodies each and 200 engagements shared by name; SLK's reads everything, IB's what is referred to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body_id, count(*) FROM engagements_engagement GROUP BY 1")
        counts = dict(cursor.fetchall())
    middling = sorted(bodies, key=lambda body: abs(counts.get(body.pk, 0) - size * 0.006))[:2]
    committee = Body.objects.create(code="IB", name="Beredningen", kind=BodyKind.INTERNATIONAL_COMMITTEE)
    people = People(
        contact=person("contact2", Role.CONTACT_PERSON, middling),
        tiny=person("tiny2", Role.CONTACT_PERSON, bodies[-2:]),
        slk=person("slk", Role.COORDINATOR, bodies[:1]),
        ib=person("ib", Role.IB_MEMBER, [committee]),
    )
    read = Permission.objects.get(codename="read_engagement")
    step = max(1, size // SHARED - 1)
    for number, user in enumerate((people.contact, people.tiny)):
        pks = list(Engagement.objects.order_by("pk").values_list("pk", flat=True)[number::step][:SHARED])
        EngagementUserGrant.objects.bulk_create(
            [EngagementUserGrant(user=user, permission=read, content_object_id=pk) for pk in pks]
        )
    referred = Engagement.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, size // REFERRED)]
    EngagementGroupGrant.objects.bulk_create(
        [EngagementGroupGrant(group=committee.group, permission=read, content_object_id=pk) for pk in referred]
    )
    return people


def person(username: str, role: Role, bodies: list[Body]) -> User:
    user = User.objects.create_user(username=username, first_name=username)
    for body in bodies:
        Mandate.objects.create(person=user, body=body, role=role, valid_from=date(2020, 1, 1))
    return user
