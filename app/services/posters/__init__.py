"""Printed codes: what they carry, the sheets, and how many people they brought."""
