"""Generated cases: the same question put to the centre and to a desk (tests/sync/test_same_answer.py)."""
