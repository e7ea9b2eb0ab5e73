"""What the service raises on purpose. Rooms add their own leaves below `ServiceError` in their own files.

ServiceError                  everything the service raises on purpose; the text and `.fix` are for a person
├─ ConfigurationError         set up wrongly; `.setting` is the environment variable
├─ StoreError                 the database cannot do it
│  ├─ DatabaseInUse           another inroad holds the SQLite file; `.pid` when known
│  ├─ StorageFull             no room left; nothing of the change was kept
│  ├─ StorageReadOnly         the file or server may only be read; nothing of the change was kept
│  └─ SchemaTooNew            a newer inroad wrote this database
├─ InvalidInput               a person's input; also a ValueError; `.field` names it
├─ NotAllowed                 signed in, but not for this
├─ Missing                    no such thing in this workspace
├─ SignInError                nobody is signed in by this
│  ├─ SignInRefused           wrong e-mail address or password, never saying which
│  ├─ TooManyAttempts         `.retry_at` says when the next one counts
│  ├─ LinkRefused             a link or login code that is unknown, used or too old
│  └─ SessionEnded            no session, or not any more
├─ VaultError                 a sealed value cannot be opened or made
│  ├─ WrongRootKey            the root key is not the one that sealed this database
│  └─ SealBroken              the sealed bytes were changed or belong to another place
└─ LinkError                  something between a workspace and LinkedIn
   ├─ StateRefused            the callback's state is unknown, used, too old or of another session; `.reason`
   ├─ ConsentRefused          LinkedIn came back with an error instead of a code; `.error`
   ├─ ConnectionExpired       the grant is over; a person must connect again
   └─ AuthorUnavailable       the connection may not speak for this member or organization
"""

from datetime import datetime


class ServiceError(Exception):
    """Everything the service raises on purpose.

    The text says what is wrong; `fix`, when there is one, says what to do about it.
    """

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.fix = fix


class ConfigurationError(ServiceError):
    """The service is set up wrongly."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting = setting


class StoreError(ServiceError):
    """The database cannot do what was asked."""


class DatabaseInUse(StoreError):
    """Another inroad holds this SQLite file."""

    def __init__(self, path: str, pid: int | None) -> None:
        who = "another inroad" if pid is None else f"another inroad (pid {pid})"
        super().__init__(
            f"{who} already uses the database {path}",
            fix="stop that one first, or give this one another folder with INROAD_DATA_DIR",
        )
        self.pid = pid


class StorageFull(StoreError):
    """No room left where the database lives; nothing of the change was kept."""


class StorageReadOnly(StoreError):
    """The database may only be read; nothing of the change was kept."""


class SchemaTooNew(StoreError):
    """A newer inroad wrote this database."""


class InvalidInput(ServiceError, ValueError):
    """A value that a person gave is not usable."""

    def __init__(self, field: str, problem: str, *, fix: str = "") -> None:
        super().__init__(problem, fix=fix)
        self.field = field


class NotAllowed(ServiceError):
    """The person is known, but may not do this."""


class Missing(ServiceError):
    """There is no such thing in this workspace."""


class SignInError(ServiceError):
    """Nobody is signed in by this."""


class SignInRefused(SignInError):
    """The e-mail address or the password is wrong; which one is not said."""


class TooManyAttempts(SignInError):
    """Too many failed attempts; `retry_at` is when the next one is looked at."""

    def __init__(self, message: str, *, retry_at: datetime, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.retry_at = retry_at


class LinkRefused(SignInError):
    """A one-time link or login code is unknown, used or too old."""


class SessionEnded(SignInError):
    """There is no such session, or not any more."""


class VaultError(ServiceError):
    """A sealed value cannot be opened or made."""


class WrongRootKey(VaultError):
    """The root key is not the one that sealed this database."""


class SealBroken(VaultError):
    """The sealed bytes were changed, or belong to another place."""


class LinkError(ServiceError):
    """Something between a workspace and LinkedIn."""


class StateRefused(LinkError):
    """The callback's state cannot be honoured; `reason` is one of unknown, used, expired, foreign."""

    def __init__(self, message: str, *, reason: str, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.reason = reason


class ConsentRefused(LinkError):
    """LinkedIn came back with an error instead of a code; `error` is LinkedIn's word for it."""

    def __init__(self, message: str, *, error: str, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.error = error


class ConnectionExpired(LinkError):
    """The grant is over; a person must connect again."""


class AuthorUnavailable(LinkError):
    """The connection may not speak for this member or organization."""
