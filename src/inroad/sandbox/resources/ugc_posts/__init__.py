"""Legacy posts: `/v2/ugcPosts` over the one post store."""
