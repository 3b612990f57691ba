"""The use cases that the views call."""
