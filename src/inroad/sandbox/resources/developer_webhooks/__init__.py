"""A partner's view of the webhooks of its child applications."""
