"""The centre: the service that decides with authority and keeps the truth."""
