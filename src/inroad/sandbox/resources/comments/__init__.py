"""Comments: `socialActions/{urn}/comments`, versioned and legacy."""
