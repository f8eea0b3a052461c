"""Runs migrations on the connection that `patent2tech.store.migrations` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
