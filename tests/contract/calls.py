"""Every table of calls."""

from contract import (
    calls_ad_audiences,
    calls_ad_results,
    calls_ad_structure,
    calls_identity,
    calls_jobs,
    calls_leads,
    calls_organizations,
    calls_posts,
    calls_profile,
    calls_recruiting,
    calls_social,
    calls_statistics,
)
from contract.replay import Call

TABLES = (
    calls_ad_audiences,
    calls_ad_results,
    calls_ad_structure,
    calls_identity,
    calls_jobs,
    calls_leads,
    calls_organizations,
    calls_posts,
    calls_profile,
    calls_recruiting,
    calls_social,
    calls_statistics,
)
CALLS: dict[str, Call] = {name: call for table in TABLES for name, call in table.CALLS.items()}
