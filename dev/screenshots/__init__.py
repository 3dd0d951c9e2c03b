"""`make screenshots`: pictures of every page in its main states, to look at; the best ones illustrate the README."""
