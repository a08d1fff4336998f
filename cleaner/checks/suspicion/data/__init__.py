"""Tables made from data, each beside the script that makes it."""
