"""The rules: pure and frozen, standard library only, no clock, no input or output."""
