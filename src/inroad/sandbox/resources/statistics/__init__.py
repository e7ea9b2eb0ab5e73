"""Statistics of pages, computed from what a seed says about them and always the same for the same seed."""
