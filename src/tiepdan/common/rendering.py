"""How forms look: every field with label, help and error in the same order."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders each field through our include; `FORM_RENDERER` names it."""

    field_template_name = "includes/field.html"
