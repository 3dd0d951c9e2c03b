"""Tables as files, in and out."""
