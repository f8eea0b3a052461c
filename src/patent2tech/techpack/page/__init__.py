"""The page of a pack: one HTML file that needs nothing but itself."""

from patent2tech.techpack.page.render import data, render_page
from patent2tech.techpack.page.wording import both

__all__ = ["both", "data", "render_page"]
