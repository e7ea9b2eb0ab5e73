"""Texts in languages: `{"localized": {"en_US": ...}, "preferredLocale": {...}}`.

Source: "Object Types", learn.microsoft.com /linkedin/shared/references/v2/object-types
"""

from typing import Any


def locale_of(locale: str) -> dict[str, str]:
    """Return `en_US` as country and language."""
    language, _, country = locale.partition("_")
    return {"country": country, "language": language} if country else {"language": language}


def multi_locale(text: str, locale: str = "en_US") -> dict[str, Any]:
    """Return a text in one language as LinkedIn writes texts of several."""
    return {"localized": {locale: text}, "preferredLocale": locale_of(locale)}
