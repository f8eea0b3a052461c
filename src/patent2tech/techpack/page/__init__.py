"""The page of a pack: one HTML file that needs nothing but itself."""

from patent2tech.techpack.page.render import render_page
from patent2tech.techpack.page.wording import both

__all__ = ["both", "render_page"]
