from inroad.contract.catalog import CATALOG, line_of
from inroad.contract.versions import DEFAULT_VERSION, DEFAULT_VERSIONS, VERSIONS


def test_every_line_has_versions_and_one_that_is_sent() -> None:
    assert set(DEFAULT_VERSIONS) == set(VERSIONS) >= {endpoint.line for endpoint in CATALOG.values()}
    assert DEFAULT_VERSIONS["marketing"] == DEFAULT_VERSION


def test_what_is_sent_is_a_version_of_its_line() -> None:
    assert [line for line, name in DEFAULT_VERSIONS.items() if name not in {v.name for v in VERSIONS[line]}] == []


def test_a_path_is_ruled_by_the_line_of_its_first_name() -> None:
    assert line_of("/rest/verificationReport?verifiedWithinDays=3") == "verified"
    assert line_of("/rest/memberAuthorizations") == "portability"
    assert line_of("/rest/partnerJobReports/7/x") == "talent"
    assert line_of("/rest/socialActions/urn/comments") == "marketing"
    assert line_of("/rest/unheardOf") == "marketing"
