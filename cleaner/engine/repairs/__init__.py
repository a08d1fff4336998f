"""The structural repairs: what one line cannot decide. One module a kind of damage, helpers beside it."""
