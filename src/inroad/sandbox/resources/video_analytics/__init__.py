"""How a page's videos are watched: `/rest/videoAnalytics`."""
