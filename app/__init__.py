"""直通车: every appeal to a published official gets an answer. See docs/architecture.md for the rooms."""
