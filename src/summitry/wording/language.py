"""The messages of a language, by themselves, so that help need not load what lays out an answer."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

Messages = Mapping[str, str]


LANGUAGE = "english"
"""The language in which everything is shown, unless a door asks for another: the name of a folder beside this file."""


def messages(language: str | None = None) -> Messages:
    """All messages of a language by code; without a name, of `LANGUAGE`."""
    return _messages(language or LANGUAGE)


@cache
def _messages(language: str) -> Messages:
    package = import_module(f"summitry.wording.{language}")
    merged: dict[str, str] = {}
    for module in pkgutil.iter_modules(package.__path__):
        own: Messages = import_module(f"{package.__name__}.{module.name}").MESSAGES
        if twice := merged.keys() & own.keys():
            msg = f"the catalogue words {', '.join(sorted(twice))} twice"
            raise ValueError(msg)
        merged |= own
    return merged
