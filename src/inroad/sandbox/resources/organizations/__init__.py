"""Organizations: look-up by administrators and by anybody, and how many follow them."""
