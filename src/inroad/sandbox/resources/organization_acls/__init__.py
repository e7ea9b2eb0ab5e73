"""Who holds which role on which page, in the versioned and the legacy spelling."""
