"""Numbers of posts and pages: what happened in the world, with believable views and a seeded past around it."""
