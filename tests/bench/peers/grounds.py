"""What peers and ours are measured on: one database server, one centre, one application."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property

from PySide6.QtWidgets import QApplication

from desk.views import theme
from tests.bench import prepared
from tests.bench.served import Centre, serving
from tests.bench.sizes import Size


class Grounds:
    """Where a run measures: the database server for all, and the centre for those who need it."""

    def __init__(self, size: Size, server: prepared.Server, until: ExitStack) -> None:
        self.size, self.server, self._until = size, server, until

    @cached_property
    def centre(self) -> Centre:
        """Served from when it is first asked for to the end of the run."""
        return self._until.enter_context(serving(self.size, self.server))


def application() -> QApplication:
    """The one of this process, dressed as a desk is."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    return app
