"""The rulebook: pure, the same at every desk and at the centre."""
