"""What partners send to provision customers.

Source: LinkedIn's Talent Solutions SDK for Java and its Postman collection "Apply Connect".
"""

from typing import Final

from inroad.sandbox.records import LONG, STRING, ArrayOf, Field, Record

APPLICATION: Final = Record(
    "ProvisionedApplication",
    (
        Field("uniqueForeignId", STRING, create_only=True),
        Field("name", STRING),
        Field("description", STRING, required=False),
        Field("validJsSdkDomains", ArrayOf(STRING), required=False),
        Field("oauth2AuthorizedCallbackUrls", ArrayOf(STRING), required=False),
    ),
)
INTEGRATION: Final = Record("AtsIntegration", (Field("integrationName", STRING, required=False),))
SETUP: Final = Record("Setup", (Field("partnerContractId", LONG),))
