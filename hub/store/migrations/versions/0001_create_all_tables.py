"""Create all tables."""
# ruff: noqa: PLR0915

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "address",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("value_key", sa.String(), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "account", "value_key"),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "address_block",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("address_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("reviewed_at", sa.Float(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("lifted_at", sa.Float(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("address_block", schema=None) as batch_op:
        batch_op.create_index("address_block_by_time", ["at"], unique=False)
        batch_op.create_index(
            "address_block_in_force",
            ["address_id"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "agent_phone",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("is_up", sa.Boolean(), nullable=False),
        sa.Column("phone_id", sa.String(), nullable=True),
        sa.Column("since_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "agent_presence",
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("presence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since_at", sa.Float(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("next_presence", sa.String(), nullable=False),
        sa.Column("next_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id"),
    )
    op.create_table(
        "alert_spell",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("agent_id", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("alert_spell", schema=None) as batch_op:
        batch_op.create_index("alert_spell_began_at", ["began_at"], unique=False)
        batch_op.create_index(
            "one_open_spell_per_alert",
            ["alert_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "alert_taken",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("alert_taken", schema=None) as batch_op:
        batch_op.create_index("alert_taken_at", ["at"], unique=False)

    op.create_table(
        "alternative",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("queue_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("offered_at", sa.Float(), nullable=False),
        sa.Column("since_seq", sa.Integer(), nullable=False),
        sa.Column("heard_seq", sa.Integer(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("must_confirm", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
        sa.Column("until_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(
            "announcement_in_force",
            ["until_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "announcement_read",
        sa.Column("announcement_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("read_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("announcement_id", "user_id"),
    )
    op.create_table(
        "appointment",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.Float(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("taken_for", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "starts_at", "seat"),
    )
    op.create_table(
        "article_care",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("told_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "article_correction",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("article_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_correction_proposed_by"), ["proposed_by"], unique=False
        )

    op.create_table(
        "article_lock",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("since_at", sa.Float(), nullable=False),
        sa.Column("beat_at", sa.Float(), nullable=False),
        sa.Column("taken_from", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("slug", "language"),
    )
    op.create_table(
        "article_vectors",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "language"),
    )
    op.create_table(
        "article_verdict",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("not_helped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "language", "version"),
    )
    op.create_table(
        "article_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Float(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.Float(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("moved_to", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug", "language", "number"),
    )
    with op.batch_alter_table("article_version", schema=None) as batch_op:
        batch_op.create_index(
            "article_being_changed",
            ["slug", "language"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'review')"),
            postgresql_where=sa.text("state IN ('draft', 'review')"),
        )
        batch_op.create_index(
            "article_in_force",
            ["slug", "language"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("started_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("end_cause", sa.String(), nullable=True),
        sa.Column("wrap_up", sa.String(), nullable=False),
        sa.Column("wrap_up_until", sa.Float(), nullable=True),
        sa.Column("wrap_up_extended", sa.Integer(), nullable=False),
        sa.Column("wrapped_at", sa.Float(), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("more_dispositions", sa.String(), nullable=False),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("assignment_of_agent", ["agent_id", "started_at"], unique=False)
        batch_op.create_index("assignment_of_contact", ["contact_id"], unique=False)
        batch_op.create_index(
            "one_owner_per_contact",
            ["contact_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        # Last: of two indexes that seem equally good SQLite takes the newer one.
        batch_op.create_index(
            "assignment_in_hand",
            ["agent_id", "started_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL OR wrap_up = 'open'"),
            postgresql_where=sa.text("ended_at IS NULL OR wrap_up = 'open'"),
        )

    op.create_table(
        "assist",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("skills", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
        sa.Column("until_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assist", schema=None) as batch_op:
        batch_op.create_index(
            "assist_of_agent",
            ["agent_id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "audit_anchor",
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("node", "day"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("node", "n"),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            "audit_entry_reveals",
            ["actor", "at"],
            unique=False,
            sqlite_where=sa.text("action = 'field_revealed'"),
            postgresql_where=sa.text("action = 'field_revealed'"),
        )

    op.create_table(
        "bank_case",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("due_at", sa.Float(), nullable=True),
        sa.Column("opened_at", sa.Float(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("bank_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_case_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "bank_order",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("asked_key", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("arguments_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contact_id", "asked_key"),
    )
    with op.batch_alter_table("bank_order", schema=None) as batch_op:
        batch_op.create_index("bank_order_of_customer", ["customer_id", "asked_at"], unique=False)
        batch_op.create_index(
            "bank_order_to_approve",
            ["asked_at"],
            unique=False,
            sqlite_where=sa.text("state = 'awaiting_approval'"),
            postgresql_where=sa.text("state = 'awaiting_approval'"),
        )
        batch_op.create_index(
            "one_running_order",
            ["subject_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state IN ('awaiting_approval', 'queued', 'sent')"),
            postgresql_where=sa.text("state IN ('awaiting_approval', 'queued', 'sent')"),
        )

    op.create_table(
        "bot_doubt",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.Float(), nullable=False),
        sa.Column("last_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("bot_doubt", schema=None) as batch_op:
        batch_op.create_index("bot_doubt_last_at", ["last_at"], unique=False)

    op.create_table(
        "bot_model",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("train_seconds", sa.Float(), nullable=False),
        sa.Column("trained_at", sa.Float(), nullable=False),
        sa.Column("trained_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("commands", sa.Integer(), nullable=False),
        sa.Column("customer_leg_id", sa.String(), nullable=True),
        sa.Column("talking_since", sa.Float(), nullable=True),
        sa.Column("announced_at", sa.Float(), nullable=True),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("recording_id", sa.String(), nullable=True),
        sa.Column("lost_at", sa.Float(), nullable=True),
        sa.Column("threat_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "call_leg",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("dialled_by", sa.String(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=True),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("held_since", sa.Float(), nullable=True),
        sa.Column("is_muted", sa.Boolean(), nullable=False),
        sa.Column("program_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("last_key", sa.String(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("turn_key", sa.String(), nullable=True),
        sa.Column("turn_until", sa.Float(), nullable=True),
        sa.Column("started_at", sa.Float(), nullable=False),
        sa.Column("answered_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("quality", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("call_leg", schema=None) as batch_op:
        batch_op.create_index(
            "call_leg_dialled",
            ["started_at"],
            unique=False,
            sqlite_where=sa.text("dialled_by IS NOT NULL"),
            postgresql_where=sa.text("dialled_by IS NOT NULL"),
        )
        batch_op.create_index(
            "call_leg_live",
            ["engine"],
            unique=False,
            sqlite_where=sa.text("state <> 'ended'"),
            postgresql_where=sa.text("state <> 'ended'"),
        )
        batch_op.create_index(
            "call_leg_of_engine",
            ["engine", "ref"],
            unique=True,
            sqlite_where=sa.text("ref IS NOT NULL"),
            postgresql_where=sa.text("ref IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_call_leg_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_leg_party"), ["party"], unique=False)

    op.create_table(
        "call_recording",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("leg_id", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("started_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("paused", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("hold_set_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("call_recording", schema=None) as batch_op:
        batch_op.create_index("call_recording_started_at", ["started_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_call_recording_contact_id"), ["contact_id"], unique=False
        )

    op.create_table(
        "card",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last_four", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("expires", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "case_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_entry", schema=None) as batch_op:
        batch_op.create_index("entries_of_case", ["case_id", "at"], unique=False)

    op.create_table(
        "channel_account",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("options_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Float(), nullable=True),
        sa.Column("changed_by", sa.String(), nullable=True),
        sa.Column("paused_at", sa.Float(), nullable=True),
        sa.Column("paused_by", sa.String(), nullable=True),
        sa.Column("last_in_at", sa.Float(), nullable=True),
        sa.Column("last_out_at", sa.Float(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=False),
        sa.Column("error_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "account"),
    )
    op.create_table(
        "channel_state",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "key"),
    )
    with op.batch_alter_table("channel_state", schema=None) as batch_op:
        batch_op.create_index("channel_state_expiry", ["expires_at"], unique=False)

    op.create_table(
        "consent",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id", "code"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("identity_level", sa.Integer(), nullable=False),
        sa.Column("identity_proof", sa.String(), nullable=True),
        sa.Column("identity_proved_at", sa.Float(), nullable=True),
        sa.Column("identity_proved_by", sa.String(), nullable=True),
        sa.Column("speaker_party_id", sa.String(), nullable=True),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("queue_cause", sa.String(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("relaxed", sa.Integer(), nullable=False),
        sa.Column("preferred_agent_id", sa.String(), nullable=True),
        sa.Column("target_agent_id", sa.String(), nullable=True),
        sa.Column("tried_agent_ids", sa.Text(), nullable=False),
        sa.Column("transferred_by", sa.String(), nullable=True),
        sa.Column("owner_agent_id", sa.String(), nullable=True),
        sa.Column("bot_state_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hand_off_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("transfer_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.Float(), nullable=False),
        sa.Column("queued_at", sa.Float(), nullable=True),
        sa.Column("first_assigned_at", sa.Float(), nullable=True),
        sa.Column("assigned_at", sa.Float(), nullable=True),
        sa.Column("parked_until", sa.Float(), nullable=True),
        sa.Column("waits_for", sa.String(), nullable=True),
        sa.Column("answer_due_at", sa.Float(), nullable=True),
        sa.Column("answer_left_seconds", sa.Float(), nullable=True),
        sa.Column("state_since", sa.Float(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.Column("reopened_from", sa.String(), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("last_customer_at", sa.Float(), nullable=True),
        sa.Column("last_staff_at", sa.Float(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            "contact_answer_due",
            ["answer_due_at"],
            unique=False,
            sqlite_where=sa.text("answer_due_at IS NOT NULL"),
            postgresql_where=sa.text("answer_due_at IS NOT NULL"),
        )
        batch_op.create_index("contact_closed_at", ["closed_at"], unique=False)
        batch_op.create_index("contact_of_customer", ["customer_id", "arrived_at"], unique=False)
        batch_op.create_index(
            "contact_open",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.create_index(
            "contact_set_aside",
            ["parked_until"],
            unique=False,
            sqlite_where=sa.text("waits_for IS NOT NULL"),
            postgresql_where=sa.text("waits_for IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_contact_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_owner_agent_id"), ["owner_agent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_reference"), ["reference"], unique=False)

    op.create_table(
        "contact_amendment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("contact_amendment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_amendment_contact_id"), ["contact_id"], unique=False
        )

    op.create_table(
        "contact_tag",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "tag"),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("address_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_chosen_at", sa.Float(), nullable=True),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("open_contact_id", sa.String(), nullable=True),
        sa.Column("last_contact_id", sa.String(), nullable=True),
        sa.Column("last_agent_id", sa.String(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("seen_by_customer_seq", sa.Integer(), nullable=False),
        sa.Column("seen_by_staff_seq", sa.Integer(), nullable=False),
        sa.Column("page_node", sa.String(), nullable=True),
        sa.Column("guest_number", sa.Integer(), nullable=False),
        sa.Column("goes_on_in", sa.String(), nullable=True),
        sa.Column("branch_of", sa.String(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_id"),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversation_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_conversation_open_contact_id"), ["open_contact_id"], unique=False
        )

    op.create_table(
        "core_sync",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("fresh_at", sa.Float(), nullable=True),
        sa.Column("stale_since", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    with op.batch_alter_table("core_sync", schema=None) as batch_op:
        batch_op.create_index(
            "core_sync_behind",
            ["customer_id"],
            unique=False,
            sqlite_where=sa.text("stale_since IS NOT NULL OR version < wanted_version"),
            postgresql_where=sa.text("stale_since IS NOT NULL OR version < wanted_version"),
        )

    op.create_table(
        "customer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("lifecycle", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("since_year", sa.Integer(), nullable=False),
        sa.Column("profile_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_key", sa.String(), nullable=True),
        sa.Column("email_key", sa.String(), nullable=True),
        sa.Column("warnings", sa.String(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("manager_id", sa.String(), nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("preference_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(
            "customer_merged",
            ["merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_customer_email_key"), ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_phone_key"), ["phone_key"], unique=False)

    op.create_table(
        "customer_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("undone_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("customer_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_link_contact_id"), ["contact_id"], unique=False
        )

    op.create_table(
        "customer_merge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kept_id", sa.String(), nullable=False),
        sa.Column("merged_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("undone_at", sa.Float(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("customer_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_customer_merge_merged_id"), ["merged_id"], unique=False
        )

    op.create_table(
        "customer_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("removed_at", sa.Float(), nullable=True),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("customer_note", schema=None) as batch_op:
        batch_op.create_index("notes_of_customer", ["customer_id", "at"], unique=False)

    op.create_table(
        "customer_number",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Float(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("customer_number", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_number_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_customer_number_number_key"), ["number_key"], unique=False
        )

    op.create_table(
        "customer_warning",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.Float(), nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.Column("removed_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("customer_warning", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_warning_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "data_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("retired_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "dated_value",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("valid_from_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.Float(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.Float(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("dated_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dated_value_name"), ["name"], unique=False)

    op.create_table(
        "delivery_ref",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "ref"),
    )
    with op.batch_alter_table("delivery_ref", schema=None) as batch_op:
        batch_op.create_index("delivery_ref_by_time", ["at"], unique=False)

    op.create_table(
        "display",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("revoked_at", sa.Float(), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "disturbance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
        sa.Column("until_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("disturbance", schema=None) as batch_op:
        batch_op.create_index(
            "disturbance_open",
            ["until_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "effect",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_until", sa.Float(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("effect", schema=None) as batch_op:
        batch_op.create_index(
            "effect_claimed",
            ["claimed_until"],
            unique=False,
            sqlite_where=sa.text("state = 'claimed'"),
            postgresql_where=sa.text("state = 'claimed'"),
        )
        batch_op.create_index(
            "effect_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "effect_given_up",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('failed', 'unknown')"),
            postgresql_where=sa.text("state IN ('failed', 'unknown')"),
        )
        batch_op.create_index(
            "effect_open_of_subject",
            ["subject", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending', 'claimed')"),
            postgresql_where=sa.text("state IN ('pending', 'claimed')"),
        )
        batch_op.create_index(
            "effect_settled",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('done', 'dropped')"),
            postgresql_where=sa.text("state IN ('done', 'dropped')"),
        )

    op.create_table(
        "event",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            "event_of_contact",
            ["contact_id"],
            unique=False,
            sqlite_where=sa.text("kind <> 'MessageAdded'"),
            postgresql_where=sa.text("kind <> 'MessageAdded'"),
        )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("event_order", "event", ["transaction_id", "seq"])

    op.create_table(
        "field_denial",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("viewer_id", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "viewer_id"),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_file_conversation_id"), ["conversation_id"], unique=False
        )

    op.create_table(
        "held_letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("came_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "key"),
    )
    with op.batch_alter_table("held_letter", schema=None) as batch_op:
        batch_op.create_index("held_letter_by_state", ["state", "came_at"], unique=False)

    op.create_table(
        "joint_deed",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("undo_until", sa.Float(), nullable=False),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "message",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("key", "conversation_id"),
    )
    op.create_table(
        "message_delivery",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("effect_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error_code", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
    )
    with op.batch_alter_table("message_delivery", schema=None) as batch_op:
        batch_op.create_index("delivery_by_state", ["state", "at"], unique=False)

    op.create_table(
        "node_seen",
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("node"),
    )
    op.create_table(
        "opt_out",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.Float(), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.Column("taken_back_proof", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "address_key", "purpose"),
    )
    op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sure", sa.String(), nullable=False),
        sa.Column("is_scheduled", sa.Boolean(), nullable=False),
        sa.Column("heard_seq", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Float(), nullable=False),
        sa.Column("leaves_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "key"),
    )
    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.create_index(
            "outgoing_letter_by_state", ["conversation_id", "state"], unique=False
        )

    op.create_table(
        "outside_phone",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("outside_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_phone_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "agent_id"),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("holder_customer_id", sa.String(), nullable=True),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("until_at", sa.Float(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_party_holder_customer_id"), ["holder_customer_id"], unique=False
        )

    op.create_table(
        "party_account",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "account_id"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("unusual", sa.String(), nullable=True),
        sa.Column("unusual_times", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index("payment_of_customer", ["customer_id", "at"], unique=False)

    op.create_table(
        "payment_check",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Float(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_at", sa.Float(), nullable=True),
        sa.Column("told_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("task_id"),
    )
    op.create_table(
        "phone_pin",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("pin_key", sa.String(), nullable=True),
        sa.Column("set_at", sa.Float(), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("first_missed_at", sa.Float(), nullable=False),
        sa.Column("locked_until", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_table(
        "proof_lock",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("first_missed_at", sa.Float(), nullable=False),
        sa.Column("locked_until", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    with op.batch_alter_table("proof_lock", schema=None) as batch_op:
        batch_op.create_index(
            "proof_locked",
            ["locked_until"],
            unique=False,
            sqlite_where=sa.text("locked_until IS NOT NULL"),
            postgresql_where=sa.text("locked_until IS NOT NULL"),
        )

    op.create_table(
        "receipt",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key"),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index("receipt_at", ["at"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_user_id"), ["user_id"], unique=False)

    op.create_table(
        "reservation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("queue_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("reservation", schema=None) as batch_op:
        batch_op.create_index(
            "one_pending_reservation_per_agent",
            ["agent_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "one_pending_reservation_per_contact",
            ["contact_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "search_miss",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("search_miss", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_miss_last_at"), ["last_at"], unique=False)

    op.create_table(
        "search_owner",
        sa.Column(
            "n",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("customer_id"),
    )
    op.create_table(
        "search_token",
        sa.Column("token", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("token", "owner"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.Float(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "secure_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asks_files", sa.Boolean(), nullable=False),
        sa.Column("files_taken", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("code_key", sa.String(), nullable=True),
        sa.Column("code_sent_at", sa.Float(), nullable=True),
        sa.Column("codes_sent", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("first_read_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("secure_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_secure_message_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_secure_message_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "sender_rule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sender_key", sa.String(), nullable=False),
        sa.Column("sender_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("lifted_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("sender_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sender_rule_sender_key"), ["sender_key"], unique=False)

    op.create_table(
        "setup_draft",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Float(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("writers", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Float(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("asked_why", sa.String(), nullable=False),
        sa.Column("returned_by", sa.String(), nullable=True),
        sa.Column("returned_why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name"),
    )
    op.create_table(
        "setup_version",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Float(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", "version"),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.Float(), nullable=False),
        sa.Column("locked_until", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("csrf_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("revoked_at", sa.Float(), nullable=True),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("second_factor_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "staff_user",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("queues", sa.Text(), nullable=False),
        sa.Column("capacity_units", sa.Integer(), nullable=False),
        sa.Column("floor_units", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "standing_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("standing_change", schema=None) as batch_op:
        batch_op.create_index("standing_of_customer", ["customer_id", "at"], unique=False)

    op.create_table(
        "survey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("agent_id", sa.String(), nullable=True),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("offered_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=True),
        sa.Column("answered_at", sa.Float(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("comment_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contact_id"),
    )
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            "survey_commented",
            ["answered_at"],
            unique=False,
            sqlite_where=sa.text("comment_sealed IS NOT NULL"),
            postgresql_where=sa.text("comment_sealed IS NOT NULL"),
        )
        batch_op.create_index(
            "survey_sent",
            ["customer_id", "sent_at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NOT NULL"),
            postgresql_where=sa.text("sent_at IS NOT NULL"),
        )

    op.create_table(
        "switched_off",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
        sa.Column("until_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("switched_off", schema=None) as batch_op:
        batch_op.create_index(
            "switched_off_now",
            ["until_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "talk_join",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("source_contact_id", sa.String(), nullable=False),
        sa.Column("target_contact_id", sa.String(), nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("to_seq", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("talk_join", schema=None) as batch_op:
        batch_op.create_index("talk_join_of_source", ["source_id"], unique=False)
        batch_op.create_index("talk_join_of_target", ["target_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("queue_id", sa.String(), nullable=True),
        sa.Column("agent_id", sa.String(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=True),
        sa.Column("remind_at", sa.Float(), nullable=True),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("waiting_since", sa.Float(), nullable=True),
        sa.Column("work_contact_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_task_work_contact_id"), ["work_contact_id"], unique=False
        )
        batch_op.create_index("task_done_at", ["done_at"], unique=False)
        batch_op.create_index(
            "task_open_by_due_time",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "task_open_of_owner",
            ["owner_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "timer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "subject"),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index("timer_due", ["due_at"], unique=False)

    op.create_table(
        "verification",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=True),
        sa.Column("code_key", sa.String(), nullable=True),
        sa.Column("questions", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(
            "one_open_proof_of_a_kind",
            ["contact_id", "method"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index("verification_of_customer", ["customer_id", "asked_at"], unique=False)

    op.create_table(
        "waiting_letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("sender_key", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("came_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "key"),
    )
    with op.batch_alter_table("waiting_letter", schema=None) as batch_op:
        batch_op.create_index("waiting_letter_of_contact", ["contact_id", "state"], unique=False)
        batch_op.create_index(
            "waiting_letter_of_sender", ["conversation_id", "sender_key", "state"], unique=False
        )

    op.create_table(
        "widget_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("widget_id", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("until_at", sa.Float(), nullable=True),
        sa.Column("revoked_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("widget_key", schema=None) as batch_op:
        batch_op.create_index("widget_key_of_widget", ["widget_id", "made_at"], unique=False)

    op.create_table(
        "word_index",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("closed_until_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "word_owner",
        sa.Column(
            "n",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("contact_id"),
    )
    op.create_table(
        "word_token",
        sa.Column("token", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("token", "owner"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("word_token")
    op.drop_table("word_owner")
    op.drop_table("word_index")
    with op.batch_alter_table("widget_key", schema=None) as batch_op:
        batch_op.drop_index("widget_key_of_widget")

    op.drop_table("widget_key")
    with op.batch_alter_table("waiting_letter", schema=None) as batch_op:
        batch_op.drop_index("waiting_letter_of_sender")
        batch_op.drop_index("waiting_letter_of_contact")

    op.drop_table("waiting_letter")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index("verification_of_customer")
        batch_op.drop_index(
            "one_open_proof_of_a_kind",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.drop_table("verification")
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.drop_index("timer_due")

    op.drop_table("timer")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "task_open_of_owner",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(
            "task_open_by_due_time",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("task_done_at")
        batch_op.drop_index(batch_op.f("ix_task_work_contact_id"))
        batch_op.drop_index(batch_op.f("ix_task_customer_id"))
        batch_op.drop_index(batch_op.f("ix_task_case_id"))

    op.drop_table("task")
    with op.batch_alter_table("talk_join", schema=None) as batch_op:
        batch_op.drop_index("talk_join_of_target")
        batch_op.drop_index("talk_join_of_source")

    op.drop_table("talk_join")
    with op.batch_alter_table("switched_off", schema=None) as batch_op:
        batch_op.drop_index(
            "switched_off_now",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("switched_off")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_index(
            "survey_sent",
            sqlite_where=sa.text("sent_at IS NOT NULL"),
            postgresql_where=sa.text("sent_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "survey_commented",
            sqlite_where=sa.text("comment_sealed IS NOT NULL"),
            postgresql_where=sa.text("comment_sealed IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_survey_conversation_id"))

    op.drop_table("survey")
    with op.batch_alter_table("standing_change", schema=None) as batch_op:
        batch_op.drop_index("standing_of_customer")

    op.drop_table("standing_change")
    op.drop_table("staff_user")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_user_id"))

    op.drop_table("staff_session")
    op.drop_table("sign_in_attempt")
    op.drop_table("setup_version")
    op.drop_table("setup_draft")
    with op.batch_alter_table("sender_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sender_rule_sender_key"))

    op.drop_table("sender_rule")
    with op.batch_alter_table("secure_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_secure_message_customer_id"))
        batch_op.drop_index(batch_op.f("ix_secure_message_conversation_id"))

    op.drop_table("secure_message")
    op.drop_table("second_factor")
    op.drop_table("search_token")
    op.drop_table("search_owner")
    with op.batch_alter_table("search_miss", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_miss_last_at"))

    op.drop_table("search_miss")
    with op.batch_alter_table("reservation", schema=None) as batch_op:
        batch_op.drop_index(
            "one_pending_reservation_per_contact",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(
            "one_pending_reservation_per_agent",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.drop_table("reservation")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_user_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index("receipt_at")

    op.drop_table("receipt")
    with op.batch_alter_table("proof_lock", schema=None) as batch_op:
        batch_op.drop_index(
            "proof_locked",
            sqlite_where=sa.text("locked_until IS NOT NULL"),
            postgresql_where=sa.text("locked_until IS NOT NULL"),
        )

    op.drop_table("proof_lock")
    op.drop_table("phone_pin")
    op.drop_table("payment_check")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index("payment_of_customer")

    op.drop_table("payment")
    op.drop_table("party_account")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_holder_customer_id"))
        batch_op.drop_index(batch_op.f("ix_party_customer_id"))

    op.drop_table("party")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_agent_id"))

    op.drop_table("participant")
    with op.batch_alter_table("outside_phone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_phone_agent_id"))

    op.drop_table("outside_phone")
    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.drop_index("outgoing_letter_by_state")

    op.drop_table("outgoing_letter")
    op.drop_table("opt_out")
    op.drop_table("node_seen")
    with op.batch_alter_table("message_delivery", schema=None) as batch_op:
        batch_op.drop_index("delivery_by_state")

    op.drop_table("message_delivery")
    op.drop_table("message")
    op.drop_table("lease")
    op.drop_table("joint_deed")
    with op.batch_alter_table("held_letter", schema=None) as batch_op:
        batch_op.drop_index("held_letter_by_state")

    op.drop_table("held_letter")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_conversation_id"))

    op.drop_table("file")
    op.drop_table("field_denial")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(
            "event_of_contact",
            sqlite_where=sa.text("kind <> 'MessageAdded'"),
            postgresql_where=sa.text("kind <> 'MessageAdded'"),
        )

    op.drop_table("event")
    with op.batch_alter_table("effect", schema=None) as batch_op:
        batch_op.drop_index(
            "effect_settled",
            sqlite_where=sa.text("state IN ('done', 'dropped')"),
            postgresql_where=sa.text("state IN ('done', 'dropped')"),
        )
        batch_op.drop_index(
            "effect_open_of_subject",
            sqlite_where=sa.text("state IN ('pending', 'claimed')"),
            postgresql_where=sa.text("state IN ('pending', 'claimed')"),
        )
        batch_op.drop_index(
            "effect_given_up",
            sqlite_where=sa.text("state IN ('failed', 'unknown')"),
            postgresql_where=sa.text("state IN ('failed', 'unknown')"),
        )
        batch_op.drop_index(
            "effect_due",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(
            "effect_claimed",
            sqlite_where=sa.text("state = 'claimed'"),
            postgresql_where=sa.text("state = 'claimed'"),
        )

    op.drop_table("effect")
    with op.batch_alter_table("disturbance", schema=None) as batch_op:
        batch_op.drop_index(
            "disturbance_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("disturbance")
    op.drop_table("display")
    with op.batch_alter_table("delivery_ref", schema=None) as batch_op:
        batch_op.drop_index("delivery_ref_by_time")

    op.drop_table("delivery_ref")
    with op.batch_alter_table("dated_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dated_value_name"))

    op.drop_table("dated_value")
    op.drop_table("data_key")
    with op.batch_alter_table("customer_warning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_warning_customer_id"))

    op.drop_table("customer_warning")
    with op.batch_alter_table("customer_number", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_number_number_key"))
        batch_op.drop_index(batch_op.f("ix_customer_number_customer_id"))

    op.drop_table("customer_number")
    with op.batch_alter_table("customer_note", schema=None) as batch_op:
        batch_op.drop_index("notes_of_customer")

    op.drop_table("customer_note")
    with op.batch_alter_table("customer_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_merge_merged_id"))
        batch_op.drop_index(batch_op.f("ix_customer_merge_kept_id"))

    op.drop_table("customer_merge")
    with op.batch_alter_table("customer_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_link_contact_id"))

    op.drop_table("customer_link")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_phone_key"))
        batch_op.drop_index(batch_op.f("ix_customer_email_key"))
        batch_op.drop_index(
            "customer_merged",
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )

    op.drop_table("customer")
    with op.batch_alter_table("core_sync", schema=None) as batch_op:
        batch_op.drop_index(
            "core_sync_behind",
            sqlite_where=sa.text("stale_since IS NOT NULL OR version < wanted_version"),
            postgresql_where=sa.text("stale_since IS NOT NULL OR version < wanted_version"),
        )

    op.drop_table("core_sync")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_open_contact_id"))
        batch_op.drop_index(batch_op.f("ix_conversation_customer_id"))

    op.drop_table("conversation")
    op.drop_table("contact_tag")
    with op.batch_alter_table("contact_amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_amendment_contact_id"))

    op.drop_table("contact_amendment")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_reference"))
        batch_op.drop_index(batch_op.f("ix_contact_owner_agent_id"))
        batch_op.drop_index(batch_op.f("ix_contact_conversation_id"))
        batch_op.drop_index(
            "contact_set_aside",
            sqlite_where=sa.text("waits_for IS NOT NULL"),
            postgresql_where=sa.text("waits_for IS NOT NULL"),
        )
        batch_op.drop_index(
            "contact_open",
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.drop_index("contact_of_customer")
        batch_op.drop_index("contact_closed_at")
        batch_op.drop_index(
            "contact_answer_due",
            sqlite_where=sa.text("answer_due_at IS NOT NULL"),
            postgresql_where=sa.text("answer_due_at IS NOT NULL"),
        )

    op.drop_table("contact")
    op.drop_table("consent")
    with op.batch_alter_table("channel_state", schema=None) as batch_op:
        batch_op.drop_index("channel_state_expiry")

    op.drop_table("channel_state")
    op.drop_table("channel_account")
    with op.batch_alter_table("case_entry", schema=None) as batch_op:
        batch_op.drop_index("entries_of_case")

    op.drop_table("case_entry")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_customer_id"))

    op.drop_table("card")
    with op.batch_alter_table("call_recording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_recording_contact_id"))
        batch_op.drop_index("call_recording_started_at")

    op.drop_table("call_recording")
    with op.batch_alter_table("call_leg", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_leg_party"))
        batch_op.drop_index(batch_op.f("ix_call_leg_contact_id"))
        batch_op.drop_index(
            "call_leg_of_engine",
            sqlite_where=sa.text("ref IS NOT NULL"),
            postgresql_where=sa.text("ref IS NOT NULL"),
        )
        batch_op.drop_index(
            "call_leg_live",
            sqlite_where=sa.text("state <> 'ended'"),
            postgresql_where=sa.text("state <> 'ended'"),
        )
        batch_op.drop_index(
            "call_leg_dialled",
            sqlite_where=sa.text("dialled_by IS NOT NULL"),
            postgresql_where=sa.text("dialled_by IS NOT NULL"),
        )

    op.drop_table("call_leg")
    op.drop_table("call")
    op.drop_table("bot_model")
    with op.batch_alter_table("bot_doubt", schema=None) as batch_op:
        batch_op.drop_index("bot_doubt_last_at")

    op.drop_table("bot_doubt")
    with op.batch_alter_table("bank_order", schema=None) as batch_op:
        batch_op.drop_index(
            "one_running_order",
            sqlite_where=sa.text("state IN ('awaiting_approval', 'queued', 'sent')"),
            postgresql_where=sa.text("state IN ('awaiting_approval', 'queued', 'sent')"),
        )
        batch_op.drop_index(
            "bank_order_to_approve",
            sqlite_where=sa.text("state = 'awaiting_approval'"),
            postgresql_where=sa.text("state = 'awaiting_approval'"),
        )
        batch_op.drop_index("bank_order_of_customer")

    op.drop_table("bank_order")
    with op.batch_alter_table("bank_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_case_customer_id"))

    op.drop_table("bank_case")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "audit_entry_reveals",
            sqlite_where=sa.text("action = 'field_revealed'"),
            postgresql_where=sa.text("action = 'field_revealed'"),
        )

    op.drop_table("audit_entry")
    op.drop_table("audit_anchor")
    with op.batch_alter_table("assist", schema=None) as batch_op:
        batch_op.drop_index(
            "assist_of_agent",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("assist")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "one_owner_per_contact",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("assignment_of_contact")
        batch_op.drop_index("assignment_of_agent")
        batch_op.drop_index(
            "assignment_in_hand",
            sqlite_where=sa.text("ended_at IS NULL OR wrap_up = 'open'"),
            postgresql_where=sa.text("ended_at IS NULL OR wrap_up = 'open'"),
        )

    op.drop_table("assignment")
    with op.batch_alter_table("article_version", schema=None) as batch_op:
        batch_op.drop_index(
            "article_in_force",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(
            "article_being_changed",
            sqlite_where=sa.text("state IN ('draft', 'review')"),
            postgresql_where=sa.text("state IN ('draft', 'review')"),
        )

    op.drop_table("article_version")
    op.drop_table("article_verdict")
    op.drop_table("article_vectors")
    op.drop_table("article_lock")
    with op.batch_alter_table("article_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_correction_proposed_by"))

    op.drop_table("article_correction")
    op.drop_table("article_care")
    op.drop_table("appointment")
    op.drop_table("announcement_read")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(
            "announcement_in_force",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("announcement")
    op.drop_table("alternative")
    with op.batch_alter_table("alert_taken", schema=None) as batch_op:
        batch_op.drop_index("alert_taken_at")

    op.drop_table("alert_taken")
    with op.batch_alter_table("alert_spell", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_spell_per_alert",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("alert_spell_began_at")

    op.drop_table("alert_spell")
    op.drop_table("agent_presence")
    op.drop_table("agent_phone")
    with op.batch_alter_table("address_block", schema=None) as batch_op:
        batch_op.drop_index(
            "address_block_in_force",
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )
        batch_op.drop_index("address_block_by_time")

    op.drop_table("address_block")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_customer_id"))

    op.drop_table("address")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_customer_id"))

    op.drop_table("account")
