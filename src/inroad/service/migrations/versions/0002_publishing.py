"""Posts with their media, effects and evidence; the quota ledger; the jobs of the local engine."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT, INSTANT, BYTES = sa.Text, sa.BigInteger, sa.LargeBinary
COUNTER = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts by itself in INTEGER keys only


def upgrade() -> None:
    _posts()
    _effects()
    _quota()
    _jobs()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("author_id", TEXT, sa.ForeignKey("authors.id"), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("visibility", TEXT, nullable=False),
        sa.Column("wall_time", TEXT),  # local date and time as the person said it; NULL: at once
        sa.Column("zone", TEXT, nullable=False),
        sa.Column("fold", sa.Integer, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("urn", TEXT),
        sa.Column("proof", TEXT),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("published_at", INSTANT),
    )
    op.create_index("posts_by_time", "posts", ["workspace_id", "due_at"])
    op.create_index("posts_by_author", "posts", ["author_id", "due_at"])
    op.create_index("posts_by_state", "posts", ["state"])
    op.create_table(
        "media",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("content_type", TEXT, nullable=False),
        sa.Column("size", INSTANT, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("frames", sa.Integer, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.UniqueConstraint("workspace_id", "sha256", "name"),
    )
    op.create_table(
        "post_media",
        sa.Column("post_id", TEXT, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("media_id", TEXT, sa.ForeignKey("media.id"), nullable=False),
        sa.Column("alt_text", TEXT, nullable=False),
    )
    op.create_table(
        "publishing_pauses",
        sa.Column("workspace_id", TEXT, sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
    )


def _effects() -> None:
    op.create_table(
        "effects",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("workspace_id", TEXT, nullable=False),
        sa.Column("post_id", TEXT, sa.ForeignKey("posts.id"), nullable=False),
        sa.Column("kind", TEXT, nullable=False),  # image | post
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("body", BYTES),
        sa.Column("body_sha256", TEXT),
        sa.Column("lease_owner", TEXT),  # who marked it sent, under which fence of its job
        sa.Column("fence", INSTANT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("resends", sa.Integer, nullable=False),  # sends since the first one whose outcome is in doubt
        sa.Column("backoffs", sa.Integer, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("doubt_since", INSTANT),  # instant of that first send
        sa.Column("looks", sa.Integer, nullable=False),  # looks at LinkedIn since then
        sa.Column("result_urn", TEXT, unique=True),
        sa.Column("request_id", TEXT),
        sa.Column("settled_at", INSTANT),
        sa.Column("available_at", INSTANT),  # images: when LinkedIn could show it, or may be taken to
        sa.UniqueConstraint("post_id", "kind", "position"),
    )
    op.create_index("effects_by_state", "effects", ["state"])
    op.create_table(
        "evidence",
        sa.Column("id", COUNTER, primary_key=True, autoincrement=True),
        sa.Column("post_id", TEXT, sa.ForeignKey("posts.id"), nullable=False),
        sa.Column("effect_id", TEXT),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
    )
    op.create_index("evidence_of_post", "evidence", ["post_id", "id"])


def _quota() -> None:
    op.create_table(
        "quota_days",
        sa.Column("app_id", TEXT, primary_key=True),
        sa.Column("scope", TEXT, primary_key=True),  # app | member
        sa.Column("subject", TEXT, primary_key=True),  # the member's URN; empty for the app
        sa.Column("endpoint", TEXT, primary_key=True),
        sa.Column("day", TEXT, primary_key=True),  # UTC
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("cap", sa.Integer),
    )
    op.create_table(
        "quota_caps",
        sa.Column("app_id", TEXT, primary_key=True),
        sa.Column("scope", TEXT, primary_key=True),
        sa.Column("endpoint", TEXT, primary_key=True),
        sa.Column("cap", sa.Integer, nullable=False),
        sa.Column("source", TEXT, nullable=False),  # setting | learned
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("until", TEXT),  # UTC day; NULL: for good
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("args", TEXT, nullable=False),
        sa.Column("lane", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),  # waiting | running | dead
        sa.Column("run_at", INSTANT, nullable=False),
        sa.Column("dedup_key", TEXT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease_owner", TEXT),
        sa.Column("lease_until", INSTANT),
        sa.Column("fence", INSTANT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("died_at", INSTANT),
    )
    # Only waiting rows, in the order of their time: jobs of next month are never looked at before.
    waiting, alive = sa.text("state = 'waiting'"), sa.text("state <> 'dead'")
    op.create_index("jobs_due", "jobs", ["lane", "run_at"], sqlite_where=waiting, postgresql_where=waiting)
    running = sa.text("state = 'running'")
    op.create_index("jobs_running", "jobs", ["lease_until"], sqlite_where=running, postgresql_where=running)
    op.create_index("jobs_dedup", "jobs", ["dedup_key"], unique=True, sqlite_where=alive, postgresql_where=alive)
    op.create_table(
        "schedules",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("lane", TEXT, nullable=False),
        sa.Column("every_ms", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
    )
