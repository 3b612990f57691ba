"""View rows: everything that the screen shows, as frozen data that services make and views only draw.

Codes stay codes (views/words.py has their words), names of policy stay by language, money stays Money, times stay aware
UTC: so that a switch of language or theme draws the same rows anew and asks nobody. None means not known here.
"""

from __future__ import annotations

from desk.services.rows.base import Allowed, Answer, Choice, Data, Names, Row, RowState, TimelineRow
from desk.services.rows.case import (
    ActRow,
    BackRow,
    BlockRow,
    CaseRow,
    Choices,
    EffectRow,
    GivenRow,
    PathRow,
    PromiseRow,
    RecordRow,
    Tone,
    TreeNode,
    VerdictRow,
    WhoRow,
)
from desk.services.rows.frame import PersonRow, Phase, SyncStatus
from desk.services.rows.give import ApprovalRow, GiveRow, Meter, OfferRow, Piece, ScriptRow, SimilarRow
from desk.services.rows.order import (
    LineRow,
    OrderRow,
    ParcelRow,
    PromotionRow,
    ReceiptRow,
    ScanRow,
    StageRow,
    SystemRow,
    TenderRow,
)
from desk.services.rows.pages import AdminRow, AttentionRow, HitRow, InstallationRow, PlaceRow, StaffRow
from desk.services.rows.playbook import (
    CheckRow,
    DeedRow,
    FactRow,
    InputRow,
    OptionRow,
    PlaybookRow,
    SeenRow,
    TaskPage,
    TaskRow,
)
from desk.services.rows.queue import Notice, NoticeKind, QueuePage, QueueRow

__all__ = [
    "ActRow",
    "AdminRow",
    "Allowed",
    "Answer",
    "ApprovalRow",
    "AttentionRow",
    "BackRow",
    "BlockRow",
    "CaseRow",
    "CheckRow",
    "Choice",
    "Choices",
    "Data",
    "DeedRow",
    "EffectRow",
    "FactRow",
    "GiveRow",
    "GivenRow",
    "HitRow",
    "InputRow",
    "InstallationRow",
    "LineRow",
    "Meter",
    "Names",
    "Notice",
    "NoticeKind",
    "OfferRow",
    "OptionRow",
    "OrderRow",
    "ParcelRow",
    "PathRow",
    "PersonRow",
    "Phase",
    "Piece",
    "PlaceRow",
    "PlaybookRow",
    "PromiseRow",
    "PromotionRow",
    "QueuePage",
    "QueueRow",
    "ReceiptRow",
    "RecordRow",
    "Row",
    "RowState",
    "ScanRow",
    "ScriptRow",
    "SeenRow",
    "SimilarRow",
    "StaffRow",
    "StageRow",
    "SyncStatus",
    "SystemRow",
    "TaskPage",
    "TaskRow",
    "TenderRow",
    "TimelineRow",
    "Tone",
    "TreeNode",
    "VerdictRow",
    "WhoRow",
]
