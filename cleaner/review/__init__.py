"""Reading what a run doubted: items one at a time, decisions kept outside OUT, a page to decide on."""
