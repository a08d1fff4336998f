"""``python -m cleaner`` is the command ``kanwu``."""

from cleaner.cli import main

main()
