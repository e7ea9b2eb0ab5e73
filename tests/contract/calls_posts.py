"""Posts of every generation, and the media that they show."""

from contract.people import (
    ACCOUNT,
    ACTIVITY,
    ADA,
    ASSET,
    DOCUMENT,
    GONE,
    IMAGE,
    NOVEMBER_1,
    OLD_SHARE,
    ORGANIZATION,
    OTHER_IMAGE,
    SHARE,
    UGC,
    VIDEO,
    at,
)
from contract.replay import Call, Has, call
from inroad.common.urn import Urn
from inroad.sdk.resources.assets import AssetUpload
from inroad.sdk.resources.documents import DocumentUpload
from inroad.sdk.resources.images import ImageUpload
from inroad.sdk.resources.posts import MultiImage, PostImage, poll, render
from inroad.sdk.resources.shares import ShareLink
from inroad.sdk.resources.ugc_posts import UgcMedia
from inroad.sdk.resources.videos import VideoPart, VideoUpload
from inroad.sdk.text import LittleText

EXPIRY = NOVEMBER_1.replace(hour=12)
COMMENTARY = LittleText(
    r"Open day on Saturday \(bring boots\). With @[Harbour Timber](urn:li:organization:55120077) {hashtag|\#|woodwork}"
)
PICTURES = MultiImage(images=(PostImage(id=IMAGE, alt_text="A row of workbenches"), PostImage(id=OTHER_IMAGE)))
POST = Has(
    id=SHARE,
    author=ORGANIZATION,
    commentary=COMMENTARY,
    visibility="PUBLIC",
    lifecycle_state="PUBLISHED",
    lifecycle_state_info=Has(is_edited_by_author=False),
    content=Has(multi_image=PICTURES, media=None, article=None),
    distribution=Has(feed_distribution="MAIN_FEED"),
    created_at=at(1793448000101),
    published_at=at(1793448000140),
    last_modified_at=at(1793448000188),
)
UGC_POST = Has(
    id=UGC,
    author=ORGANIZATION,
    lifecycle_state="PUBLISHED",
    text="Doors open at nine.",
    media_category="VIDEO",
    media=[Has(status="READY", media=Urn("digitalmediaAsset", "D4D10AQEo9vKfXc2u7g"))],
    created=Has(actor=ADA, time=at(1793361600123)),
    first_published_at=at(1793361600123),
)
OLD_POST = Has(
    id="7522266120616303830",
    urn=SHARE,
    activity=ACTIVITY,
    owner=ORGANIZATION,
    text=Has(text="New bench, old oak"),
    subject="Bench",
    content=Has(title="Oak or ash?", content_entities=[Has(entity_location="https://example.org/oak")]),
    created=Has(actor=ADA, time=at(1793361600123)),
)
LINK = ShareLink(url="https://example.org/oak", title="Oak or ash?", thumbnail_url="https://example.org/oak.jpg")

IMAGE_UPLOAD = ImageUpload(
    "https://www.linkedin.com/dms-uploads/D4E22AQF1aaaaaaaaaa/uploaded-image/0"
    "?ca=vector_ads&cn=uploads&sync=0&v=beta&ut=2k&sau=Zm9v",
    IMAGE,
    EXPIRY,
)
BENCHES = Has(id=IMAGE, owner=ORGANIZATION, status="AVAILABLE", is_available=True, alt_text="A row of workbenches")
DOCUMENT_UPLOAD = DocumentUpload(
    "https://www.linkedin.com/dms-uploads/D4D1FAQE3dddddddddd/ads-uploadedDocument/0"
    "?ca=vector_ads&cn=uploads&sync=0&v=beta&ut=3m",
    DOCUMENT,
    EXPIRY,
)
PRICES = Has(
    id=DOCUMENT,
    owner=ORGANIZATION,
    status="AVAILABLE",
    is_available=True,
    page_count=6,
    download_url_expires_at=EXPIRY,
)
ASSET_UPLOAD = AssetUpload(
    "https://api.linkedin.com/mediaUpload/D4E22AQGm1bq0xWk3Tw/feedshare-uploadedImage/0"
    "?ca=vector_feedshare&cn=uploads&m=AQI9&app=221177001&sync=0&v=beta&ut=1o",
    ASSET,
    {},
)

AT = "https://www.linkedin.com/dms-uploads/D4D05AQH2cccccccccc"
PART = VideoPart(f"{AT}/uploadedVideo?part=0&sau=a1", 0, 6)
LAST_PART = VideoPart(f"{AT}/uploadedVideo?part=1&sau=a2", 6, 4)
SENT_PART = VideoPart(PART.upload_url, 0, 6, "4b1f0e")
SENT_LAST_PART = VideoPart(LAST_PART.upload_url, 6, 4, "/ambry-videoei/signedId/77aa21.bin")
UPLOAD = VideoUpload(
    urn=VIDEO,
    size=10,
    parts=(PART, LAST_PART),
    captions_url=f"{AT}/captions?sau=c",
    thumbnail_url=f"{AT}/thumbnail?sau=t",
    expires_at=at(1795953600000),
)
DATA = b"0123456789"
CAPTIONS = b"WEBVTT"
PICTURE = b"(a picture)"
CLIP = Has(
    id=VIDEO,
    owner=ADA,
    status="AVAILABLE",
    is_available=True,
    duration=91000,
    aspect_ratio_width=1080,
    aspect_ratio_height=1920,
    download_url_expires_at=EXPIRY,
    captions="https://dms.licdn.com/captions/D4D05AQH2cccccccccc",
)
END_OF_UPLOAD = ["videos.put_part.last", "videos.put_captions", "videos.put_thumbnail", "videos.finalize_upload"]

CALLS: dict[str, Call] = {
    "posts.create": call(
        lambda linkedin: linkedin.posts.create(author=ORGANIZATION, commentary=COMMENTARY, content=PICTURES), SHARE
    ),
    "posts.create.poll": call(
        lambda linkedin: linkedin.posts.create(author=ORGANIZATION, content=poll("Which finish?", "Oil", "Wax")), UGC
    ),
    "posts.get.poll": call(
        lambda linkedin: linkedin.posts.get(UGC),
        Has(
            content=Has(
                poll=Has(
                    question="Which finish?",
                    options=[Has(text="Oil", vote_count=7), Has(text="Wax", vote_count=4, is_voted_by_viewer=False)],
                    settings=Has(duration="THREE_DAYS"),
                    unique_voters_count=11,
                )
            )
        ),
    ),
    "posts.send": call(
        lambda linkedin: linkedin.posts.send(render(author=ORGANIZATION, commentary=COMMENTARY, content=PICTURES)),
        Has(urn=SHARE),
        ["posts.create"],
    ),
    "posts.get": call(lambda linkedin: linkedin.posts.get(SHARE), POST),
    "posts.batch_get": call(lambda linkedin: linkedin.posts.batch_get([SHARE, GONE]), {SHARE: POST}),
    "posts.batch_get.missing": call(
        lambda linkedin: linkedin.posts.batch_get([SHARE, GONE]).missing, {GONE: 404}, ["posts.batch_get"]
    ),
    "posts.find_by_author": call(lambda linkedin: linkedin.posts.find_by_author(author=ORGANIZATION), [POST]),
    "posts.update": call(
        lambda linkedin: linkedin.posts.update(
            SHARE, commentary=LittleText("Open day moved to Sunday"), call_to_action="LEARN_MORE"
        )
    ),
    "posts.delete": call(lambda linkedin: linkedin.posts.delete(SHARE)),
    "ugc_posts.create": call(
        lambda linkedin: linkedin.ugc_posts.create(
            author=ADA,
            text="First light on the new workshop floor. #carpentry",
            images=[UgcMedia(asset=ASSET, title="Workshop", description="Benches before the machines arrived")],
        ),
        OLD_SHARE,
    ),
    "ugc_posts.get": call(lambda linkedin: linkedin.ugc_posts.get(UGC), UGC_POST),
    "ugc_posts.batch_get": call(lambda linkedin: linkedin.ugc_posts.batch_get([UGC]), {UGC: UGC_POST}),
    "ugc_posts.find_by_authors": call(
        lambda linkedin: linkedin.ugc_posts.find_by_authors(authors=[ORGANIZATION]), [UGC_POST]
    ),
    "ugc_posts.update": call(lambda linkedin: linkedin.ugc_posts.update(UGC, text="Doors open at ten.")),
    "ugc_posts.delete": call(lambda linkedin: linkedin.ugc_posts.delete(UGC)),
    "shares.create": call(
        lambda linkedin: linkedin.shares.create(
            owner=ORGANIZATION, text="New bench, old oak", subject="Bench", link=LINK
        ),
        OLD_POST,
    ),
    "shares.get": call(lambda linkedin: linkedin.shares.get(SHARE), OLD_POST),
    "shares.find_by_owners": call(lambda linkedin: linkedin.shares.find_by_owners(owners=[ORGANIZATION]), [OLD_POST]),
    "shares.delete": call(lambda linkedin: linkedin.shares.delete(SHARE)),
    "images.initialize_upload": call(lambda linkedin: linkedin.images.initialize_upload(ORGANIZATION), IMAGE_UPLOAD),
    "images.put": call(lambda linkedin: linkedin.images.put(IMAGE_UPLOAD, PICTURE, content_type="image/png")),
    "images.upload": call(
        lambda linkedin: linkedin.images.upload(owner=ORGANIZATION, data=PICTURE, content_type="image/png"),
        IMAGE,
        ["images.initialize_upload", "images.put"],
    ),
    "images.get": call(lambda linkedin: linkedin.images.get(IMAGE), BENCHES),
    "images.batch_get": call(lambda linkedin: linkedin.images.batch_get([IMAGE, OTHER_IMAGE]), {IMAGE: BENCHES}),
    "images.find_by_associated_account": call(
        lambda linkedin: linkedin.images.find_by_associated_account(ACCOUNT), [BENCHES]
    ),
    "images.wait": call(lambda linkedin: linkedin.images.wait(IMAGE), BENCHES, ["images.get"]),
    "documents.initialize_upload": call(
        lambda linkedin: linkedin.documents.initialize_upload(ORGANIZATION), DOCUMENT_UPLOAD
    ),
    "documents.put": call(
        lambda linkedin: linkedin.documents.put(DOCUMENT_UPLOAD, b"%PDF-1.7", content_type="application/pdf")
    ),
    "documents.upload": call(
        lambda linkedin: linkedin.documents.upload(
            owner=ORGANIZATION, data=b"%PDF-1.7", content_type="application/pdf"
        ),
        DOCUMENT,
        ["documents.initialize_upload", "documents.put"],
    ),
    "documents.get": call(lambda linkedin: linkedin.documents.get(DOCUMENT), PRICES),
    "documents.batch_get": call(lambda linkedin: linkedin.documents.batch_get([DOCUMENT]), {DOCUMENT: PRICES}),
    "documents.find_by_associated_account": call(
        lambda linkedin: linkedin.documents.find_by_associated_account(ACCOUNT), [PRICES]
    ),
    "documents.wait": call(lambda linkedin: linkedin.documents.wait(DOCUMENT), PRICES, ["documents.get"]),
    "assets.register_upload": call(lambda linkedin: linkedin.assets.register_upload(ADA), ASSET_UPLOAD),
    "assets.put": call(lambda linkedin: linkedin.assets.put(ASSET_UPLOAD, PICTURE)),
    "assets.upload": call(
        lambda linkedin: linkedin.assets.upload(owner=ADA, data=PICTURE),
        ASSET,
        ["assets.register_upload", "assets.put"],
    ),
    "assets.get": call(
        lambda linkedin: linkedin.assets.get(ASSET),
        Has(id="D4E22AQGm1bq0xWk3Tw", status="ALLOWED", media_type_family="STILLIMAGE", is_available=True),
    ),
    "videos.initialize_upload": call(
        lambda linkedin: linkedin.videos.initialize_upload(ADA, size=10, has_captions=True, has_thumbnail=True), UPLOAD
    ),
    "videos.put_part": call(lambda linkedin: linkedin.videos.put_part(UPLOAD, PART, DATA), SENT_PART),
    "videos.put_part.last": call(lambda linkedin: linkedin.videos.put_part(UPLOAD, LAST_PART, DATA), SENT_LAST_PART),
    "videos.put_captions": call(lambda linkedin: linkedin.videos.put_captions(UPLOAD, CAPTIONS)),
    "videos.put_thumbnail": call(lambda linkedin: linkedin.videos.put_thumbnail(UPLOAD, PICTURE)),
    "videos.finalize_upload": call(
        lambda linkedin: linkedin.videos.finalize_upload(UPLOAD.with_part(SENT_PART).with_part(SENT_LAST_PART))
    ),
    "videos.upload": call(
        lambda linkedin: linkedin.videos.upload(owner=ADA, data=DATA, captions=CAPTIONS, thumbnail=PICTURE),
        VIDEO,
        ["videos.initialize_upload", "videos.put_part", *END_OF_UPLOAD],
    ),
    "videos.resume": call(
        lambda linkedin: linkedin.videos.resume(
            UPLOAD.with_part(SENT_PART), DATA, captions=CAPTIONS, thumbnail=PICTURE
        ),
        VIDEO,
        END_OF_UPLOAD,
    ),
    "videos.get": call(lambda linkedin: linkedin.videos.get(VIDEO), CLIP),
    "videos.batch_get": call(lambda linkedin: linkedin.videos.batch_get([VIDEO]), {VIDEO: CLIP}),
    "videos.find_by_associated_account": call(
        lambda linkedin: linkedin.videos.find_by_associated_account(ACCOUNT), [CLIP]
    ),
    "videos.wait": call(lambda linkedin: linkedin.videos.wait(VIDEO), CLIP, ["videos.get.processing", "videos.get"]),
}
