"""Posts: one store under `/rest/posts`, `/v2/ugcPosts` and `/v2/shares`."""
