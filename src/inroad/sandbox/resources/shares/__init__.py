"""The API before ugcPosts: `/v2/shares` over the one post store."""
