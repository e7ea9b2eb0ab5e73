"""Uploaded media: one store for the versioned Images API and the legacy assets.

The opaque part of `urn:li:image:X` and `urn:li:digitalmediaAsset:X` is the same for one upload (UNCONFIRMED; an
upload through one API that is posted through the other would confirm it).
"""
