"""Tools for developing and demonstrating the project; nothing here is imported by the product."""
