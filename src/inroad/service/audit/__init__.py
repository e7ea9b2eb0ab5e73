"""Who did what, as a chain of entries that shows when one is changed."""
