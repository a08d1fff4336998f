"""Tables that the structural repairs read, each with the script that made it."""
