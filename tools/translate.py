"""Brings the .ts files up to date with the words in the code and compiles them: `python -m tools.translate`.

zh is complete by a test; en holds plural forms alone, for English is what the code says. Beside them stands the pinyin
of what acts are called, for the palette.
"""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pypinyin

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"
NAMES = ("actions", "words next_act")  # the contexts of what acts are called


def tool(name: str) -> str:
    """A program of PySide6 beside the interpreter that runs us."""
    return str(Path(sys.executable).parent / f"pyside6-{name}")


def update(into: Path | None = None) -> None:
    """Words of the code into the .ts files; what is not said any more goes."""
    into = into or FOLDER
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "desk" / "views").rglob("*.py"))
    for language, more in (("zh", ["-target-language", "zh_CN"]), ("en", ["-target-language", "en", "-pluralonly"])):
        file = str(into / f"desk_{language}.ts")
        command = [tool("lupdate"), *sources, "-no-obsolete", "-locations", "none", *more, "-ts", file]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def compile_all(into: Path | None = None) -> list[Path]:
    """The .ts files of a folder as .qm, which the desk loads."""
    made = []
    into = into or FOLDER
    for source in sorted(into.glob("*.ts")):
        target = into / f"{source.stem}.qm"
        command = [tool("lrelease"), "-silent", str(source), "-qm", str(target)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        made.append(target)
    return made


def spell(into: Path | None = None) -> Path:
    """The pinyin of every act's Chinese name, by its words in the code."""
    into = into or FOLDER
    found = {}
    for context in ElementTree.parse(into / "desk_zh.ts").iter("context"):  # noqa: S314 - our own file
        if context.findtext("name") in NAMES:
            for message in context.iter("message"):
                said = message.findtext("translation") or ""
                found[message.findtext("source") or ""] = " ".join(pypinyin.lazy_pinyin(said, errors="ignore"))
    target = into / "pinyin.json"
    target.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def main() -> int:
    """Update, then compile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    update()
    for path in [*compile_all(), spell()]:
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
