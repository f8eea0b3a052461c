"""Language: scripts, sentences, and the program's own messages in English and Korean."""

from patent2tech.text.notes import Lang, Note, wordings
from patent2tech.text.sentences import sentences

__all__ = ["Lang", "Note", "sentences", "wordings"]
