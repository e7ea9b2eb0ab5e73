"""What the actions of the Videos API accept.

Source: "Videos API", learn.microsoft.com /linkedin/marketing/community-management/shares/videos-api
"""

from typing import Final

from inroad.sandbox.records import ANY, BOOLEAN, LONG, STRING, ArrayOf, Field, Record, UrnOf
from inroad.sandbox.resources.media.library import initialization

INITIALIZE_UPLOAD: Final = initialization(
    Field("fileSizeBytes", LONG),
    Field("uploadCaptions", BOOLEAN, required=False),
    Field("uploadThumbnail", BOOLEAN, required=False),
    Field("purpose", STRING, required=False),
    Field("templateName", STRING, required=False),
    Field("linkbackContext", ANY, required=False),
)

FINALIZE_UPLOAD: Final = Record(
    "FinalizeUpload",
    (
        Field(
            "finalizeUploadRequest",
            Record(
                "FinalizeUploadRequest",
                (
                    Field("video", UrnOf()),
                    Field("uploadToken", STRING),
                    Field("uploadedPartIds", ArrayOf(STRING)),
                ),
            ),
        ),
    ),
)
