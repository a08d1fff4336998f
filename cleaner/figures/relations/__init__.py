"""One module for each family of claims that link figures: each reads a page and proposes drafts."""
