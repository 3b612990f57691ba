"""Brings the .ts files up to date with the words in the code and compiles them: `python -m tools.translate`.

zh is complete by a test; en holds plural forms alone, for English is what the code says.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"


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


def main() -> int:
    """Update, then compile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    update()
    for path in compile_all():
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
