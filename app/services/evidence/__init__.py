"""Spot checks and perfunctory answers: evidence that a person weighs."""
