"""The errors of the advertising API: field faults in their registry's shape, and the plain ones.

Source: "Error Handling", learn.microsoft.com /linkedin/marketing/error-responses; shapes as recorded answers show them.
"""

from typing import Any

from inroad.sandbox.answers import BAD_REQUEST_TYPE, gateway
from inroad.sandbox.call import Call, Refusal

_SEVERAL = "Multiple errors occurred during the input validation. Please see errorDetails for more information."


class Faults:
    """What is wrong with one entity's fields; all of it is told at once.

    `entity` is the name that descriptions begin with: `Campaign`, `CampaignGroup`, `Account`.
    """

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self._inputs: list[dict[str, Any]] = []
        self._conditions: list[dict[str, Any]] = []

    def add(self, code: str, field: str, says: str) -> None:
        """Note a fault of one field; `says` follows the field's name in the description."""
        description = f"/{self.entity}/{field} {says}"
        self._inputs.append({"code": code, "description": description, "input": {"inputPath": {"fieldPath": field}}})

    def missing(self, field: str) -> None:
        """Note a required field that is absent."""
        self.add("MISSING_FIELD", field, "is required but missing")

    def conditional(self, code: str, description: str) -> None:
        """Note a fault that two fields make together; UNCONFIRMED: what its entry holds beside the description."""
        self._conditions.append({"code": code, "description": description})

    def refuse(self) -> None:
        """Raise what was noted, if anything."""
        noted = [*self._inputs, *self._conditions]
        if not noted:
            return
        several = len(noted) > 1
        details: dict[str, Any] = {}
        if self._inputs:
            details["inputErrors"] = self._inputs
        if self._conditions:
            details["conditionalInputErrors"] = self._conditions
        body = {
            "message": _SEVERAL if several else noted[0]["description"],
            "status": 400,
            "code": "MULTIPLE_VALIDATIONS_FAILED" if several else noted[0]["code"],
            "errorDetailType": BAD_REQUEST_TYPE,
            "errorDetails": details,
        }
        raise Refusal(400, body)


def coded(code: str, message: str, status: int = 400) -> Refusal:
    """Return an error of three members, as the registry's codes come where no field is to blame."""
    return Refusal(status, {"message": message, "status": status, "code": code})


def entity_not_found() -> Refusal:
    """Return the 404 of an entity that is missing, or that the member has no role on (recorded)."""
    return Refusal(404, {"code": "NOT_FOUND", "message": "Not Found.", "status": 404})


def no_permission(code: str = "NO_PERMISSION_ON_ENTITY", what: str = "this entity") -> Refusal:
    """Return the 403 for a role that does not reach so far."""
    message = f"Viewer may not have permission on {what}"
    error: dict[str, Any] = {"code": code, "description": message, "input": {}}
    return Refusal(
        403,
        {
            "message": message,
            "status": 403,
            "code": code,
            "errorDetailType": BAD_REQUEST_TYPE,
            "errorDetails": {"inputErrors": [error]},
        },
    )


def tier_exceeded(call: Call, message: str) -> Refusal:
    """Return the 403 of the development tier. UNCONFIRMED: no recorded body; the switch is `tier.error`."""
    if call.switches["tier.error"] == "ACCESS_DENIED":
        return gateway(403, "ACCESS_DENIED", message, number=100)
    return Refusal(403, {"status": 403, "code": "NO_PERMISSION_ON_ENTITY", "message": message})


def bad_argument(message: str) -> Refusal:
    """Return the 400 for a value that breaks Rest.li's grammar or a finder's bounds."""
    return gateway(400, "ILLEGAL_ARGUMENT", message)


def several_parameters(faults: list[tuple[str, str, str | None]]) -> Refusal:
    """Return the 400 for parameters: triples of code, path and description (None: the entry has none)."""
    entries = [
        {**({} if said is None else {"description": said}), "input": {"inputPath": {"fieldPath": path}}, "code": code}
        for code, path, said in faults
    ]
    what = "Multiple errors occurred during param validation." if len(entries) > 1 else "Invalid param."
    return Refusal(
        400,
        {
            "errorDetailType": BAD_REQUEST_TYPE,
            "message": f"{what} Please see errorDetails for more information.",
            "errorDetails": {"inputErrors": entries},
            "status": 400,
        },
    )
