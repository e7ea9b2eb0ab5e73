"""Pictures of the versioned API: `/rest/images`."""
