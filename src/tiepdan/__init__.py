"""Tiếp Dân: online citizen reception, from registration to an archive that is evidence."""
