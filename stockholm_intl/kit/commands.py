"""What several commands ask for alike."""

from datetime import date

from django.core.management.base import CommandError


def day(text: str) -> date:
    """A day on the command line. Raises CommandError."""
    try:
        found = date.fromisoformat(text)
        if found.isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise CommandError(f"”{text}” är inget datum. Skriv det som 2026-11-22.") from None
    if not 1900 <= found.year <= 2100:
        raise CommandError(f"Året {found.year} går inte att räkna från. Välj ett mellan 1900 och 2100.")
    return found
