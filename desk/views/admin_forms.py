"""The administrator's forms: a person, a team or store; they say what to save and save nothing themselves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.domain.people import Level
from desk.services.rows import AdminRow, PlaceRow, StaffRow
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.flow import Flow
from desk.views.language import LANGUAGES, pick
from desk.views.one_time_code import CodeCard
from desk.views.parts import View, frame, label, row

_LEVELS = tuple(level for level in Level if level is not Level.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as filled in; `id` '' for a new one."""

    id: str
    login: str
    name: str
    level: Level
    teams: tuple[str, ...]
    store_id: str | None
    language: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A team or store as filled in; `new` where it is to be added."""

    kind: str  # team, store
    id: str
    names: dict[str, str]
    timezone: str
    active: bool


class _Form(View):
    """Labelled fields on a card with one button."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label(role="section")
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.S)
        self._grid.setColumnStretch(1, 1)
        self.done = KeyButton(key="Enter", role="primary")
        self._second = row(self.done, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        inside.setSpacing(tokens.M)
        inside.addWidget(self._title)
        inside.addLayout(self._grid)
        inside.addLayout(self._second)
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.addWidget(frame("card", inside))
        self._cards.addStretch(1)

    def add(self, name: str, field: QWidget) -> None:
        """A field with its label."""
        at = len(self._fields)
        self._fields[name] = field
        self._labels[name] = label(role="small", tone="muted")
        self._grid.addWidget(self._labels[name], at, 0)
        self._grid.addWidget(field, at, 1)

    def name_fields(self, names: dict[str, str]) -> None:
        """Words of the labels."""
        for name, said in names.items():
            self._labels[name].setText(said)
            self._fields[name].setAccessibleName(said)


class PersonForm(_Form):
    """`saved(Person)`."""

    saved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row: StaffRow | None = None
        self._teams: dict[str, QCheckBox] = {}
        self.login, self.name = QLineEdit(), QLineEdit()
        self.level, self.store, self.speaks = QComboBox(), QComboBox(), QComboBox()
        self.active = QCheckBox()
        self.code = CodeCard()
        self._team_flow = Flow(gap=tokens.M)
        teams = QWidget()
        teams.setLayout(self._team_flow)
        parts = (self.login, self.name, self.level, teams, self.store, self.speaks, self.active)
        for name, part in zip(("login", "name", "level", "teams", "store", "language", "active"), parts, strict=True):
            self.add(name, part)
        self._cards.insertWidget(1, self.code)
        for language in LANGUAGES:
            self.speaks.addItem({"zh": "中文", "en": "English"}[language], language)
        self.done.clicked.connect(self.finish)
        self.login.returnPressed.connect(self.finish)
        self.name.returnPressed.connect(self.finish)
        self.retranslate()

    def show_person(self, person: StaffRow | None, page: AdminRow) -> None:
        """Show a person; None begins a new one."""
        self._row = person
        self.code.show_person(person)
        self._team_flow.clear()
        self._teams = {}
        for team in page.teams:
            box = QCheckBox(pick(team.names))
            box.setChecked(person is not None and team.id in person.teams)
            self._teams[team.id] = box
            self._team_flow.addWidget(box)
        self.store.clear()
        self.store.addItem("–", None)
        for store in page.stores:
            self.store.addItem(pick(store.names), store.id)
        self.login.setText(person.login if person else "")
        self.login.setEnabled(person is None)
        self.name.setText(person.name if person else "")
        self.active.setChecked(person.active if person else True)
        self.retranslate()
        self.level.setCurrentIndex(self.level.findData((person.level if person else Level.AGENT).value))
        self.store.setCurrentIndex(max(0, self.store.findData(person.store_id if person else None)))
        self.speaks.setCurrentIndex(max(0, self.speaks.findData(person.language if person else "zh")))

    def finish(self) -> None:
        """Enter."""
        login, name = self.login.text().strip(), self.name.text().strip()
        if not login or not name:
            (self.name if login else self.login).setFocus()
            return
        self.saved.emit(
            Person(
                id=self._row.id if self._row else "",
                login=login,
                name=name,
                level=Level(self.level.currentData()),
                teams=tuple(key for key, box in self._teams.items() if box.isChecked()),
                store_id=self.store.currentData(),
                language=self.speaks.currentData(),
                active=self.active.isChecked(),
            )
        )

    def retranslate(self) -> None:
        """Words."""
        self._title.setText(self._row.name if self._row else self.tr("New person"))
        self.name_fields(
            {
                "login": self.tr("Login"),
                "name": self.tr("Name"),
                "level": self.tr("Level"),
                "teams": self.tr("Teams"),
                "store": self.tr("Store"),
                "language": self.tr("Language"),
                "active": self.tr("Works here"),
            }
        )
        self.active.setText(self.tr("may sign in"))
        chosen = self.level.currentData()
        self.level.clear()
        for level in _LEVELS:
            self.level.addItem(words.word("level", level.value), level.value)
        self.level.setCurrentIndex(max(0, self.level.findData(chosen)))
        self.done.setText(self.tr("Save person"))


class PlaceForm(_Form):
    """`saved(Place)`."""

    saved = Signal(object)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._row: PlaceRow | None = None
        self.key, self.zh, self.en, self.zone = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.active = QCheckBox()
        for name, part in (("key", self.key), ("zh", self.zh), ("en", self.en), ("zone", self.zone)):
            self.add(name, part)
            part.returnPressed.connect(self.finish)
        self.add("active", self.active)
        self._labels["active"].setVisible(kind == "store")
        self.active.setVisible(kind == "store")
        self.done.clicked.connect(self.finish)
        self.retranslate()

    def show_place(self, place: PlaceRow | None) -> None:
        """Show a team or store; None begins a new one."""
        self._row = place
        self.key.setText(place.id if place else "")
        self.key.setEnabled(place is None)
        self.zh.setText(place.names.get("zh", "") if place else "")
        self.en.setText(place.names.get("en", "") if place else "")
        self.zone.setText(place.timezone if place else "Asia/Shanghai")
        self.active.setChecked(place.active if place else True)
        self.retranslate()

    def finish(self) -> None:
        """Enter."""
        names = {"zh": self.zh.text().strip(), "en": self.en.text().strip()}
        if not self.key.text().strip() or not any(names.values()):
            self.key.setFocus()
            return
        names = {code: name or next(filter(None, names.values())) for code, name in names.items()}
        zone = self.zone.text().strip() or "Asia/Shanghai"
        key = self.key.text().strip()
        self.saved.emit(Place(kind=self._kind, id=key, names=names, timezone=zone, active=self.active.isChecked()))

    def retranslate(self) -> None:
        """Words."""
        new = self.tr("New store") if self._kind == "store" else self.tr("New team")
        self._title.setText(pick(self._row.names) if self._row else new)
        self.name_fields(
            {
                "key": self.tr("Key"),
                "zh": self.tr("Name in Chinese"),
                "en": self.tr("Name in English"),
                "zone": self.tr("Time zone"),
                "active": self.tr("Open"),
            }
        )
        self.active.setText(self.tr("takes orders"))
        self.done.setText(self.tr("Save"))
