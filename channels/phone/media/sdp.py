"""A browser's offer, cut down to what is carried here: one voice in G.711 mu-law."""

import re
from typing import Final

from hub.domain.errors import Refused

MOST_CHARACTERS: Final = 32 * 1024
PCMU: Final = "0"
_AUDIO = re.compile(r"^m=audio (\d+) (UDP/TLS/RTP/SAVPF) ([\d ]+)$")
_OF_CODEC = re.compile(r"^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)\b")


def only_voice(offer: str) -> str:
    """Return the offer with PCMU alone; raise `Refused`: bad_sdp or no_common_codec."""
    if len(offer) > MOST_CHARACTERS or "\0" in offer:
        raise Refused("bad_sdp", "too long, or no text")
    lines = [line for line in offer.replace("\r\n", "\n").split("\n") if line]
    media = [line for line in lines if line.startswith("m=")]
    if not lines or lines[0] != "v=0" or len(media) != 1:
        raise Refused("bad_sdp", "one audio track is wanted")
    found = _AUDIO.match(media[0])
    if found is None or not any(line.startswith("a=fingerprint:sha-256 ") for line in lines):
        raise Refused("bad_sdp", "audio over DTLS is wanted")
    if PCMU not in found[3].split():
        raise Refused("no_common_codec", "the offer has no PCMU")
    kept = [line for line in lines if _keeps(line)]
    kept[kept.index(media[0])] = f"m=audio {found[1]} {found[2]} {PCMU}"
    return "\r\n".join(kept) + "\r\n"


def _keeps(line: str) -> bool:
    codec = _OF_CODEC.match(line)
    return codec is None or codec[1] == PCMU
