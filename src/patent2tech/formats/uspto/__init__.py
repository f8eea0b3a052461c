"""USPTO full text: ICE XML v4.x; grants and applications, utility, design, plant, reissue, statutory invention."""

from patent2tech.formats.uspto.ice import UsptoIce

__all__ = ["UsptoIce"]
