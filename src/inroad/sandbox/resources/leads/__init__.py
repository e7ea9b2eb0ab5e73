"""Lead Sync: forms, leads, and who is told of them."""
