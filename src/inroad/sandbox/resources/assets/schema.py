"""What the legacy media actions accept.

Source: "Vector Assets API", learn.microsoft.com
/linkedin/marketing/community-management/shares/vector-asset-api
"""

from inroad.sandbox.records import ANY, INT, LONG, STRING, ArrayOf, Enum, Field, MapOf, Record, UrnOf

OWNER_RELATIONSHIP = "urn:li:userGeneratedContent"

REGISTER_UPLOAD = Record(
    "RegisterUpload",
    (
        Field(
            "registerUploadRequest",
            Record(
                "RegisterUploadRequest",
                (
                    Field("owner", STRING),
                    Field("recipes", ArrayOf(UrnOf("digitalmediaRecipe"))),
                    Field(
                        "serviceRelationships",
                        ArrayOf(
                            Record(
                                "ServiceRelationship",
                                (Field("relationshipType", Enum("OWNER")), Field("identifier", UrnOf())),
                            )
                        ),
                    ),
                    Field(
                        "supportedUploadMechanism",
                        ArrayOf(Enum("SYNCHRONOUS_UPLOAD", "SINGLE_REQUEST_UPLOAD", "MULTIPART_UPLOAD")),
                        required=False,
                    ),
                    Field("fileSize", LONG, required=False),
                ),
            ),
        ),
    ),
)

COMPLETE_MULTIPART_UPLOAD = Record(
    "CompleteMultipartUpload",
    (
        Field(
            "completeMultipartUploadRequest",
            Record(
                "CompleteMultipartUploadRequest",
                (
                    Field("mediaArtifact", UrnOf("digitalmediaMediaArtifact")),
                    Field("metadata", STRING, required=False),
                    Field("metaData", STRING, required=False),  # one library's spelling
                    Field(
                        "partUploadResponses",
                        ArrayOf(
                            Record(
                                "PartUploadResponse",
                                (
                                    Field("headers", MapOf(ANY)),
                                    Field("httpStatusCode", INT),
                                    Field("body", ANY, required=False),
                                ),
                            )
                        ),
                    ),
                ),
            ),
        ),
    ),
)
