"""People, workspaces and sessions; apps, grants and authors with the vault's keys; the audit chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT, INSTANT, BYTES = sa.Text, sa.BigInteger, sa.LargeBinary


def upgrade() -> None:
    _people()
    _sign_in()
    _keys()
    _connections()
    _audit()


def _people() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("email", TEXT, nullable=False, unique=True),  # lower case
        sa.Column("name", TEXT, nullable=False),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_table(
        "memberships",
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("person_id", TEXT, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )


def _sign_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("cookie_hash", TEXT, nullable=False, unique=True),
        sa.Column("person_id", TEXT, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_index("sessions_person", "sessions", ["person_id"])
    op.create_table(
        "sign_in_links",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("token_hash", TEXT, nullable=False, unique=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("person_id", TEXT, sa.ForeignKey("people.id")),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("person_id", TEXT, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("prefix", TEXT, nullable=False),
        sa.Column("key_hash", TEXT, nullable=False, unique=True),
        sa.Column("scopes", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_index("api_keys_workspace", "api_keys", ["workspace_id"])
    op.create_table(
        "cli_codes",
        sa.Column("code_hash", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("person_id", TEXT, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("challenge", TEXT, nullable=False),
        sa.Column("port", sa.Integer, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )


def _keys() -> None:
    op.create_table(
        "key_encryption_keys",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, unique=True),
        sa.Column("root_key_id", TEXT, nullable=False),
        sa.Column("wrapped", BYTES, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT),
    )
    op.create_table(
        "workspace_keys",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False, unique=True),
        sa.Column("kek_id", TEXT, sa.ForeignKey("key_encryption_keys.id"), nullable=False),
        sa.Column("wrapped", BYTES, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("wrapped_at", INSTANT, nullable=False),
    )


def _connections() -> None:
    op.create_table(
        "apps",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("client_id", TEXT, nullable=False),
        sa.Column("client_secret", BYTES, nullable=False),
        sa.Column("products", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.UniqueConstraint("workspace_id", "client_id"),
    )
    op.create_table(
        "connect_states",
        sa.Column("state_hash", TEXT, primary_key=True),
        sa.Column("session_id", TEXT, nullable=False),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("app_id", TEXT, sa.ForeignKey("apps.id"), nullable=False),
        sa.Column("scopes", TEXT, nullable=False),
        sa.Column("redirect_url", TEXT, nullable=False),
        sa.Column("return_path", TEXT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )
    op.create_table(
        "connections",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("app_id", TEXT, sa.ForeignKey("apps.id"), nullable=False),
        sa.Column("member_urn", TEXT, nullable=False),
        sa.Column("member_name", TEXT, nullable=False),
        sa.Column("scopes_asked", TEXT, nullable=False),
        sa.Column("scopes_granted", TEXT, nullable=False),
        sa.Column("connected_by", TEXT, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("connected_at", INSTANT, nullable=False),
        sa.Column("disconnected_at", INSTANT),
        sa.UniqueConstraint("workspace_id", "app_id", "member_urn"),
    )
    op.create_table(
        "grants",
        sa.Column("connection_id", TEXT, sa.ForeignKey("connections.id"), primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("access_token", BYTES, nullable=False),
        sa.Column("refresh_token", BYTES),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("access_expires_at", INSTANT, nullable=False),
        sa.Column("refresh_expires_at", INSTANT),
        sa.Column("refused_at", INSTANT),
        sa.Column("refusal", TEXT),
        sa.Column("lease_holder", TEXT),
        sa.Column("lease_until", INSTANT),
    )
    op.create_table(
        "authors",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("connection_id", TEXT, sa.ForeignKey("connections.id"), nullable=False),
        sa.Column("urn", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("picture_url", TEXT),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("lost_at", INSTANT),
        sa.UniqueConstraint("connection_id", "urn"),
    )
    op.create_index("authors_workspace", "authors", ["workspace_id"])


def _audit() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("workspace_id", TEXT, primary_key=True),
        sa.Column("seq", INSTANT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
    )
    op.create_table(
        "audit_entries",
        sa.Column("workspace_id", TEXT, primary_key=True),
        sa.Column("seq", INSTANT, primary_key=True, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person_id", TEXT),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("before", TEXT),
        sa.Column("after", TEXT),
        sa.Column("request_id", TEXT, nullable=False),
        sa.Column("previous_hash", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
    )
    op.create_index("audit_entries_at", "audit_entries", ["workspace_id", "at"])
