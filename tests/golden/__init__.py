"""Files of every version, as that version left them: a newer one must read them, and mean the same (`make golden`)."""
