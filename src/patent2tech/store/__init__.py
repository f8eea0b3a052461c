"""Where things are kept: the PostgreSQL database, its schema history, and blobs by content hash.

Importing this room is cheap; SQLAlchemy, psycopg and Alembic are imported when a database is opened.
"""

from patent2tech.store.blobs import BlobDamaged, BlobMissing, BlobStore
from patent2tech.store.migrations import is_current, upgrade
from patent2tech.store.postgres import Database, open_database

__all__ = ["BlobDamaged", "BlobMissing", "BlobStore", "Database", "is_current", "open_database", "upgrade"]
