"""Resources of closed programmes: known by name, refused to everybody outside."""
