"""Files, classes and functions stay small enough to hold one job; the first docstring line names it."""

from __future__ import annotations

import ast

from tests.architecture.source import Function, Source, sources

FILE_LINES = 500
PUBLIC_METHODS = 25
FUNCTION_LINES = 60

# Tables, migrations and data say one thing many times.
DATA = ("desk/storage/tables", "desk/central/tables", "/migrations/", "desk/demo/data", "/surnames")


def is_data(source: Source) -> bool:
    return any(part in source.name for part in DATA)


def test_every_file_says_its_one_job_in_a_line():
    silent = [source.name for source in sources("desk", "tools") if not first_line(source) and source.text.strip()]
    assert not silent, "these files lack a docstring whose first line says what they are for"


def test_a_first_line_is_a_sentence_of_its_own():
    broken = [
        source.name
        for source in sources("desk", "tools")
        if first_line(source)[-1:] not in ".:?" and first_line(source)
    ]
    assert not broken, "the first docstring line is one sentence: it ends there, with a full stop"


def test_no_file_holds_a_second_job():
    long = [f"{source.name}: {source.lines} lines" for source in sources("desk", "tools") if too_long(source)]
    assert not long, f"more than {FILE_LINES} lines: look for the second job inside"


def test_no_class_does_everything():
    wide = [
        f"{source.name}:{node.lineno} {node.name}: {public_methods(node)} public methods"
        for source in sources("desk")
        for node in source.classes()
        if public_methods(node) > PUBLIC_METHODS
    ]
    assert not wide, f"more than {PUBLIC_METHODS} public methods"


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{source.name}:{node.lineno} {node.name}: {length(node)} lines"
        for source in sources("desk", "tools")
        if not is_data(source)
        for node in source.functions()
        if length(node) > FUNCTION_LINES
    ]
    assert not long, f"more than {FUNCTION_LINES} lines"


def first_line(source: Source) -> str:
    doc = ast.get_docstring(source.tree)
    return doc.strip().splitlines()[0] if doc and doc.strip() else ""


def too_long(source: Source) -> bool:
    return source.lines > FILE_LINES and not is_data(source)


def public_methods(node: ast.ClassDef) -> int:
    """Methods a caller may use; Qt's overrides (camelCase) and properties are not a second job."""
    methods = [part for part in node.body if isinstance(part, Function) and not part.name.startswith("_")]
    return sum(1 for method in methods if method.name == method.name.lower() and not is_property(method))


def is_property(method: Function) -> bool:
    names = {ast.unparse(decorator).split("(")[0] for decorator in method.decorator_list}
    return bool(names & {"property", "cached_property", "functools.cached_property", "override", "typing.override"})


def length(node: Function) -> int:
    """Lines of code: the docstring is free."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1
