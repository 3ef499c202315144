"""`python -m config` is `hub`."""

from config.cli import main

main()
