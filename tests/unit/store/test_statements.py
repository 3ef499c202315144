"""Statements become SQL and positional values, strictly."""

import pytest
from sqlalchemy import Integer, bindparam, func, insert, select, update
from sqlalchemy.engine.interfaces import Dialect

from hub.store.rows import table_of
from hub.store.statements import POSTGRES, SQLITE, statement
from hub.store.tables import Assignment, Timer
from hub.store.unit import Prepared
from hub.store.upsert import upsert

TIMER = table_of(Timer)

both = pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=lambda d: d.name)


@both
def test_values_follow_the_order_of_the_text(dialect: Dialect) -> None:
    moved = (
        update(TIMER)
        .where(TIMER.c.id == bindparam("timer"), TIMER.c.kind == "silence")
        .values(due_at=bindparam("due_at"), attempts=TIMER.c.attempts + 1)
    )
    sql, values = statement(Prepared(moved), dialect).bind({"timer": "t", "due_at": 2.0})
    if dialect is SQLITE:  # a word of the statement itself is written out
        assert "'silence'" in sql
        assert list(values) == [2.0, 1, "t"]
    else:
        assert list(values) == [2.0, 1, "t", "silence"]


@both
def test_an_insert_fills_in_what_may_be_left_out(dialect: Dialect) -> None:
    given = {"id": "t", "kind": "k", "subject": "s", "due_at": 1.0}
    _, values = statement(Prepared(insert(TIMER)), dialect).bind(given)
    assert list(values) == ["t", "k", "s", 1.0, "{}", 0, None]


@both
def test_a_missing_and_an_unknown_value_are_named(dialect: Dialect) -> None:
    known = statement(Prepared(insert(TIMER)), dialect)
    with pytest.raises(TypeError, match="lacks 'due_at'"):
        known.bind({"id": "t", "kind": "k", "subject": "s"})
    with pytest.raises(TypeError, match="colour"):
        known.bind({"id": "t", "kind": "k", "subject": "s", "due_at": 1.0, "colour": "red"})


@both
def test_a_list_for_in_is_spread(dialect: Dialect) -> None:
    some = (
        select(TIMER.c.id)
        .where(TIMER.c.kind.in_(bindparam("kinds", expanding=True)))
        .limit(bindparam("most", type_=Integer))
    )
    known = statement(Prepared(some), dialect)
    sql, values = known.bind({"kinds": ["a", "b", "c"], "most": 5})
    assert {"a", "b", "c", 5} <= set(values)
    assert "POSTCOMPILE" not in sql
    _, values = known.bind({"kinds": ["d"], "most": 6})
    assert {"d", 6} <= set(values)
    assert not {"a", "b", "c", 5} & set(values)


@both
def test_rows_and_writes_are_told_apart(dialect: Dialect) -> None:
    plain = statement(Prepared(update(TIMER).values(attempts=1)), dialect)
    returning = statement(Prepared(insert(TIMER).returning(TIMER.c.id)), dialect)
    query = statement(Prepared(select(func.count()).select_from(TIMER)), dialect)
    assert (plain.returns_rows, plain.writes) == (False, True)
    assert (returning.returns_rows, returning.writes) == (True, True)
    assert (query.returns_rows, query.writes) == (True, False)


@both
def test_one_upsert_serves_both(dialect: Dialect) -> None:
    new = upsert(TIMER)
    stored = new.on_conflict_do_update(
        index_elements=["kind", "subject"], set_={"due_at": new.excluded.due_at}
    )
    sql = statement(Prepared(stored), dialect).sql
    assert "ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at" in sql


@both
def test_a_row_lock_is_asked_for_where_it_exists(dialect: Dialect) -> None:
    sql = statement(Prepared(select(TIMER.c.id).with_for_update()), dialect).sql
    assert ("FOR UPDATE" in sql) == (dialect is POSTGRES)


def test_a_statement_is_compiled_once() -> None:
    prepared = Prepared(select(TIMER.c.id))
    assert statement(prepared, SQLITE) is statement(prepared, SQLITE)


@both
def test_lists_of_any_size_are_spread_as_the_compiler_would(dialect: Dialect) -> None:
    columns = table_of(Assignment).c
    prepared = Prepared(
        select(columns.id).where(
            columns.id.in_(bindparam("ids", expanding=True)),
            columns.queue_id == bindparam("queue"),
            columns.agent_id.in_(bindparam("agents", expanding=True)),
        )
    )
    compiled = prepared.core.compile(dialect=dialect)  # type: ignore[attr-defined]
    for ids, agents in ((["a", "b"], ["x"]), ([], ["x"]), (["c", "d"], ["y"]), (["e"], [])):
        values = {"ids": ids, "queue": "cards", "agents": agents}
        sql, given = statement(prepared, dialect).bind(values)
        state = compiled.construct_expanded_state(dict(values))
        assert (sql, list(given)) == (state.statement, list(state.positional_parameters))
