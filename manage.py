#!/usr/bin/env python
"""Django's commands; without settings of their own they run against the developer's embedded servers."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stockholm_intl.settings.dev")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
