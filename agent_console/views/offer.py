"""OfferView: a Reservation as the held agent sees it."""

from typing import Any

from agent_console.reading.contacts import ContactFacts
from agent_console.reading.offers import OfferFacts
from agent_console.setup import target_seconds
from agent_console.views.contact import titles
from hub.domain.proof import TAKEN_BACK
from hub.journey.context import Hub, Viewer


def offer_view(
    hub: Hub, offer: OfferFacts, contact: ContactFacts, viewer: Viewer
) -> dict[str, Any]:
    """Build the view; the ScreenPop travels beside it in `records`."""
    title, title_zh = titles(contact, viewer)
    queued_at = contact.queued_at if contact.queued_at is not None else offer.offered_at
    return {
        "reservation_id": offer.id,
        "contact_id": offer.contact_id,
        "channel": offer.channel,
        "queue_id": offer.queue_id,
        "offered_at": offer.offered_at,
        "expires_at": offer.expires_at,
        "waited_seconds": max(0.0, offer.offered_at - queued_at),
        "target_seconds": target_seconds(hub.setup, offer.queue_id) or 0.0,
        "title": title,
        "title_zh": title_zh,
        "segment": contact.segment,
        "language": contact.language,
        "wants": contact.hand_off["wants"] if contact.hand_off else "",
        "identity": {
            "level": contact.identity_level,
            "proof": None if contact.identity_proof == TAKEN_BACK else contact.identity_proof,
        },
        "cause": contact.queue_cause or "",
        "because": offer.because,
    }
