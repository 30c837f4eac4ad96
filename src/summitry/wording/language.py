"""The messages of a language, by themselves, so that help need not load what lays out an answer."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

Messages = Mapping[str, str]


@cache
def messages(language: str = "english") -> Messages:
    """All messages of a language by code."""
    package = import_module(f"summitry.wording.{language}")
    merged: dict[str, str] = {}
    for module in pkgutil.iter_modules(package.__path__):
        own: Messages = import_module(f"{package.__name__}.{module.name}").MESSAGES
        if twice := merged.keys() & own.keys():
            msg = f"the catalogue words {', '.join(sorted(twice))} twice"
            raise ValueError(msg)
        merged |= own
    return merged
