"""Tools for developing and demonstrating the project; nothing here is imported by the product."""

DEFAULT_ROSTER = "bozhou-81"
"""The sample roster that the demonstration opens with."""
