"""The token's member, in both generations."""

from contract.people import ADA
from contract.replay import Call, Has, call

PICTURE = "https://media.licdn.com/dms/image/C5603AQphoto/100"

CALLS: dict[str, Call] = {
    "me.get": call(
        lambda linkedin: linkedin.me.get(),
        Has(urn=ADA, display_name="Ada Okafor", picture_url=PICTURE),
    ),
    "member.get": call(
        lambda linkedin: linkedin.member.get(),
        Has(urn=ADA, display_name="Ada Okafor", picture_url=PICTURE, email="ada@example.org"),
        ["userinfo.get"],
    ),
    "userinfo.get": call(
        lambda linkedin: linkedin.userinfo.get(),
        Has(urn=ADA, display_name="Ada Okafor", picture=PICTURE, is_email_verified=True, locale_key="en_US"),
    ),
    "email_address.get": call(lambda linkedin: linkedin.email_address.get(), "ada@example.org"),
}
