"""Rosters: read as the directory, kept at the console, imported, with their history."""
