"""Every table of calls."""

from contract import calls_identity, calls_organizations, calls_posts, calls_social, calls_statistics
from contract.replay import Call

TABLES = (calls_identity, calls_organizations, calls_posts, calls_social, calls_statistics)
CALLS: dict[str, Call] = {name: call for table in TABLES for name, call in table.CALLS.items()}
