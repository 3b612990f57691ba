"""The workstation's encrypted database: replica, outbox, projection, search."""
