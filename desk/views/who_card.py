"""Who is on the line: name, tier, contact, the past 90 days, mood."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.services.rows import Choice, WhoRow
from desk.views import format as text
from desk.views import icons, tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.menus import open_choices
from desk.views.parts import Elided, View, column, frame, label, row


class WhoCard(View):
    """One line. `reveal_asked`: show the contact (audited); `mood_picked`: flag it for whoever is next."""

    reveal_asked = Signal()
    mood_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: WhoRow | None = None
        self._moods: tuple[Choice, ...] = ()
        self._case = ""
        self._name = label(role="section")
        self._facts = Elided(tone="muted")
        self._past = Elided(role="small", tone="muted")
        self._block = label(role="chip", tone="danger")
        self._wrong = label(role="chip", tone="warn")
        self._marks = QWidget()
        marks = row(self._block, self._wrong, 1, gap=6)
        marks.setContentsMargins(0, tokens.XS, 0, 0)
        self._marks.setLayout(marks)
        self._contact = label(role="small", tone="muted")
        self._reveal = KeyButton(role="quiet")
        self._reveal.clicked.connect(self.reveal_asked)
        self._mood = KeyButton(key="M", role="quiet")
        self._mood.clicked.connect(self.pick_mood)
        inside = column(
            row(self._name, self._facts, self._reveal, 1, self._mood, gap=6),
            row(self._past, 1, self._contact, gap=6),
            self._marks,
            gap=0,
        )
        inside.setContentsMargins(tokens.M, 6, tokens.S, tokens.S)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))
        self.retranslate()

    def show_who(self, who: WhoRow | None, moods: tuple[Choice, ...] = (), case: str = "") -> None:
        """Show a customer; None where the case has none (a ticket without an order). `case`: how they came."""
        self._row, self._moods, self._case = who, moods, case
        self.retranslate()

    @property
    def said_mood(self) -> str:
        """The mood, in words."""
        return self._mood.text()

    @property
    def said_block(self) -> str:
        """That the customer is blocked, why and until when; '' where not."""
        return self._block.text() if not self._marks.isHidden() and not self._block.isHidden() else ""

    @property
    def said_contact(self) -> str:
        """What is wrong with the contact; '' where nothing is."""
        return self._wrong.text() if not self._marks.isHidden() and not self._wrong.isHidden() else ""

    def pick_mood(self) -> None:
        """Offer the moods."""
        open_choices(self._mood, self._moods, self.mood_picked.emit)

    def retranslate(self) -> None:
        """Words for the customer in hand."""
        who = self._row
        self._reveal.setIcon(icons.icon("eye"))
        self._reveal.setAccessibleName(self.tr("Show contact"))
        self._reveal.setToolTip(self.tr("Show the contact in full; this is written down"))
        if who is None:
            self._name.setText(self.tr("No customer known yet"))
            for part in (self._facts, self._past, self._reveal, self._marks):
                part.hide()
            self.tick()
            self._mood.setText(self.tr("Mood"))
            return
        self._name.setText(f"{who.name} {who.title}".strip())
        facts = [pick(who.tier), who.phone, who.city, who.address]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._facts.show()
        self._reveal.setVisible(who.masked and bool(who.phone))
        self._past.setText(self._past_words(who))
        self._past.show()
        self.tick()
        self._say_trouble(who)
        mood = pick(who.mood_names)
        self._mood.setText(self.tr("Mood: {mood}").format(mood=mood) if mood else self.tr("Mood"))

    def _say_trouble(self, who: WhoRow) -> None:
        """What stands against the customer, and what is wrong with the contact."""
        block = who.block
        self._block.setVisible(block is not None)
        if block is not None:
            until = text.day(block.until) if block.until is not None else self.tr("lifted")
            self._block.setText(
                self.tr("Blocked until {until}: {reason}").format(until=until, reason=pick(block.reason))
            )
            self._block.setToolTip(" · ".join(part for part in (block.by, text.moment(block.at), block.words) if part))
        flags = [words.word("contact_flag", flag) for flag in sorted(who.contact_flags)]
        self._wrong.setText(" · ".join(flags))
        self._wrong.setVisible(bool(flags))
        self._marks.setVisible(bool(flags) or block is not None)

    def _past_words(self, who: WhoRow) -> str:
        if who.orders is None:
            return self.tr("{days} days: the centre knows").format(days=who.days)
        said = self.tr("{days} days: orders {orders} · cancels {cancels} · given {given}")
        return said.format(
            days=who.days, orders=who.orders, cancels=who.cancels or 0, given=text.money(who.compensation)
        )

    def tick(self) -> None:
        """How long this contact lasts."""
        who = self._row
        said = [self._case] if self._case else []
        if who is not None and who.contact_at is not None:
            lasted = (text.now() - who.contact_at).total_seconds()
            said.append(self.tr("waiting {time}").format(time=text.short(lasted)))
        self._contact.setText(" · ".join(said))
