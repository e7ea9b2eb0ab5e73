"""Legacy media: `/v2/assets` and `/rest/assets`."""
