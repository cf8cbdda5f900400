"""One file per command. Nothing else is here: a command named `list` would hide the built-in."""
