"""The language of the screen: switched at run time; picks names that come in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QTranslator

from desk.resources_path import resource

LANGUAGES = ("zh", "en")
SOURCE = "en"  # the language of the words in the code


class _State:
    language = SOURCE
    translator: QTranslator | None = None


def current() -> str:
    """The language in force: "zh" or "en"."""
    return _State.language


def use(language: str) -> None:
    """Switch; every widget hears of it by LanguageChange. An unknown language counts as English."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a language needs an application")
    if _State.translator is not None:
        app.removeTranslator(_State.translator)
        _State.translator = None
    _State.language = language if language in LANGUAGES else SOURCE
    translator = QTranslator(app)  # English has one too, for its plurals
    translator.load(str(resource("i18n", f"desk_{_State.language}.qm")))
    _State.translator = translator
    app.installTranslator(translator)


def pick(names: Mapping[str, str]) -> str:
    """A name in the language in force, else in English, else whatever there is."""
    return names.get(_State.language) or names.get(SOURCE) or next(iter(names.values()), "")
