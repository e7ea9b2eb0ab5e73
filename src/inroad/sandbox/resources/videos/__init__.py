"""Videos of the versioned API: `/rest/videos`."""
