"""Refusals as `application/problem+json` (RFC 9457): a code, two titles, nothing personal."""

from typing import Final

from starlette.responses import JSONResponse

from hub.domain.errors import Forbidden, HubError, Invalid, NotFound, Refused, Unavailable
from hub.security.errors import TooMany
from hub.security.sign_in import SignInRefused
from hub.security.signed_link import BadLink
from hub.text.strict_json import BadJson

MEDIA_TYPE: Final = "application/problem+json"

_TITLES: Final[dict[int, tuple[str, str]]] = {
    400: ("The request cannot be read", "无法读取该请求"),
    401: ("Please sign in", "请先登录"),
    403: ("This is not allowed", "不允许此操作"),
    404: ("There is no such thing", "未找到该内容"),
    405: ("This method is not taken here", "此处不支持该方法"),
    409: ("Somebody was faster", "内容已发生变化"),
    410: ("This is over", "已结束"),
    413: ("This is too large", "内容过大"),
    415: ("This type is not taken here", "不支持该类型"),
    422: ("Something in the request is not right", "请求内容有误"),
    429: ("Too many tries", "尝试次数过多"),
    500: ("Something broke here", "服务器出错"),
    503: ("The hub cannot take this now", "服务暂不可用"),
}
_TITLE_OF_CODE: Final[dict[str, tuple[str, str]]] = {
    "sign_in_refused": ("Name or password do not match", "用户名或密码不正确"),
    "work_in_hand": ("Contacts are still in your hands", "您手上还有未结束的联系"),
    "survey_answered": ("Thank you, we have your answer", "谢谢，您已评价过"),
    "secure_expired": ("This message is closed", "该消息已失效"),
    "survey_expired": ("This survey is closed", "本次评价已结束"),
}
_STATUS_OF_CODE: Final = {
    "too_large": 413, "survey_expired": 410, "secure_expired": 410, "expired": 410,
}  # fmt: skip
_STATUS: Final[tuple[tuple[type[HubError], int], ...]] = (
    (SignInRefused, 401),
    (BadLink, 404),
    (TooMany, 429),
    (BadJson, 400),
    (NotFound, 404),
    (Forbidden, 403),
    (Invalid, 422),
    (Refused, 409),
    (Unavailable, 503),
)


def problem(
    status: int, code: str, detail: str = "", *, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Return a problem document."""
    title, title_zh = _TITLE_OF_CODE.get(code) or _TITLES[status]
    body = {"type": "about:blank", "status": status, "code": code, "title": title}
    body |= {"title_zh": title_zh, "detail": detail}
    return JSONResponse(body, status, {"Cache-Control": "no-store"} | (headers or {}), MEDIA_TYPE)


def problem_of(error: HubError) -> JSONResponse:
    """Return the problem document of a refusal."""
    status = _STATUS_OF_CODE.get(error.code) or next(
        (status for kind, status in _STATUS if isinstance(error, kind)), 500
    )
    headers = {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = f"{max(1.0, error.retry_after_seconds):.0f}"
    return problem(status, error.code, error.detail, headers=headers)
