"""The administrator's page: people, teams, stores and enrolled desks; disable a person, shut a desk out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.services.rows import AdminRow, InstallationRow, PlaceRow, RowState, StaffRow, Tone
from desk.views import tokens, words
from desk.views.admin_forms import PersonForm, PlaceForm
from desk.views.buttons import ActButton, KeyButton
from desk.views.language import pick
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.parts import View, column, frame, label, row, scrolled
from desk.views.state_view import StateView
from desk.views.tabs import Tabs

_TABS = ("people", "teams", "stores", "desks")
_LEFT = 460
AdminItem = StaffRow | PlaceRow | InstallationRow


class DeskCard(View):
    """One enrolled desk, and the key that shuts it out."""

    revoked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: InstallationRow | None = None
        self._title = label(role="section")
        self._scopes = label(tone="muted", wrap=True)
        self._hint = label(role="small", tone="muted", wrap=True)
        self.button = ActButton()
        self.button.setMaximumWidth(tokens.SIDE)
        self.button.done.connect(lambda: self.revoked.emit(self._row.id) if self._row else None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        inside = column(self._title, self._scopes, self._hint, self.button, gap=tokens.M, edge=tokens.L)
        self._card = frame("card", inside)
        self._card.hide()
        layout.addWidget(self._card)
        layout.addStretch(1)

    def show_desk(self, desk: InstallationRow | None) -> None:
        """Show a desk."""
        self._row = desk
        self.retranslate()

    def retranslate(self) -> None:
        """Words."""
        desk = self._row
        self._card.setVisible(desk is not None)
        if desk is None:
            return
        self._title.setText(desk.name + (" · " + self.tr("this desk") if desk.here else ""))
        self._scopes.setText(self.tr("Sees: {scopes}").format(scopes=", ".join(desk.scopes)))
        self._hint.setText(
            self.tr("Shut out: it can no longer sign in, send or fetch.")
            if desk.revoked
            else self.tr(
                "A lost or retired desk is shut out at once; what it has not sent yet does not arrive any more."
            )
        )
        name = desk.name
        said = self.tr("Shut out {name}").format(name=name)
        armed = self.tr("Enter: shut {name} out for good").format(name=name)
        self.button.offer(said, armed, second_key=True, about=desk.id)
        self.button.setEnabled(not desk.revoked and not desk.here)


class AdminView(View):
    """`person_saved(Person)`, `place_saved(Place)`, `revoked(installation id)`, `code_asked(staff id)`."""

    person_saved = Signal(object)
    place_saved = Signal(object)
    revoked = Signal(str)
    code_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = AdminRow()
        self._known = False  # whether the page came
        self.tabs = Tabs(_TABS)
        self._new = KeyButton(key="+", role="quiet")
        self.model: RowsModel[AdminItem] = RowsModel(lambda item: item.id, self._entry, self)
        self.list = EntryList(self.model, chip_width=0, height=46)
        self.state = StateView(self.list)
        self.person = PersonForm()
        self.team, self.store = PlaceForm("team"), PlaceForm("store")
        self.desk = DeskCard()
        self._forms = QStackedWidget()
        for form in (self.person, self.team, self.store, self.desk):
            self._forms.addWidget(form)
        self._build()
        self._connect_signals()
        self.retranslate()

    def _build(self) -> None:
        head = row(self.tabs, 1, self._new)
        head.setContentsMargins(tokens.M, 2, tokens.XS, 2)
        side = column(gap=0)
        side.setContentsMargins(0, 0, 1, 0)
        side.addLayout(head)
        side.addWidget(frame("rule"))
        side.addWidget(self.state, 1)
        left = frame("column", side)
        left.setFixedWidth(_LEFT)
        page = QWidget()
        page.setLayout(column(self._forms, edge=tokens.L))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        layout.addWidget(scrolled(page), 1)

    def _connect_signals(self) -> None:
        self.tabs.chosen.connect(lambda _: self._on_tab())
        self._new.clicked.connect(self.begin_new)
        self.list.selectionModel().currentChanged.connect(lambda: self._show_current())
        self.person.saved.connect(self.person_saved)
        self.person.code.asked.connect(self.code_asked)
        self.team.saved.connect(self.place_saved)
        self.store.saved.connect(self.place_saved)
        self.desk.revoked.connect(self.revoked)

    def show_page(self, page: AdminRow) -> None:
        """Show what there is; the cursor stays."""
        self._page, self._known = page, True
        self._fill()

    def begin_new(self) -> None:
        """An empty form."""
        if self.tabs.current != "desks":
            self.list.clearSelection()
            self._begin_blank().setFocus()

    def _begin_blank(self) -> QWidget:
        """The empty form of this tab; returns its first field."""
        if self.tabs.current == "people":
            self.person.show_person(None, self._page)
            return self.person.login
        form = self.team if self.tabs.current == "teams" else self.store
        form.show_place(None)
        return form.key

    def _items(self) -> tuple[AdminItem, ...]:
        page = self._page
        items: dict[str, tuple[AdminItem, ...]] = {
            "people": page.staff,
            "teams": page.teams,
            "stores": page.stores,
            "desks": page.installations,
        }
        return items[self.tabs.current]

    def _on_tab(self) -> None:
        self._fill()
        if self.list.current_row() is None and self.tabs.current != "desks":  # nobody to show: a form for the first
            self._begin_blank()

    def _fill(self) -> None:
        items = self._items()
        self._forms.setCurrentIndex(_TABS.index(self.tabs.current))
        self._new.setVisible(self.tabs.current != "desks")
        current = self.list.current_row()
        self.model.show(items)
        if self._known:
            self.state.show_content(len(items))
        at = self.model.row_of(current.id) if current else -1
        if items:
            self.list.select_row(max(0, at))
        self._show_current()
        self.retranslate()

    def _show_current(self) -> None:
        item = self.list.current_row()
        if isinstance(item, StaffRow):
            self.person.show_person(item, self._page)
        elif isinstance(item, PlaceRow):
            (self.team if self.tabs.current == "teams" else self.store).show_place(item)
        self.desk.show_desk(item if isinstance(item, InstallationRow) else None)

    def _entry(self, item: AdminItem) -> Entry:
        if isinstance(item, StaffRow):
            teams = [pick(team.names) for team in self._page.teams if team.id in item.teams]
            places = [pick(store.names) for store in self._page.stores if store.id == item.store_id]
            waiting = words.word("row_state", item.state.value) if item.state is not RowState.DONE else ""
            off = "" if item.active else self.tr("off")
            return Entry(
                title=item.name,
                title_note=item.login,
                second=" · ".join([words.word("level", item.level.value), *teams, *places]),
                right=off or waiting,
                dim=not item.active,
            )
        if isinstance(item, PlaceRow):
            people = self.tr("%n people", "", item.people)
            return Entry(
                title=pick(item.names), title_note=item.id, second=f"{item.timezone} · {people}", dim=not item.active
            )
        here = self.tr("this desk") if item.here else ""
        off = self.tr("shut out") if item.revoked else ""
        return Entry(
            title=item.name, second=", ".join(item.scopes), right=off or here, dim=item.revoked, tone=Tone.CALM
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Words."""
        page = self._page
        names = (self.tr("People"), self.tr("Teams"), self.tr("Stores"), self.tr("Desks"))
        counts = (len(page.staff), len(page.teams), len(page.stores), len(page.installations))
        named = {key: f"{said} {count}" for key, said, count in zip(_TABS, names, counts, strict=True)}
        self.tabs.name(named)
        self._new.setText(self.tr("New"))
        self.list.setAccessibleName(self.tr("People and desks"))
        hint = self.tr("+ adds one.")
        if self.tabs.current == "desks":
            hint = self.tr("A desk appears here when it is enrolled with its one-time code.")
        self.state.set_empty(self.tr("Nothing here yet"), hint)
        self.model.repaint()
