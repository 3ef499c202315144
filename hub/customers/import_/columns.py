"""Which column of a file is which field: by the operator's mapping, else guessed from headers."""

from collections.abc import Mapping, Sequence
from typing import Final

from hub.domain.errors import Invalid
from hub.text.fold import fold

FIELDS: Final = (
    "number", "name", "name_zh", "phone", "email", "id_number", "birth_date", "address",
    "language", "segment", "lifecycle", "since_year",
)  # fmt: skip
_HEADERS: Final[dict[str, str]] = {
    "number": "number,customer number,customer no,customer id,client number,客户号,客户编号",
    "name": "name,full name,english name,name en,customer name,姓名拼音,英文名,英文姓名",
    "name_zh": "name zh,chinese name,姓名,中文名,中文姓名,客户姓名,名称",
    "phone": "phone,mobile,telephone,mobile number,phone number,手机,手机号,手机号码,电话,联系电话",
    "email": "email,e mail,mail,email address,邮箱,电子邮箱,邮件,电子邮件",
    "id_number": "id number,identity number,id no,id card,证件号,证件号码,身份证号,身份证号码",
    "birth_date": "birth date,date of birth,birthday,born,dob,出生日期,生日",
    "address": "address,home address,street,地址,住址,联系地址",
    "language": "language,preferred language,lang,语言,首选语言",
    "segment": "segment,customer segment,tier,客户等级,客群,分层,等级",
    "lifecycle": "lifecycle,status,stage,状态,阶段,生命周期",
    "since_year": "since year,customer since,since,开户年份,开户年,入行年份",
}


def columns_of(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return the place of each field; raise `Invalid` naming what is missing or named twice."""
    wanted = {field: [_plain(header_text)] for field, header_text in (mapping or {}).items()}
    if unknown := sorted(set(wanted) - set(FIELDS)):
        raise Invalid("mapping", f"no such field: {', '.join(unknown)}; there are {_all()}")
    if mapping is None:
        wanted = {field: names.split(",") for field, names in _HEADERS.items()}
    found: dict[str, int] = {}
    plain = [_plain(one) for one in header]
    for field, names in wanted.items():
        places = [place for place, text in enumerate(plain) if text in names]
        if len(places) > 1:
            raise Invalid("columns", f"{field} is there {len(places)} times; use a mapping file")
        if not places and mapping is not None:
            raise Invalid("columns", f"the file has no column {mapping[field]!r} for {field}")
        if places:
            found[field] = places[0]
    if "number" not in found:
        raise Invalid("columns", f"no column for the customer number; the fields are {_all()}")
    if not {"name", "name_zh"} & found.keys():
        raise Invalid("columns", "no column for a name (name or name_zh)")
    return found


def _plain(header: str) -> str:
    return " ".join(fold(header).replace("_", " ").replace("-", " ").split())


def _all() -> str:
    return ", ".join(FIELDS)
