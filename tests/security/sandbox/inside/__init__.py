"""Attacks from inside: these files are given to a sandbox and run there. Each attack says whether it got through."""
