from collections.abc import Callable

import pytest

from hub.domain.errors import Forbidden
from hub.domain.identity import FieldClass
from hub.domain.states import IdentityLevel
from hub.security import masks
from hub.security.field_rights import FIELDS, ClosedBecause, Sight, may_reveal, view, visible
from hub.security.roles import RIGHTS, Right, Role, may, parse_roles, require, rights_of

AGENT = {Role.AGENT}


def test_every_role_has_a_row_and_every_right_a_holder() -> None:
    assert RIGHTS.keys() == set(Role)
    assert rights_of(Role) == set(Right)


def test_three_kinds_of_power_lie_in_different_hands() -> None:
    assert not may([Role.ADMINISTRATOR], Right.READ_AUDIT)
    assert RIGHTS[Role.AUDITOR] == {Right.READ_AUDIT}
    for role in (Role.AGENT, Role.SUPERVISOR):
        assert not may([role], Right.MANAGE_USERS)
        assert not may([role], Right.MANAGE_SETUP)
    assert not may([Role.ADMINISTRATOR, Role.AUDITOR], Right.SEE_CUSTOMERS)


def test_without_roles_there_are_no_rights() -> None:
    assert not any(may([], right) for right in Right)
    with pytest.raises(Forbidden, match="manage_users"):
        require([Role.AGENT], Right.MANAGE_USERS)


def test_an_unknown_stored_role_fails_closed() -> None:
    assert parse_roles('["agent", "auditor"]') == {Role.AGENT, Role.AUDITOR}
    with pytest.raises(ValueError, match="owner"):
        parse_roles('["agent", "owner"]')


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_does_not_serve_customers_sees_nothing_of_them(field: str, role: Role) -> None:
    seen = visible(field, [role], IdentityLevel.STRONG)
    assert (seen.sight, seen.reason) == (Sight.CLOSED, ClosedBecause.ROLE)
    assert not seen.may_reveal


@pytest.mark.parametrize("field", FIELDS)
def test_a_higher_level_never_shows_less(field: str) -> None:
    order = [Sight.CLOSED, Sight.MASKED, Sight.SHOWN]
    sights = [order.index(visible(field, AGENT, level).sight) for level in range(4)]
    assert sights == sorted(sights)


@pytest.mark.parametrize(
    "field", [f for f, rule in FIELDS.items() if rule.field_class is FieldClass.SENSITIVE]
)
def test_sensitive_fields_are_never_simply_shown(field: str) -> None:
    for level in range(4):
        assert visible(field, AGENT, level).sight is not Sight.SHOWN
        assert may_reveal(field, AGENT, level) == (level >= IdentityLevel.PROVED)


def test_balances_open_with_proof_and_say_why_before() -> None:
    closed = visible("account.balance", AGENT, IdentityLevel.CLAIMED)
    assert closed.sight is Sight.CLOSED
    assert closed.reason is ClosedBecause.IDENTITY_LEVEL
    assert closed.needs_level == IdentityLevel.PROVED
    assert view("account.balance", "12.00", AGENT, IdentityLevel.CLAIMED).text is None
    assert view("account.balance", "12.00", AGENT, IdentityLevel.PROVED).text == "12.00"


def test_a_field_that_nobody_classed_is_closed() -> None:
    seen = view("mother_maiden_name", "secret", AGENT, IdentityLevel.STRONG)
    assert (seen.visible.sight, seen.text) == (Sight.CLOSED, None)


def test_a_mask_leaves_the_server_in_place_of_the_value() -> None:
    seen = view("phone", "+8613800132716", AGENT, IdentityLevel.PROVED)
    assert (seen.visible.sight, seen.text) == (Sight.MASKED, "+86 138 •••• 2716")


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masks.mask_phone, "+8613800132716", "+86 138 •••• 2716"),
        (masks.mask_phone, "+12025550143", "+1 202 •••• 0143"),
        (masks.mask_phone, "+6591234567", "+65 •••• 67"),
        (masks.mask_phone, "+85291234567", "+852 •••• 67"),
        (masks.mask_phone, "13800132716", "•••• 16"),
        (masks.mask_phone, "123", "••••"),
        (masks.mask_id_number, "310101199003070428", "3101 •••• •••• 0428"),
        (masks.mask_id_number, "E12345678", "•••• 78"),
        (masks.mask_id_number, "12", "••••"),
        (masks.mask_number, "4111 1111 1111 4417", "•••• 4417"),
        (masks.mask_number, "17", "••••"),
        (masks.mask_mail, "lin.wei@example.com", "l•••@example.com"),
        (masks.mask_mail, "not a mail", "•••"),
        (masks.mask_mail, "@example.com", "•••"),
        (masks.mask_name, "Lin Wei", "Lin W••"),
        (masks.mask_name, "林薇", "林•"),
        (masks.mask_name, "欧阳娜娜", "欧•••"),
        (masks.mask_name, "林", "林•"),
        (masks.mask_name, "Cher", "C••"),
        (masks.mask_name, " ", "••"),
        (masks.mask_birth_date, "1990-03-07", "1990-••-••"),
    ],
)
def test_masks(mask: Callable[[str], str], value: str, shown: str) -> None:
    assert mask(value) == shown
