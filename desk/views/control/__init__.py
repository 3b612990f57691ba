"""Between windows and services: each file leads one page; no rule, no SQL, no HTTP."""
