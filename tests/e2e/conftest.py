"""What all tests in a browser need: patience, as a busy machine draws late and only the state counts."""

from playwright.sync_api import expect

expect.set_options(timeout=60_000)
