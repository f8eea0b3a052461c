"""The process between us and a run: it builds what the run sees, starts the confined command, watches it and ends it.

It is started with an empty environment and loads nothing of the program but this folder, so there is nothing of ours
in its memory that a run could find.
"""
