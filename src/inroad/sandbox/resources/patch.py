"""Rest.li partial updates: `$set` and `$delete` at any depth.

Source: "Partial update", linkedin.github.io/rest.li/spec/protocol
"""

from collections.abc import Mapping
from typing import Any

from inroad.sandbox.records import schema_refusal
from inroad.sandbox.shape import is_list, is_object


def patched(document: Mapping[str, Any], patch: object, path: str = "") -> dict[str, Any]:
    """Return `document` after the patch; what the patch walks through and is missing is made.

    Raises:
        Refusal: 422 for a patch that is no patch at some depth; fields and their types are not looked at.
    """
    if not is_object(patch):
        raise schema_refusal([f"ERROR :: {path} :: record type is not backed by a DataMap"])
    changes, dropped = patch.get("$set", {}), patch.get("$delete", [])
    if not is_object(changes):
        raise schema_refusal([f"ERROR :: {path}/$set :: map type is not backed by a DataMap"])
    if not is_list(dropped):
        raise schema_refusal([f"ERROR :: {path}/$delete :: array type is not backed by a DataList"])
    result = {name: value for name, value in document.items() if name not in dropped}
    result |= changes
    for name, inner in patch.items():
        if not name.startswith("$"):
            known = result.get(name)
            result[name] = patched(known if is_object(known) else {}, inner, f"{path}/{name}")
    return result
