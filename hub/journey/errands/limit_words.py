"""What self-service tells about transfer limits, in both languages."""

from collections.abc import Mapping
from typing import Final

from hub.journey.errands.words import Both

CHOICES: Final[Mapping[str, Both]] = {
    "current": {"en": "Everyday account •••• {tail}", "zh": "日常账户 尾号{tail}"},
    "savings": {"en": "Savings account •••• {tail}", "zh": "储蓄账户 尾号{tail}"},
    "business": {"en": "Business account •••• {tail}", "zh": "企业账户 尾号{tail}"},
}
OTHER_CHOICE: Final[Both] = {"en": "Account •••• {tail}", "zh": "账户 尾号{tail}"}
TOLD: Final[Both] = {
    "en": "{account} ending in {tail}: up to {amount} a day.",
    "zh": "{account}，尾号{tail}，每日最多{amount}。",
}
NEXT: Final[Both] = {
    "en": 'To change one, write "change my limit".',
    "zh": "如需调整，请回复“修改限额”。",
}
SUM: Final[Both] = {
    "en": "{account} ending in {tail}: the daily transfer limit goes from {before} to {amount}.",
    "zh": "{account}，尾号{tail}：每日转账限额由{before}改为{amount}。",
}
NEEDS_APPROVAL: Final[Both] = {
    "en": " So much needs the approval of a second colleague.",
    "zh": "此额度需由第二位同事复核。",
}
ORDERED: Final[Both] = {
    "en": "The new limit for your account ending in {tail} is on its way. Your reference is "
    "{reference}. We confirm it as soon as it is in force, on your phone or by e-mail too.",
    "zh": "尾号{tail}账户的限额变更已提交，业务编号{reference}。"
    "生效后会立即通知您，并向您登记的手机或邮箱发送提醒。",
}
TO_APPROVE: Final[Both] = {
    "en": "Your wish for the account ending in {tail} is with a second colleague for approval. "
    "Your reference is {reference}. Until then the limit stays as it is; we tell you the outcome.",
    "zh": "尾号{tail}账户的限额变更已提交复核，业务编号{reference}。复核前限额不变，结果会通知您。",
}
LATE: Final[Both] = {
    "en": "Our system does not answer at the moment. Your wish for the account ending in {tail} "
    "is kept under the reference {reference}; until it is done the limit stays as it is. We tell "
    "you when it is.",
    "zh": "系统暂时无法连接。尾号{tail}账户的变更申请已保存，业务编号{reference}。"
    "办妥前限额不变，完成后会通知您。",
}
