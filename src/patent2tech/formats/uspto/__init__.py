"""USPTO full text of all eras: green book (1976), SGML and XML v2 (2001), applications v1 (2001), ICE XML v4 (2005)."""
