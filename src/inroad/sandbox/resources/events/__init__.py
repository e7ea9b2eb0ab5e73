"""Events of pages: `/rest/events`, while the switch `events.enabled` is on."""
