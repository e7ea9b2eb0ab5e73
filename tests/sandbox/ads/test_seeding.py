"""Accounts and leads that seeds bring along."""

import pytest

from inroad.sandbox.resources.ads.state import ads_of
from inroad.sandbox.resources.leads.state import leads_of
from inroad.sandbox.seeds import SeedError, read_seed

GENERATE = """
[world]
now = 2026-11-23T09:00:00Z
seed = 3
[generate]
members = 3
organizations = 2
ad_accounts = 3
campaigns_per_account = 7
leads = 25
"""


def test_a_world_of_advertising_is_generated_the_same_at_every_start():
    first, second = ads_of(read_seed(GENERATE)), ads_of(read_seed(GENERATE))
    assert (len(first.accounts), len(first.campaigns), len(first.creatives)) == (3, 21, 84)
    assert [c.body for c in first.campaigns.values()] == [c.body for c in second.campaigns.values()]
    leads = leads_of(read_seed(GENERATE))
    assert len(leads.leads) == 25
    assert {lead.lead_type for lead in leads.leads.values()} == {"SPONSORED"}


ACCOUNT = "[[ad_accounts]]\nid = 5\n"
CAMPAIGN = f"{ACCOUNT}[[ad_accounts.campaign_groups]]\n[[ad_accounts.campaign_groups.campaigns]]\n"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (ACCOUNT + ACCOUNT, "line 4: account 5 is there already"),
        (f'{ACCOUNT}currency = "XYZ"', "line 3: no currency 'XYZ': there are USD"),
        (f'{CAMPAIGN}objective = "FAME"', "line 5: no objective 'FAME': there are BRAND_AWARENESS"),
        (f'{CAMPAIGN}daily_budget = "much"', "line 5: daily_budget is a number, got 'much'"),
        (f'{CAMPAIGN}type = "RADIO"', "line 5: no type 'RADIO'"),
        ('[[lead_forms]]\nowner = "urn:li:sponsoredAccount:5"', "line 2: no ad account 5 in this seed"),
        (
            ACCOUNT + '[[lead_forms]]\nid = 1\nowner = "urn:li:sponsoredAccount:5"\n' * 2,
            "line 7: lead form 1 is there already",
        ),
        (
            '[[members]]\nid = "a"\nfirst_name = "A"\nlast_name = "B"\n[[lead_forms]]\nowner = "urn:li:person:a"',
            "line 6: a lead form is an organization's or an ad account's, got 'urn:li:person:a'",
        ),
        (
            ACCOUNT + '[[apps]]\nclient_id = "x"\n[[subscriptions]]\napp = "x"\nkind = "lead"\n'
            'owner = "urn:li:sponsoredAccount:5"\nurl = "http://far.example"',
            "line 9: url must be HTTPS, or HTTP on this machine, got 'http://far.example'",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text, error):
    with pytest.raises(SeedError) as caught:
        read_seed(text)
    assert str(caught.value).startswith(error)
