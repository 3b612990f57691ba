"""The made-up shop: a client of /v1 like any other, and its outside systems."""
