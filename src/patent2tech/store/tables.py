"""What every table has, so that each room can own its tables and all of them look alike.

The schema itself is made by the migrations in `alembic/`; a test holds both together. A room refers to the table of
a lower room by its name ("patents.id"), so that no room imports the tables of another.
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ARRAY, Date, DateTime, Integer, MetaData, Numeric, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from patent2tech.store.identity import new_id

_NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """What every table has: a time-ordered key, and when the row was made."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        str: Text(),
        int: Integer(),
        uuid.UUID: Uuid(),
        dt.date: Date(),
        dt.datetime: DateTime(timezone=True),
        Decimal: Numeric(),
        tuple[str, ...]: ARRAY(Text(), as_tuple=True),
        dict[str, Any]: JSONB(),
    }

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-2)
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now(), sort_order=-1)
