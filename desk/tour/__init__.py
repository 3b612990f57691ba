"""People acting by script through the real windows: the tour of `make run` without a screen, and the e2e story."""
