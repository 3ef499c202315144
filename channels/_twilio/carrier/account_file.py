"""The account of a simulated carrier: made at the first use, readable by us alone."""

import json
import os
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Final

from channels._twilio.carrier.carrier import CarrierAccount

FILE: Final = "carrier.json"


def account_in(folder: Path) -> CarrierAccount:
    """Return the account of a folder, with its secrets."""
    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        account = CarrierAccount(
            sid="AC" + secrets.token_hex(16), auth_token=secrets.token_hex(16),
            key_sid="SK" + secrets.token_hex(16), key_secret=secrets.token_hex(16),
        )  # fmt: skip
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(asdict(account), file)
    return CarrierAccount(**json.loads(path.read_text("utf-8")))
