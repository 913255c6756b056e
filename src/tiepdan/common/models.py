"""What every stored thing has."""

from uuid import uuid4

from django.db import models

from tiepdan.common import clock


class BaseModel(models.Model):
    """A row with an unguessable key and its time of creation on the product's clock."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
