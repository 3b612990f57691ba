"""Other people's programs measured beside ours, on the same machine, in turns (`make bench-peers`).

They are installed from PyPI and npm into a folder outside the checkout, run as processes of their own and are spoken to
as their own clients speak; nothing of them is imported.
"""
