"""`python -m tiepdan COMMAND`: Django's management commands with our settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
    execute_from_command_line(["tiepdan", *sys.argv[1:]])


if __name__ == "__main__":
    main()
