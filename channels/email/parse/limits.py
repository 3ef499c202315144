"""What one mail may cost; each limit that is met leaves its flag (see README)."""

from typing import Final

HEADERS_MOST: Final = 1_000
HEADER_BYTES_MOST: Final = 256 * 1024
"""Of all headers of one part together."""
VALUE_BYTES_MOST: Final = 16 * 1024
"""Of one header, but for those that list addresses or message ids."""
LIST_BYTES_MOST: Final = 128 * 1024
"""Of one header that lists addresses or message ids."""
PARAMETERS_MOST: Final = 64
ADDRESSES_MOST: Final = 500
"""Of one kind: To, Cc, Reply-To."""
IDS_MOST: Final = 100
"""Message ids of one header, the first and the last ones."""
PARTS_MOST: Final = 500
DEPTH_MOST: Final = 20
DELIMITERS_MOST: Final = 5_000
"""Lines like a boundary that are looked at; more than parts, for some are none."""
TEXT_CHARS_MOST: Final = 400_000
HTML_CHARS_MOST: Final = 600_000
"""Longer HTML becomes text only."""
HTML_TAGS_MOST: Final = 30_000
HTML_DEPTH_MOST: Final = 500
SPLIT_CHARS_MOST: Final = 200_000
"""Where the new text is looked for; what follows counts as quoted."""
SUBJECT_CHARS_MOST: Final = 500
NAME_CHARS_MOST: Final = 120
"""Of files and people."""
REPORTS_MOST: Final = 50
"""Recipients of a delivery report."""
