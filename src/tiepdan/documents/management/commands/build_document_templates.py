"""`build_document_templates`: write the Word templates anew from their description."""

from typing import Any

from django.core.management.base import BaseCommand

from tiepdan.documents.bodies import BODIES
from tiepdan.documents.kinds import KINDS
from tiepdan.documents.layout import build
from tiepdan.documents.rendering import TEMPLATES


class Command(BaseCommand):
    help = "Write the .docx templates of all kinds; replaces them."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        for kind in KINDS.values():
            build(BODIES[kind.code]).save(str(TEMPLATES / kind.template))
            self.stdout.write(kind.template)
