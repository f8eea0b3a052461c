"""The Alembic environment: `env.py` runs the revisions in `versions`."""
