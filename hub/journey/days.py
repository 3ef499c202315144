"""A day as it is said to a customer."""

from datetime import datetime

from hub.journey.context import Hub


def day_text(hub: Hub, at: float, language: str) -> str:
    """Return the day of a moment (epoch seconds) in the bank's zone: "5 March", "3月5日"."""
    day = datetime.fromtimestamp(at, hub.banking.calendar.zone)
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%B}"
