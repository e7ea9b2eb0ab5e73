"""Messages between members, for approved partners."""
