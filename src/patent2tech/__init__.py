"""Patent2Tech turns a patent into something that an engineer can build from."""
