"""Widgets, models and delegates; no SQL, no HTTP, no rule."""
