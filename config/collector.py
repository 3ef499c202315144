"""The cycle collector, kept from reading again and again what lives as long as the process.

What a message makes is freed by reference counts; cycles are rare and can wait. Under load the
collector took 11 % of the CPU, and its pauses were the longest there were; while a hub starts, with
20,000 open contacts to remember, it took a quarter.
"""

import gc

THRESHOLD = (100_000, 50, 100)


def be_calm() -> None:
    """Collect rarely, from now on."""
    gc.set_threshold(*THRESHOLD)


def keep_what_there_is() -> None:
    """Never look at it again. Not collected before: 0.2 s to find some fifty objects."""
    gc.freeze()
