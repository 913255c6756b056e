"""Rows that may or may not be there."""

from django import template
from django.db.models import Model

register = template.Library()


@register.filter
def one(row: Model, name: str) -> Model | None:
    """The row's one-to-one partner, or nothing: `visit|one:"result_notice"`."""
    return getattr(row, name, None)
