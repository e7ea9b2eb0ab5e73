"""Child applications of a partner, their integrations and contracts."""
