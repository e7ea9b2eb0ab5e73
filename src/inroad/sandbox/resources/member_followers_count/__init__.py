"""How many follow a member: `/rest/memberFollowersCount`."""
