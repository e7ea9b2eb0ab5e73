"""What LinkedIn accepts as pictures in posts.

Source: "Images API", learn.microsoft.com /linkedin/marketing/community-management/shares/images-api
"""

IMAGE_TYPES = ("image/jpeg", "image/png", "image/gif")
"""Content types of pictures, as read from the bytes and not from a file's name."""

MAX_IMAGE_PIXELS = 36_152_320
"""A picture has fewer pixels than this."""

MAX_GIF_FRAMES = 250
"""An animated GIF has at most so many frames."""

IMAGE_BYTES_ADVISED = 8 * 1024 * 1024
"""LinkedIn publishes no byte limit for the API; 8 MB is the founding tutorial's and our default limit."""

MAX_ALT_TEXT = 4_086
"""Characters of `altText`."""

ALT_TEXT_ADVISED = 120
"""Characters up to which screen readers read an alternative text comfortably."""

MULTI_IMAGE_COUNT = (2, 20)
"""Fewest and most pictures of a multi-image post. Source: "MultiImage API", same folder."""

UPLOAD_ADDRESS_HOURS = 24
"""Life of an image's upload address. UNCONFIRMED: read from examples; a recorded `uploadUrlExpiresAt` would confirm."""
