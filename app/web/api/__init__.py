"""The HTTP API of the mini-program, one blueprint for each noun."""
