"""What just happened that a person should hear of: new and chased tickets, answers to approvals, refused acts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Notices(QObject):
    """UI thread. Made from change sets that came by sync; the person's own acts raise none."""

    raised = Signal(object)  # rows.NoticeRow(code, kind, id, data, at): ticket_new, ticket_chased, approval_asked,
    # approval_approved, approval_denied, approval_expired, act_refused, promise_due, policy_new
