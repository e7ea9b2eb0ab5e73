"""One module per LinkedIn resource: its entities and its operations."""
