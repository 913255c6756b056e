"""`verify_recording`: check evidence packages with our own copy of the verifier."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tiepdan.recordings import folders, vault
from tiepdan.recordings.models import Recording
from tiepdan.recordings.signing import fingerprint, signing_key
from tiepdan.recordings.states import RecordingState
from tiepdan.recordings.verifier import verify


class Command(BaseCommand):
    help = "Verify evidence packages: FOLDER ..., or every sealed recording of this installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="*", type=Path)
        parser.add_argument("--key", help="fingerprint; default: this installation's own key")

    def handle(self, *_args: Any, **options: Any) -> None:
        key = options["key"] or fingerprint(signing_key())
        packages = options["folder"] or [
            folders.path_of(recording.package)
            for recording in Recording.objects.filter(state=RecordingState.SEALED)
        ]
        broken = []
        for package in packages:
            self.stdout.write(str(package))
            self.stdout.flush()
            try:
                with vault.unlocked(package) as readable:
                    if verify.main(["--key", key, str(readable)]):
                        broken.append(package)
            except vault.KeyMissingError as error:
                self.stdout.write(str(error))
                broken.append(package)
        if broken:
            raise CommandError(
                f"{len(broken)} of {len(packages)} packages are not whole or not readable."
            )
