#!/usr/bin/env python
"""Django's commands; without settings of their own they run against the developer's embedded servers."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stockholm_intl.settings.dev")
    # not before the settings are named: what it imports on its way would name production's
    from engagements.strategy.editions import BrokenEdition

    try:
        execute_from_command_line(sys.argv)
    except BrokenEdition as wrong:
        # whoever keeps the strategy's data file is told what to write there, and not where the code was
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
