"""Says where something failed, never with what: an exception's words may hold somebody's phone number."""

from __future__ import annotations

_MOST = 12


def trail(error: BaseException) -> str:
    """The innermost places of a traceback, `file:line function`, the place of the fault first."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " < ".join(places[::-1][:_MOST])
