"""What desk and centre say to each other: shapes, canonical JSON, chain hashes, signatures."""
