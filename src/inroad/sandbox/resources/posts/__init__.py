"""Posts: one store under `/rest/posts` and `/v2/ugcPosts`."""

from inroad.sandbox.resources.posts.seed import seed_post

__all__ = ["seed_post"]
