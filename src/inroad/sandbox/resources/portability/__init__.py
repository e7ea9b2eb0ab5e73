"""Member data portability: everything of one's own, for members in the European Economic Area and Switzerland."""
