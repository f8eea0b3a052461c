"""KIPO: the text of the Korean gazette (공개특허공보, 등록특허공보), and the XML of KIPRIS Plus."""
