"""Planning and publishing posts, with a record of every effect and its evidence."""
