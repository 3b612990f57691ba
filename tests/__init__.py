"""Tests of every kind: unit, contract, sync, gui, e2e, golden, architecture."""
