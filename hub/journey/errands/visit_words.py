"""What self-service tells about appointments, in both languages."""

from datetime import datetime
from typing import Final

from hub.journey.errands.words import Both

BOOK: Final[Both] = {"en": "Book another one", "zh": "再预约一次"}
MOVE: Final[Both] = {"en": "Move {when}, {branch}", "zh": "改期：{when}，{branch}"}
CANCEL: Final[Both] = {"en": "Cancel {when}, {branch}", "zh": "取消：{when}，{branch}"}
NOT_THAT_DAY: Final[Both] = {
    "en": "There is no free time on that day. These days have one:",
    "zh": "那天没有空闲时段，以下日期可以预约：",
}
NOT_THAT_TIME: Final[Both] = {
    "en": "That time is not free. These are:",
    "zh": "那个时间已约满，以下时段可以预约：",
}
BOOK_SUM: Final[Both] = {
    "en": "I will book: {when}, {branch}, {address}. Subject: {topic}. Is that right?",
    "zh": "将为您预约：{when}，{branch}，{address}，事项：{topic}。对吗？",
}
MOVE_SUM: Final[Both] = {
    "en": "I will move your appointment to: {when}, {branch}, {address}. Is that right?",
    "zh": "将把您的预约改为：{when}，{branch}，{address}。对吗？",
}
CANCEL_SUM: Final[Both] = {
    "en": "I will cancel your appointment: {when}, {branch}. Is that right?",
    "zh": "将取消您的预约：{when}，{branch}。对吗？",
}
BOOKED: Final[Both] = {
    "en": "It is booked; your receipt is above. The reference is {reference}. Please bring your "
    "identity document. You can move or cancel it here until it begins.",
    "zh": "预约成功，业务编号{reference}，回执见上。请携带身份证件。开始前可随时在这里改期或取消。",
}
MOVED: Final[Both] = {
    "en": "It is moved. The reference stays {reference}.",
    "zh": "已为您改期，业务编号仍为{reference}。",
}
CANCELLED: Final[Both] = {
    "en": 'It is cancelled, reference {reference}. For another one write "appointment".',
    "zh": "已取消预约，业务编号{reference}。如需重新预约，请回复“预约”。",
}
_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


def day_text(day: datetime, language: str) -> str:
    """Return a day as it stands on a button."""
    known = "zh" if language == "zh" else "en"
    name = _WEEKDAYS[known][day.weekday()]
    return f"{day.month}月{day.day}日 {name}" if known == "zh" else f"{name} {day.day} {day:%b}"
