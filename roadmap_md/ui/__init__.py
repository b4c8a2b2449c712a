"""The terminal interface: a tracker to live in, over the same functions as the commands."""
