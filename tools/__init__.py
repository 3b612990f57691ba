"""Programs for the people who build Order Desk: set-up, checks, documents."""
