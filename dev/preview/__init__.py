"""The mini-program in an ordinary browser: build.mjs compiles it, the server here serves it."""
