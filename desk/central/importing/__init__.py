"""Orders from a file: a CSV or JSONL export of any shop, read through a mapping file (`import-orders`)."""
