"""The database's form, as numbered steps that are only ever added."""
