"""What is wrong in a flow, where, and the words for it in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ivr.flow.fields import Texts

At = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake."""

    code: str
    at: At = ()
    """Path in the document, e.g. `nodes`, `cards`, `choices`, `2`, `next`."""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def node(self) -> str:
        """The node it is about; empty: the flow."""
        return self.at[1] if len(self.at) > 1 and self.at[0] == "nodes" else ""

    @property
    def what(self) -> Texts:
        """What is wrong, per language."""
        return self._said(0)

    @property
    def remedy(self) -> Texts:
        """What to do, per language."""
        return self._said(1)

    def _said(self, part: int) -> Texts:
        return {tongue: pair[part].format(**self.values) for tongue, pair in _of(self.code).items()}


def _of(code: str) -> Mapping[str, tuple[str, str]]:
    en_what, en_remedy, zh_what, zh_remedy = WORDS[code]
    return {"en": (en_what, en_remedy), "zh": (zh_what, zh_remedy)}


WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "bad_yaml": (
        "not valid YAML: {why}", "mend the line",
        "不是有效的 YAML：{why}", "请修改该行",
    ),
    "bad_shape": (
        "is not {wanted}", "write {example}",
        "应为{wanted_zh}", "请写成 {example}",
    ),
    "unknown_key": (
        "unknown key {key}", "use {known}",
        "未知字段 {key}", "可用字段：{known}",
    ),
    "needed": (
        "{field} is missing", "fill it in",
        "缺少 {field}", "请填写",
    ),
    "no_language": (
        "no text in {language}", "write it: callers of that language would hear nothing",
        "缺少{language_zh}文本", "请补写，否则该语言的来电者听不到内容",
    ),
    "too_long": (
        "the text is longer than {most} characters", "shorten it: nobody listens that long",
        "文本超过 {most} 个字符", "请缩短，来电者不会听这么久",
    ),
    "bad_number": (
        "{value} is not a whole number from {least} to {most}", "choose one in between",
        "{value} 不是 {least} 到 {most} 的整数", "请填写范围内的整数",
    ),
    "bad_option": (
        "{value} is not one of {known}", "choose one of them",
        "{value} 不在可选项中：{known}", "请选择其中一项",
    ),
    "bad_name": (
        "{value} cannot be a name", "use small letters, digits and _",
        "{value} 不能用作名称", "请使用小写字母、数字和下划线",
    ),
    "no_kind": (
        "there is no kind of step {value}", "use one of {known}",
        "没有 {value} 这种步骤", "可用类型：{known}",
    ),
    "not_linked": (
        "{field} leads nowhere", "choose a step",
        "{field} 没有连接", "请选择一个步骤",
    ),
    "no_node": (
        "there is no step {value}", "choose one that is there",
        "没有步骤 {value}", "请选择已有的步骤",
    ),
    "no_queue": (
        "there is no queue {value}", "use one of {known}",
        "没有队列 {value}", "可用队列：{known}",
    ),
    "no_flow": (
        "there is no flow {value}", "use one of {known}",
        "没有流程 {value}", "可用流程：{known}",
    ),
    "no_errand": (
        "there is no errand {value}", "use one of {known}",
        "没有业务 {value}", "可用业务：{known}",
    ),
    "no_recording": (
        "there is no recording {value}", "leave it empty: a voice reads the text",
        "没有录音 {value}", "请留空，系统会朗读文本",
    ),
    "secret_errand": (
        "{value} takes secret digits", "use a step of the kind identify",
        "{value} 需要保密按键", "请使用“核身”步骤",
    ),
    "bad_argument": (
        "{errand} needs exactly {wanted}", "name these arguments",
        "{errand} 需要的参数是：{wanted}", "请按此填写参数",
    ),
    "bad_keep": (
        "{errand} does not answer {value}", "keep one of {known}",
        "{errand} 不返回 {value}", "可保留：{known}",
    ),
    "no_value": (
        "no step keeps a value {value}", "keep it before, or take it out",
        "没有步骤保存过 {value}", "请先保存该值，或删除引用",
    ),
    "bad_key": (
        "{value} is not a key of the phone", "use 1 to 9",
        "{value} 不是话机按键", "请使用 1 到 9",
    ),
    "kept_key": (
        "key {value} has its own meaning everywhere (0 person, * back, # repeat)", "use 1 to 9",
        "按键 {value} 已有固定含义（0 人工、* 返回、# 重听）", "请使用 1 到 9",
    ),
    "key_twice": (
        "key {value} is used twice", "give one of them another key",
        "按键 {value} 重复使用", "请更换其中一个按键",
    ),
    "language_twice": (
        "{value} is offered twice", "keep one of them",
        "{value} 重复出现", "请保留其中一个",
    ),
    "too_many_choices": (
        "{count} choices", "keep {most}: more cannot be remembered; add a menu below",
        "{count} 个选项过多", "最多 {most} 个，请拆成下级菜单",
    ),
    "unreachable": (
        "no way leads here", "link it, or delete it",
        "没有路径可到达", "请连接或删除该步骤",
    ),
    "endless": (
        "goes round without asking the caller: {round}", "put a menu or an end into it",
        "循环中没有询问来电者：{round}", "请加入菜单或结束步骤",
    ),
    "no_exit": (
        "the choices never reach an end or a queue", "let one of them lead on",
        "任何选项都无法到达结束或队列", "请让其中一个选项通向出口",
    ),
    "person_far": (
        "0 does not lead to a queue, a callback or a voicemail by itself",
        "let `person` lead there without a question",
        "按 0 无法直接到达队列、回电或留言", "请让“人工”不经提问到达",
    ),
    "urgent_closed": (
        "the urgent step cannot be reached when {queue} is closed", "offer it before asking hours",
        "{queue} 下班后无法到达紧急步骤", "请在判断营业时间之前提供",
    ),
    "urgent_late": (
        "the urgent step is not behind key 1 of the first menu", "put it first",
        "紧急步骤不在第一个菜单的 1 号键", "请放在首位",
    ),
    "many_errands": (
        "more than {most} errands before the caller hears a question: {round}",
        "put a menu between them",
        "连续执行超过 {most} 项业务而未询问来电者：{round}", "请在中间加入菜单",
    ),
}  # fmt: skip
"""Code -> what and remedy in English, what and remedy in Chinese."""
