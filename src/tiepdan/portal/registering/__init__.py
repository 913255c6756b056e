"""Registering online by the citizen alone, one question a page."""
