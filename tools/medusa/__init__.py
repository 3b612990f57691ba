"""A real Medusa 2 shop from npm, and a walk through what a desk asks of it: `make medusa`."""
