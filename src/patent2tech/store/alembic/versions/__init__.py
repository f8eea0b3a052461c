"""The revisions of the schema, each named by its number and its subject."""
