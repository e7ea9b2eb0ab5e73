"""Counts of a thread, and whether it takes comments: `/rest/socialMetadata`."""
