"""Documents of the versioned API: `/rest/documents`."""
