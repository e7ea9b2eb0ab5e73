"""How a member's videos are watched: `/rest/memberCreatorVideoAnalytics`."""
