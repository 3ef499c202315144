"""The flags of one mail, gathered while it is read."""

from typing import Final

EXPLAINED: Final = {
    "addresses_cut": "more addresses than are read",
    "auth_forged": "an Authentication-Results header that our relay did not write",
    "base64_broken": "base64 that is cut off or has foreign characters",
    "boundary_missing": "a multipart without its boundary, or whose boundary never comes",
    "calendar": "carries an invitation",
    "charset_errors": "bytes that its charset does not have",
    "charset_mislabelled": "written in another charset than it says",
    "charset_unknown": "names no charset that exists",
    "date_unreadable": "a Date that is none",
    "encoding_unknown": "a transfer encoding that does not exist",
    "encrypted_pgp": "encrypted with PGP: only the sender's key holder reads it",
    "encrypted_smime": "encrypted with S/MIME",
    "from_ambiguous": "From may be read as more than one sender",
    "from_missing": "no From that names an address",
    "header_cut": "a header longer than is read",
    "headers_cut": "more headers than are read",
    "html_cut": "HTML too large to be shown, text only",
    "image_embedded": "pictures written into the HTML were left out",
    "name_is_address": "the sender's name looks like another address",
    "no_header_end": "the body begins without an empty line",
    "nul": "zero bytes were taken out",
    "parameters_cut": "more parameters than are read",
    "parts_cut": "more parts than are read",
    "remote_content": "pictures or styles from elsewhere were left out",
    "reply_cut": "a text too long to look for quotes to its end",
    "signed_pgp": "signed with PGP; the signature is not checked",
    "signed_smime": "signed with S/MIME; the signature is not checked",
    "text_cut": "more text than is read",
    "tnef": "carries a winmail.dat of Outlook",
    "too_deep": "parts nested deeper than are read",
    "too_costly": "took more time or memory than a mail may",
    "unclosed": "the last boundary is missing: the mail may be cut off",
    "unreadable": "no sense could be made of it",
    "utf7_refused": "UTF-7 is not decoded, for it hides HTML",
}


class Flags:
    """A set of known codes."""

    def __init__(self) -> None:
        self._found: set[str] = set()

    def add(self, code: str) -> None:
        """Note one; an unknown code is a mistake of ours. Raises KeyError."""
        EXPLAINED[code]
        self._found.add(code)

    def __contains__(self, code: object) -> bool:
        return code in self._found

    def sorted(self) -> tuple[str, ...]:
        """Return the codes in alphabetical order."""
        return tuple(sorted(self._found))
