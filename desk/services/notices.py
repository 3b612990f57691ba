"""What just happened that a person should hear of: new and chased tickets, warnings, answers to approvals."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Notices(QObject):
    """UI thread. Made from change sets that came by sync; the person's own acts raise none."""

    raised = Signal(object)  # rows.Notice
