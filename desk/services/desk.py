"""Everything the windows may call, in one bundle made by bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

from desk.services.actions import Actions
from desk.services.administration import Administration
from desk.services.approvals import Approvals
from desk.services.attention import Attention
from desk.services.changes import Changes
from desk.services.compensation import Compensation
from desk.services.drafts import Drafts
from desk.services.jobs import Jobs
from desk.services.lookup import Lookup
from desk.services.notices import Notices
from desk.services.queue import Queue
from desk.services.scripts import Scripts
from desk.services.session import Session
from desk.services.syncer import Syncer
from desk.services.tasks import Tasks
from desk.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services of one workstation; `MainWindow(desk: Desk, settings: Settings)` gets this."""

    jobs: Jobs
    changes: Changes
    session: Session
    queue: Queue
    lookup: Lookup
    workspace: Workspace
    actions: Actions
    scripts: Scripts
    compensation: Compensation
    approvals: Approvals
    attention: Attention
    tasks: Tasks
    administration: Administration
    syncer: Syncer
    notices: Notices
    drafts: Drafts
