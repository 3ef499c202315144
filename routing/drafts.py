"""Frozen decisions in the making.

The constructor of a frozen class sets its fields one call at a time and costs as much as finding
the pair. A draft is a plain object of the same shape: it is filled, and becomes the frozen one
by `draft.__class__ = Reserve`, which Python refuses where the shapes differ.
"""

from hub.domain.routing import Because, Reserve


class ReserveDraft:
    """A `Reserve` in the making."""

    __slots__ = Reserve.__slots__


class BecauseDraft:
    """A `Because` in the making."""

    __slots__ = Because.__slots__
