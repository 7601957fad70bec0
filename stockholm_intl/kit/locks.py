"""Loads that must not run beside themselves."""

from zlib import crc32

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until nobody else loads `name`; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])
