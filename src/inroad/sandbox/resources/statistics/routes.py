"""`organizationalEntityFollowerStatistics`."""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of, roles_on, scopes_today, to_world
from inroad.sandbox.resources.organizations.rules import ADMIN_SCOPES, ANY_ORGANIZATION_SCOPE
from inroad.sandbox.resources.projection import projected
from inroad.sandbox.resources.refusals import forbidden
from inroad.sandbox.resources.statistics import rules
from inroad.sandbox.world import Organization


def _follower_statistics(call: Call) -> Answer:
    urn = to_world(call, call.params.get("organizationalEntity"))
    found = None if urn is None else organization_of(call.world, urn)
    if urn is None or found is None:
        raise bad_parameter("PARAM_INVALID", "organizationalEntity")
    if "ADMINISTRATOR" not in roles_on(call, urn):
        raise forbidden("the organization")
    intervals = call.params.get("timeIntervals")
    if intervals is None:
        counts = rules.facets(seed=call.world.seed, organization=found.id, followers=found.followers)
        elements = [{"organizationalEntity": urn, **counts}]
    else:
        wanted = rules.asked(intervals)
        if wanted is None:
            raise bad_parameter("PARAM_INVALID", "timeIntervals")
        elements = [_gains(call, found, bucket) for bucket in rules.buckets(wanted, now=call.now)]
    return Answer(body={"paging": {"start": 0, "count": 10, "links": []}, "elements": elements})


def _gains(call: Call, found: Organization, bucket: rules.Interval) -> dict[str, Any]:
    organic, paid = rules.follower_gains(
        bucket,
        seed=call.world.seed,
        organization=found.id,
        followers=found.followers,
        days=found.statistics_days,
        now=call.now,
    )
    return {
        "organizationalEntity": f"urn:li:organization:{found.id}",
        "timeRange": rules.to_wire(bucket),
        "followerGains": {"organicFollowerGain": organic, "paidFollowerGain": paid},
    }


RESOURCES: Final = (
    Resource(
        path="organizationalEntityFollowerStatistics",
        bases=frozenset({"v2", "rest"}),
        key="urn",
        methods=(
            Method(
                name="FINDER-organizationalEntity",
                handler=projected(_follower_statistics),
                scopes=ANY_ORGANIZATION_SCOPE,
                rule=scopes_today(*ADMIN_SCOPES),
                params={
                    "organizationalEntity": "required",
                    "timeIntervals": "optional",
                    "start": "optional",
                    "count": "optional",
                    "projection": "optional",
                },
                source="learn.microsoft.com /linkedin/marketing/community-management/organizations/follower-statistics",
            ),
        ),
    ),
)
