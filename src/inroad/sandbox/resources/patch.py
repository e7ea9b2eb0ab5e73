"""Rest.li partial updates: `$set` and `$delete` at any depth.

Source: "Partial update", linkedin.github.io/rest.li/spec/protocol
"""

from collections.abc import Mapping
from typing import Any


def patched(document: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return `document` after the patch; what the patch walks through and is missing is made."""
    result = {name: value for name, value in document.items() if name not in patch.get("$delete", ())}
    result |= patch.get("$set", {})
    for name, inner in patch.items():
        if not name.startswith("$"):
            known = result.get(name)
            result[name] = patched(known if isinstance(known, Mapping) else {}, inner)
    return result
