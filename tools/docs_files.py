"""Make docs/files.md: one line per file, taken from its first docstring line."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "files.md"
FOLDERS = ("desk", "tools", "tests")
INTRO = """# What each file is for

Made by `make docs` from the first line of each file's docstring; `make test` fails when it is stale.
"""


def main(arguments: list[str]) -> int:
    page = render()
    if "--write" in arguments:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        print("docs/files.md is stale: run `make docs` and commit it")
        return 1
    return 0


def render() -> str:
    """The whole page, the same for the same files."""
    parts = [INTRO]
    for folder in folders():
        parts.append(f"\n## {folder}\n\n")
        parts.extend(f"- `{file.name}`: {first_line(file)}\n" for file in files_in(ROOT / folder))
    return "".join(parts)


def folders() -> list[str]:
    found = {path.parent.relative_to(ROOT).as_posix() for top in FOLDERS for path in (ROOT / top).rglob("*.py")}
    return sorted(folder for folder in found if files_in(ROOT / folder))


def files_in(folder: Path) -> list[Path]:
    """The Python files of one folder, without empty package markers."""
    return sorted(path for path in folder.glob("*.py") if path.stat().st_size > 0)


def first_line(path: Path) -> str:
    """A file's first docstring line, or a complaint in its place."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    return doc.strip().splitlines()[0] if doc and doc.strip() else "(no docstring)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
