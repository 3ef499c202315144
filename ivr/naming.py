"""What steps and their fields are called, in both languages, for drawings and pages."""

from collections.abc import Mapping
from typing import Final

from ivr.flow import nodes as n
from ivr.flow.fields import Texts
from ivr.flow.known import Known
from ivr.flow.nodes import Node


def _t(en: str, zh: str) -> Texts:
    return {"en": en, "zh": zh}


KIND_NAMES: Final[Mapping[str, Texts]] = {
    "say": _t("Say", "播报"),
    "play": _t("Play a recording", "播放录音"),
    "menu": _t("Menu", "菜单"),
    "language": _t("Language", "语言选择"),
    "ask": _t("Ask for digits", "收集数字"),
    "identify": _t("Prove who calls", "核身"),
    "do": _t("Look up or do", "查询或办理"),
    "branch": _t("Branch", "分支"),
    "hours": _t("Open now?", "是否营业"),
    "set": _t("Keep a value", "保存变量"),
    "queue": _t("To a queue", "转人工队列"),
    "callback": _t("Call back", "预约回电"),
    "voicemail": _t("Voicemail", "留言"),
    "transfer": _t("Another flow", "转到其他流程"),
    "give_back": _t("Back to the agent", "回到坐席"),
    "hang_up": _t("Hang up", "结束通话"),
}
FIELD_NAMES: Final[Mapping[str, Texts]] = {
    "name": _t("Name", "名称"),
    "text": _t("What callers hear", "播报内容"),
    "recording": _t("Recording", "录音"),
    "next": _t("Then", "下一步"),
    "choices": _t("Choices", "选项"),
    "speech": _t("Callers can also speak", "支持语音选择"),
    "repeat": _t("Repeat", "重复次数"),
    "missed": _t("If nothing is chosen", "未选择时"),
    "always": _t("Ask also who has chosen before", "已选语言也再次询问"),
    "digits": _t("Most digits", "最多位数"),
    "least": _t("Least digits", "最少位数"),
    "into": _t("Keep as", "保存为"),
    "by": _t("By", "方式"),
    "failed": _t("If it fails", "失败时"),
    "locked": _t("If it is locked", "锁定时"),
    "errand": _t("What to do", "业务"),
    "arguments": _t("With", "参数"),
    "keep": _t("Keep of the answer", "保留结果"),
    "says": _t("Said for this choice", "选项播报"),
    "tells": _t("Tell the answer", "播报结果"),
    "cases": _t("When", "条件"),
    "otherwise": _t("Otherwise", "否则"),
    "queue": _t("Queue", "队列"),
    "open": _t("Open", "营业中"),
    "closed": _t("Closed", "已下班"),
    "values": _t("Values", "变量"),
    "wants": _t("Matter, for the agent", "来电事由"),
    "flow": _t("Flow", "流程"),
    "start": _t("Begins with", "起始步骤"),
    "person": _t("0 leads to", "按 0 转到"),
    "urgent": _t("Reached round the clock", "全天可达"),
    "key": _t("Key", "按键"),
    "label": _t("Meaning", "含义"),
    "words": _t("Words", "语音词"),
    "only_if": _t("Only while there is", "仅当有值"),
    "set": _t("Keep", "保存"),
    "language": _t("Language", "语言"),
    "of": _t("Value", "变量"),
    "equals": _t("Is", "等于"),
}
OPTION_NAMES: Final[Mapping[str, Texts]] = {
    "pin": _t("PIN", "电话密码"),
    "birth_date": _t("Birth date", "出生日期"),
    "always": _t("Always", "总是"),
    "done": _t("When it was done", "成功时"),
    "never": _t("Never", "从不"),
    "en": _t("English", "英语"),
    "zh": _t("Chinese", "中文"),
}
LINE_NAMES: Final[Mapping[str, Texts]] = {
    "missed": _t("silent", "未选择"),
    "failed": _t("fails", "失败"),
    "locked": _t("locked", "已锁定"),
    "open": _t("open", "营业中"),
    "closed": _t("closed", "已下班"),
    "otherwise": _t("else", "否则"),
}
"""Words on the lines of a drawing; other lines need none."""


def summary(node: Node, known: Known) -> Texts:
    """Say in a few words what a step does."""
    kind = KIND_NAMES[node.kind]
    match node:
        case n.Menu() | n.Language():
            count = len(node.choices)
            return _t(f"{kind['en']}, {count} choices", f"{kind['zh']}，{count} 个选项")
        case n.ToQueue() | n.Hours():
            return known.queues.get(node.queue) or kind
        case n.Errand() if (errand := known.errands.get(node.errand)) is not None:
            return errand.label
        case n.Identify():
            return OPTION_NAMES.get(node.by, kind)
    return kind
