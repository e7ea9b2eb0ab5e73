"""The member behind a profile's address: `/rest/vanityUrl`."""
