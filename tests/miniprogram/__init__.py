"""The mini-program: its pages in jsdom (node --test), and its words against the server's (pytest)."""
