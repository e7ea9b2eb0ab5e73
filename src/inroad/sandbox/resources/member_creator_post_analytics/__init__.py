"""How a member's posts do: `/rest/memberCreatorPostAnalytics`."""
