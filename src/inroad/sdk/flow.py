"""One definition, two colours: a resource method is a generator that yields what it wants done.

`@operation` and `@paged` show such a flow as a plain method on a blocking client and as a coroutine function (or an
async iterator) on an async one. Nothing here does anything: drivers do.
"""

import inspect
from abc import ABC, abstractmethod
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Coroutine,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    BinaryIO,
    ClassVar,
    Concatenate,
    Generic,
    Literal,
    ParamSpec,
    TypeAlias,
    TypeVar,
    cast,
    final,
    get_args,
    overload,
)

import msgspec

from inroad.sdk.errors import UnexpectedResponse

T = TypeVar("T")
P = ParamSpec("P")
Defined = TypeVar("Defined", bound=Callable[..., object])

Host: TypeAlias = Literal["api", "oauth"]
Stream: TypeAlias = BinaryIO | Iterable[bytes] | AsyncIterable[bytes]


class Piece(msgspec.Struct, frozen=True):
    """`size` bytes of something larger, sent with their number as its length; read while it is sent.

    A path, and a file that can seek, are read from `start`. Of a stream `start` says nothing: it yields these bytes.
    """

    source: Path | Stream
    start: int
    size: int

    @property
    def is_seekable(self) -> bool:
        """Whether the bytes can be read again."""
        return isinstance(self.source, Path) or hasattr(self.source, "seek")


Body: TypeAlias = bytes | Path | Piece | Stream
"""What can be sent; an async iterable by an async client only."""


class Request(msgspec.Struct, frozen=True):
    """What a flow wants sent. Drivers add authorization, versions and everything else that is not its business.

    `path` is percent-encoded and relative to its host, or an absolute URL that LinkedIn handed out; it may carry a
    query. `params` are encoded by Rest.li's rules, `query` is appended as it is (projections). `repeatable` overrules
    what the method says about retrying.
    """

    method: str
    path: str
    params: Mapping[str, object] | None = None
    query: str = ""
    json: object = None
    content: Body | None = None
    content_type: str | None = None
    headers: Mapping[str, str | None] | None = None
    restli_method: str | None = None
    host: Host = "api"
    authorized: bool = True
    repeatable: bool | None = None

    @property
    def call(self) -> str:
        """Method and path without the query, for messages."""
        return f"{self.method} {self.path.partition('?')[0]}"

    def __repr__(self) -> str:
        # Bodies and headers may hold secrets.
        return f"Request({self.call})"


class Sleep(msgspec.Struct, frozen=True):
    """A wait that a flow asks for."""

    seconds: float


class Headers(Mapping[str, str]):
    """An answer's headers, looked up without regard to case."""

    __slots__ = ("_by_name", "_raw")

    def __init__(self, raw: Sequence[tuple[bytes, bytes]]) -> None:
        self._raw = raw
        self._by_name: dict[str, str] | None = None

    @classmethod
    def of(cls, items: Mapping[str, str]) -> "Headers":
        """Return headers made of texts, for tests and other transports."""
        return cls([(name.encode("latin-1"), value.encode("latin-1")) for name, value in items.items()])

    @classmethod
    def named(cls, by_name: dict[str, str]) -> "Headers":
        """Return headers whose names are in lower case already."""
        made = cls(())
        made._by_name = by_name
        return made

    def _read(self) -> dict[str, str]:
        if self._by_name is None:
            self._by_name = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in self._raw}
        return self._by_name

    def __getitem__(self, name: str) -> str:
        return self._read()[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


@final
class Response:
    """What came back. `received_at` is stamped by the driver."""

    __slots__ = ("content", "headers", "received_at", "status")

    def __init__(
        self,
        status: int,
        headers: Headers | Mapping[str, str] | None = None,
        content: bytes = b"",
        *,
        received_at: datetime | None = None,
    ) -> None:
        self.status = status
        self.headers: Headers = headers if isinstance(headers, Headers) else Headers.of(headers or {})
        self.content = content
        self.received_at = received_at

    @property
    def request_id(self) -> str | None:
        """LinkedIn's id of the call, for its support."""
        return self.headers.get("x-li-uuid")

    def json(self) -> Any:
        """Return the body as JSON values.

        Raises:
            UnexpectedResponse: the body is not JSON.
        """
        return self.decode(_ANY)

    def decode(self, decoder: "msgspec.json.Decoder[T]") -> T:
        """Return the body as the decoder's type.

        Raises:
            UnexpectedResponse: the body does not fit.
        """
        try:
            return decoder.decode(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError) as cause:
            raise self.unexpected(f"cannot read the answer: {cause}") from cause

    def unexpected(self, message: str) -> UnexpectedResponse:
        """Return the error to raise when the answer cannot be used."""
        return UnexpectedResponse(message, status=self.status, content=self.content, request_id=self.request_id)

    def __repr__(self) -> str:
        return f"Response({self.status}, {len(self.content)} bytes)"


_ANY: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder()

Step: TypeAlias = Request | Sleep
Flow: TypeAlias = Generator[Step, Response, T]


def send(request: Request) -> Flow[Response]:
    """Ask for one call and return its answer; errors are raised at the `yield`."""
    return (yield request)


class Page(Generic[T]):
    """Some elements of a list, and the flow that brings the next ones. `following` is None on the last page."""

    __slots__ = ("elements", "following")

    def __init__(self, elements: Sequence[T], following: "Callable[[], Flow[Page[T]]] | None" = None) -> None:
        self.elements = elements
        self.following = following


class Blocking(ABC):
    """A driver that runs flows on the calling thread."""

    @abstractmethod
    def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end and return what it returns."""


class NonBlocking(ABC):
    """A driver that runs flows on asyncio's loop."""

    @abstractmethod
    async def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end and return what it returns."""


IO = TypeVar("IO", bound=Blocking | NonBlocking)


class Resource(Generic[IO]):
    """Whatever has operations: a LinkedIn resource bound to the driver that runs them."""

    def __init__(self, driver: IO) -> None:
        self.driver: IO = driver


class Group(Resource[IO]):
    """Resources under one name, each loaded when it is first asked for: there are more than any one program needs.

    A subclass names its package and annotates them: `posts: "Posts[IO]"` is the class of that name in module `posts`.
    """

    _home: ClassVar[str]
    _kinds: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, *, home: str | None = None) -> None:
        super().__init_subclass__()
        if home is not None:
            cls._home = home
            cls._kinds = {name: kind.removesuffix("[IO]") for name, kind in cls.__annotations__.items()}

    if not TYPE_CHECKING:  # the annotations say what there is; a name that is not among them stays an error

        def __getattr__(self, name: str) -> Resource[IO]:
            kind = self._kinds.get(name)
            if kind is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            resource = getattr(import_module(f"{self._home}.{name}"), kind)(self.driver)
            setattr(self, name, resource)
            return resource

    def __dir__(self) -> Iterable[str]:
        return {*super().__dir__(), *self._kinds}


class Operation(Generic[P, T]):
    """A flow shown as a method: plain on a blocking resource, a coroutine function on an async one."""

    def __init__(self, define: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self.flow = define
        self.__doc__ = define.__doc__

    # Both forms are made when they are first asked for: signatures are a third of what defining a resource costs.

    @cached_property
    def _blocking(self) -> Callable[..., T]:
        define = self.flow

        def blocking(resource: Resource[Blocking], /, *args: P.args, **kwargs: P.kwargs) -> T:
            return resource.driver.run(define(resource, *args, **kwargs))

        return _present(blocking, define, _result_type(define))

    @cached_property
    def _nonblocking(self) -> Callable[..., Coroutine[Any, Any, T]]:
        define = self.flow

        async def nonblocking(resource: Resource[NonBlocking], /, *args: P.args, **kwargs: P.kwargs) -> T:
            return await resource.driver.run(define(resource, *args, **kwargs))

        return _present(nonblocking, define, _result_type(define))

    @overload
    def __get__(self, resource: None, owner: type) -> "Operation[P, T]": ...
    @overload
    def __get__(self, resource: Resource[Blocking], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, resource: Resource[NonBlocking], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> object:
        if resource is None:
            return self
        form = self._blocking if isinstance(resource.driver, Blocking) else self._nonblocking
        return MethodType(form, resource)


class Paged(Generic[P, T]):
    """A flow of pages shown as an iterator, or an async iterator, of their elements; pages come as one iterates."""

    def __init__(self, define: Callable[Concatenate[Any, P], Flow[Page[T]]]) -> None:
        self.flow = define
        self.__doc__ = define.__doc__

    @cached_property
    def _blocking(self) -> Callable[..., Iterator[T]]:
        define = self.flow

        def blocking(resource: Resource[Blocking], /, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
            return _iterate(resource.driver, define(resource, *args, **kwargs))

        element = _element_type(define)
        return _present(blocking, define, Iterator[element])  # type: ignore[valid-type]  # built at run time

    @cached_property
    def _nonblocking(self) -> Callable[..., AsyncIterator[T]]:
        define = self.flow

        def nonblocking(resource: Resource[NonBlocking], /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
            return _iterate_async(resource.driver, define(resource, *args, **kwargs))

        element = _element_type(define)
        return _present(nonblocking, define, AsyncIterator[element])  # type: ignore[valid-type]  # as above

    @overload
    def __get__(self, resource: None, owner: type) -> "Paged[P, T]": ...
    @overload
    def __get__(self, resource: Resource[Blocking], owner: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, resource: Resource[NonBlocking], owner: type) -> Callable[P, AsyncIterator[T]]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> object:
        if resource is None:
            return self
        form = self._blocking if isinstance(resource.driver, Blocking) else self._nonblocking
        return MethodType(form, resource)


def operation(define: Callable[Concatenate[Any, P], Flow[T]]) -> Operation[P, T]:
    """Turn a flow definition into a method of both colours."""
    return Operation(define)


def paged(define: Callable[Concatenate[Any, P], Flow[Page[T]]]) -> Paged[P, T]:
    """Turn a definition whose flow returns pages into an iterating method of both colours."""
    return Paged(define)


def _iterate(io: Blocking, flow: Flow[Page[T]]) -> Iterator[T]:
    page = io.run(flow)
    while True:
        yield from page.elements
        if page.following is None:
            return
        page = io.run(page.following())


async def _iterate_async(io: NonBlocking, flow: Flow[Page[T]]) -> AsyncGenerator[T]:
    page = await io.run(flow)
    while True:
        for element in page.elements:
            yield element
        if page.following is None:
            return
        page = await io.run(page.following())


def _result_type(define: Callable[..., object]) -> object:
    # Flow[T] is Generator[Step, Response, T]; definitions are annotated with real types, not with texts.
    arguments = get_args(define.__annotations__["return"])
    return arguments[2]


def _element_type(define: Callable[..., object]) -> object:
    (element,) = get_args(_result_type(define)) or (Any,)
    return element


def _present(form: Defined, define: Callable[..., object], result: object) -> Defined:
    """Dress a form as its definition: name, text, and the signature with the type that callers receive."""
    shown = cast("Any", form)
    shown.__name__, shown.__qualname__, shown.__module__ = define.__name__, define.__qualname__, define.__module__
    shown.__doc__ = define.__doc__
    shown.__annotations__ = {**define.__annotations__, "return": result}
    shown.__signature__ = inspect.signature(define).replace(return_annotation=result)
    return form
