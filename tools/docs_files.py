"""Make docs/files.md: one line per file, taken from its first docstring line."""

from __future__ import annotations

import ast
import itertools
import shutil
import subprocess
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
    files = [path for path in python_files() if path.exists() and path.stat().st_size > 0]
    for folder, inside in itertools.groupby(sorted(files, key=lambda path: (path.parent, path.name)), in_folder):
        parts.append(f"\n## {folder}\n\n")
        parts.extend(f"- `{file.name}`: {first_line(file)}\n" for file in inside)
    return "".join(parts)


def in_folder(path: Path) -> str:
    return path.parent.relative_to(ROOT).as_posix()


def python_files() -> list[Path]:
    """What git knows (a colleague's unfinished file is not ours to list), or what is there in a copy without git."""
    command = ["git", "ls-files", "-z", "--", *(f"{folder}/**.py" for folder in FOLDERS)]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return [ROOT / name for name in listed.split("\0") if name]
    return [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]


def first_line(path: Path) -> str:
    """A file's first docstring line, or a complaint in its place."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    return doc.strip().splitlines()[0] if doc and doc.strip() else "(no docstring)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
