"""How a resource declares itself to the pipeline: keys, methods, scopes, handlers.

A folder of `resources/` exports `RESOURCES`, a tuple of `Resource`; `resources/__init__.py` lists the folders.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import Record

Handler: TypeAlias = Callable[[Call], Answer]
Need: TypeAlias = Literal["required", "optional"]
ScopeRule: TypeAlias = Callable[[Call], None]
"""Raises a `Refusal` when the grant does not cover the call; notes the scopes used in `call.used_scopes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One Rest.li method of a resource.

    `name` is in the words of permission messages: `GET`, `CREATE`, `FINDER-author`, `ACTION-initializeUpload`.
    """

    name: str
    handler: Handler
    scopes: frozenset[str] = frozenset()  # any one of them opens the method; empty: any token does
    compat_scopes: frozenset[str] = frozenset()  # open it too while `scope.policy` is `compat`
    gate: ScopeRule | None = None  # judged beside `scopes`: partner programmes, which scopes do not tell
    rule: ScopeRule | None = None  # what `scopes` cannot say (depends on the body or the entity)
    body: Record | None = None  # what LinkedIn accepts in the body; None: not read
    params: Mapping[str, Need] = field(default_factory=dict[str, Need])  # beside q, action, ids
    application_tokens: bool = False  # 2-legged tokens may call it
    source: str = ""  # the page it was read from


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One Rest.li resource: a collection with a key, a simple resource, or an association."""

    path: str  # below the base, such as "posts", "organizations"
    bases: frozenset[str]  # of {"v2", "rest"}
    methods: tuple[Method, ...]
    permission: str = ""  # its name in permission messages; empty: the path
    key: Literal["none", "number", "string", "urn", "compound"] = "none"
    takes_raw_urns: bool = False  # its keys and parameters may carry unencoded URNs under 2.0.0 too
    product: str = "marketing"  # which version line it belongs to (contract/versions)
    _by_name: dict[str, Method] = field(default_factory=dict[str, Method], init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for method in self.methods:
            self._by_name.setdefault(method.name.lower(), method)

    def method(self, name: str) -> Method | None:
        """Return the method of that name.

        Action and finder names are compared without case: LinkedIn's own pages spell one action both
        `completeMultiPartUpload` and `completeMultipartUpload`.
        """
        return self._by_name.get(name.lower())
