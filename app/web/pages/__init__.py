"""Pages that belong to no application: printed sheets, and what a phone shows after scanning one of them.

Each is complete in itself (style and pictures inside, system fonts, no script), so that it can be saved, mailed and
printed anywhere.
"""
