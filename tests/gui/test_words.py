"""Every code that the rules, the centre or the services can give has words, in both languages."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk.domain import changes, commands, prescreen
from desk.domain.contacts import FLAGS
from desk.domain.facts import FACTS
from desk.domain.ledger import ApprovalState, BenefitKind, EffectKind, EffectState, EntryState
from desk.domain.option_inputs import INPUTS
from desk.domain.order_stages import Manner, OrderStage
from desk.domain.orders import GoodsFlag, OrderState, PromotionKind
from desk.domain.path import code_of
from desk.domain.people import Level
from desk.domain.playbooks import Verb
from desk.domain.tasks import TaskState
from desk.domain.tickets import Act, Answer, Channel, Kind, Stage
from desk.services.rows import Data, NoticeKind, Phase, RowState
from desk.sync import problems
from desk.views import language, words
from tools import translate

pytestmark = pytest.mark.turns(2)

DESK = Path(__file__).resolve().parents[2] / "desk"
REFUSING = {"Refused", "NoWay", "Rejected", "Forbidden"}  # first argument is a code
# Refused of another meaning, and what only another shop's webhook is told.
NOT_FOR_PEOPLE = {"central/cli.py", "central/serving.py", "central/hooks.py", "connectors/http_shop.py"}


def calls(folder: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the files of a folder."""
    for path in sorted((DESK / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(DESK).as_posix(), node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def text_of(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def refusals() -> set[str]:
    """Codes in Refused("..."), Answer(code="..."), ActRow(reason="...") and the like."""
    found = set()
    for folder in ("domain", "central", "services", "sync"):
        for file, call in calls(folder):
            if file in NOT_FOR_PEOPLE:
                continue
            first = call.args[0] if call.args else None
            if name_of(call) in REFUSING:
                found.add(text_of(first))
            keywords = {keyword.arg: keyword.value for keyword in call.keywords}
            if name_of(call) == "Answer":
                found.add(text_of(keywords.get("code")))
            if name_of(call) in ("ActRow", "GiveRow", "ApprovalRow"):
                found |= {text_of(keywords.get(key)) for key in ("reason", "off", "reason_off")}
            if folder == "central" and name_of(call) == "Problem" and len(call.args) > 1:
                found.add(text_of(call.args[1]))
    kinds = [kind for kind in vars(problems).values() if isinstance(kind, type) and hasattr(kind, "code")]
    return {code for code in found if code} | {str(kind.code) for kind in kinds}


def test_every_refusal_has_words() -> None:
    codes = refusals()
    assert len(codes) > 60
    assert sorted(code for code in codes if not words.has("refusal", code)) == []


TOLD_TO_SHOPS_ALONE = {"no_hook", "bad_signature", "unreadable"}  # answers to a webhook: no effect is about them
TOLD_TO_OPERATORS = {"filter_ignored"}  # a source's look at what changed: a line in the log


def test_every_problem_that_a_connector_names_has_words() -> None:
    """What stands beside an effect that failed or is not known (problem)."""
    files = [*calls("connectors"), *(one for one in calls("central") if one[0].startswith("central/effect"))]
    made = {text_of(call.args[0]) for _, call in files if name_of(call) in ("Refused", "NoAnswer") and call.args}
    codes = made - {""} - TOLD_TO_SHOPS_ALONE - TOLD_TO_OPERATORS
    assert {"insufficient", "time_out", "currency_differs"} <= codes
    assert sorted(code for code in codes if not words.has("problem", code)) == []


def troubles() -> set[str]:
    """Codes of what can go wrong with file, line and processes of a desk: `code = "..."` in a class, and literals of
    `cannot_begin` and the like, in storage, sync, services and the files beside them."""
    found = {"centre_not_started"}
    for path in sorted(DESK.rglob("*.py")):
        layer = path.relative_to(DESK).parts[0]
        if layer not in ("storage", "sync", "services") and path.parent != DESK:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    if isinstance(line, ast.Assign) and text_of(line.value):
                        found |= {text_of(line.value) for name in line.targets if getattr(name, "id", "") == "code"}
            if isinstance(node, ast.Call) and name_of(node) == "cannot_begin" and node.args:
                found.add(text_of(node.args[0]))
    return found - {""}


NAMED = (  # the ones a person meets before anything else works
    "storage",
    "storage_disk",
    "storage_damaged",
    "storage_too_new",
    "storage_wrong_key",
    "profile_in_use",
    "no_replica",
    "ask_colleague",
    "centre_not_started",
)


def test_every_trouble_of_file_line_and_processes_has_words() -> None:
    codes = troubles()
    assert set(NAMED) - {"ask_colleague"} <= codes
    assert sorted(code for code in codes if not words.has("refusal", code)) == []


def test_every_refusal_and_trouble_is_a_sentence_in_both_languages(qapp: QApplication) -> None:
    codes = refusals() | troubles()
    english, chinese = {}, {}
    language.use("zh")
    chinese = {code: words.word("refusal", code) for code in codes}
    language.use("en")
    english = {code: words.word("refusal", code) for code in codes}
    assert {code: said for code, said in english.items() if not said.endswith(".")} == {}
    assert {code: said for code, said in chinese.items() if not said.endswith("。") or said.isascii()} == {}


@pytest.mark.parametrize("code", NAMED)
def test_what_keeps_a_desk_from_working_says_what_to_do(code: str, qapp: QApplication) -> None:
    """What happened is not enough: an act stands there that the person can do."""
    language.use("en")
    acts = r"\b(Start|Let|Update|Work|Make|Go|Try|tell)\b"
    assert re.search(acts, words.word("refusal", code)), words.word("refusal", code)


def leaves(kind: type[changes.Change]) -> Iterator[type[changes.Change]]:
    for child in kind.__subclasses__():
        yield from leaves(child)
        yield child


def test_every_change_command_and_state_has_words() -> None:
    steps = {code_of(object.__new__(kind)) for kind in leaves(changes.Change)} - {"ticket_change"}
    wanted = {
        "step": steps,
        "command": {name for name, _ in commands.COMMANDS},
        "verdict": set(prescreen.COLOURS),
        "end": set(prescreen.COLOURS),
        "then": set(prescreen.COLOURS),
        "question": set(prescreen.TREE),
        "answer": {f"{key}.{answer}" for key, answers in prescreen.TREE.items() for answer in answers},
        "kind": {one.value for one in Kind},
        "channel": {one.value for one in Channel},
        "stage": {one.value for one in Stage},
        "act": {one.value for one in Act},
        "level": {one.value for one in Level},
        "flag": {one.value for one in GoodsFlag},
        "benefit": {one.value for one in BenefitKind},
        "effect": {one.value for one in EffectKind},
        "effect_state": {one.value for one in (*EffectState, *EntryState)},
        "order_state": {one.value for one in OrderState},
        "promo": {one.value for one in PromotionKind},
        "approval_state": {one.value for one in ApprovalState},
        "notice": {one.value for one in NoticeKind},
        "sync": {one.value for one in Phase},
        "row_state": {one.value for one in RowState},
        "fact": set(FACTS),
        "came_to": {one.value for one in OrderStage},
        "manner": {one.value for one in Manner},
        "check_answer": {one.value for one in Answer},
        "deed": {one.value for one in Verb},
        "input": set(INPUTS),
        "task_state": {one.value for one in TaskState},
        "contact_flag": set(FLAGS),
    }
    missing = {f"{group}.{code}" for group, codes in wanted.items() for code in codes if not words.has(group, code)}
    assert missing == set()


def messages(code: str) -> list[tuple[str, str, list[str], bool]]:
    """(context, source, translations, finished) of a .ts file."""
    found = []
    for context in ElementTree.parse(translate.FOLDER / f"desk_{code}.ts").iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            source = message.findtext("source") or ""
            found.append((context.findtext("name") or "", source, forms, translation.get("type") is None))
    return found


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_word_is_translated_with_its_placeholders(code: str) -> None:
    for context, source, forms, finished in messages(code):
        assert finished, f"{context}: {source}"
        wanted = sorted(re.findall(r"\{\w+(?::\w+)?\}|%n", source))
        for form in forms:
            assert form, f"{context}: {source}"
            assert sorted(re.findall(r"\{\w+(?::\w+)?\}|%n", form)) == wanted, f"{context}: {source}"


def test_translations_are_up_to_date_with_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in translate.FOLDER.iterdir()}
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    said = {code: {message[:2] for message in messages(code)} for code in ("zh", "en")}

    translate.update(tmp_path)
    monkeypatch.setattr(translate, "FOLDER", tmp_path)
    assert {code: {message[:2] for message in messages(code)} for code in ("zh", "en")} == said
    assert translate.spell(tmp_path).read_bytes() == before["pinyin.json"], "pinyin.json: run python -m tools.translate"
    for path in translate.compile_all(tmp_path):
        assert path.read_bytes() == before[path.name], f"{path.name}: run python -m tools.translate"


def test_no_word_hides_from_the_translator_in_an_f_string() -> None:
    for path in sorted((DESK / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                hidden = [call for call in ast.walk(node) if isinstance(call, ast.Call) and name_of(call) == "tr"]
                assert hidden == [], f"{path.name}:{node.lineno}"


def test_words_are_filled_and_switch_with_the_language(qapp: QApplication) -> None:
    data: Data = {"amount": 26900, "currency": "CNY"}
    language.use("zh")
    assert words.word("refusal", "amount_changed", data) == "退款金额已变为 ¥269.00，请核对后再取消。"
    assert words.word("offer_note", "approval_level", {"level": "supervisor"}) == "需主管审批"
    language.use("en")
    assert words.word("offer_note", "approval_level", {"level": "supervisor"}) == "Supervisor approves"
    assert words.word("refusal", "never_heard_of") == "never heard of"
