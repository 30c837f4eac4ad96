"""Arrays handed to DuckDB as a stream of Arrow record batches, without copying: the C stream interface of Arrow, through ctypes.

https://arrow.apache.org/docs/format/CStreamInterface.html. The reader asks for a batch when it wants one, from any of its
threads, one at a time; until it releases a batch, the arrays of it are kept.
"""

from __future__ import annotations

import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, pointer
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Batch = tuple[int, Sequence[tuple[NDArray[Any], ...]]]

FAILED = 5
"""EIO, for any failure on our side."""
WORDS = ctypes.create_string_buffer(b"A batch could not be made.")


class _Schema(Structure):
    pass


class _Array(Structure):
    pass


class _Stream(Structure):
    pass


_FreeSchema, _FreeArray, _FreeStream = (CFUNCTYPE(None, POINTER(kind)) for kind in (_Schema, _Array, _Stream))
_Schema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p), ("flags", c_int64), ("n_children", c_int64),
    ("children", POINTER(POINTER(_Schema))), ("dictionary", POINTER(_Schema)), ("release", _FreeSchema), ("private", c_void_p),
]  # fmt: skip
_Array._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64), ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)), ("children", POINTER(POINTER(_Array))), ("dictionary", POINTER(_Array)),
    ("release", _FreeArray), ("private", c_void_p),
]  # fmt: skip
_GetSchema = CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Schema))
_GetNext = CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Array))
_GetError = CFUNCTYPE(c_void_p, POINTER(_Stream))
_Stream._fields_ = [
    ("get_schema", _GetSchema), ("get_next", _GetNext), ("get_last_error", _GetError), ("release", _FreeStream),
    ("private", c_void_p),
]  # fmt: skip


class Stream:
    """Batches as DuckDB reads them: `columns` by name have a format of Arrow; a batch has its length and each column's buffers.

    What goes wrong while a batch is made ends the reading, and is kept in `failure`: the reader itself only says that it failed.
    """

    def __init__(self, columns: Mapping[str, str], batches: Iterator[Batch]) -> None:
        self.failure: BaseException | None = None
        self._columns = [(name.encode(), kind.encode()) for name, kind in columns.items()]
        self._batches = batches
        self._numbers = count(1)
        self._held: dict[int, object] = {}
        self._streams: list[_Stream] = []
        self._free_schema = _FreeSchema(self._free)
        self._free_array = _FreeArray(self._free)
        self._free_stream = _FreeStream(self._free)
        self._calls = (_GetSchema(self._schema), _GetNext(self._next), _GetError(lambda _: ctypes.addressof(WORDS)))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A capsule with the stream; all of them read the same batches."""
        self._streams.append(_Stream(*self._calls, self._free_stream, None))
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [c_void_p, c_char_p, c_void_p]
        return new(ctypes.addressof(self._streams[-1]), b"arrow_array_stream", None)

    def _free(self, given: Any) -> None:  # noqa: ANN401 (a pointer to any of the three)
        self._held.pop(given.contents.private or 0, None)
        given.contents.release = type(given.contents.release)()

    def _hold(self, *things: object) -> int:
        number = next(self._numbers)
        self._held[number] = things
        return number

    def _schema(self, _stream: object, given: Any) -> int:  # noqa: ANN401
        parts = [_Schema(kind, name, None, 0, 0, None, None, self._free_schema, None) for name, kind in self._columns]
        children = (POINTER(_Schema) * len(parts))(*map(pointer, parts))
        given.contents.__init__(b"+s", b"", None, 0, len(parts), children, None, self._free_schema, self._hold(parts, children))
        return 0

    def _next(self, _stream: object, given: Any) -> int:  # noqa: ANN401
        try:
            batch = next(self._batches, None)
        except BaseException as problem:  # noqa: BLE001 (nothing may be raised into the reader's own threads)
            self.failure = problem
            return FAILED
        if batch is None:
            given.contents.__init__()
            return 0
        length, columns = batch
        parts, lists = [], []
        for buffers in columns:
            lists.append((c_void_p * (len(buffers) + 1))(None, *(array.ctypes.data for array in buffers)))
            parts.append(_Array(length, 0, 0, len(buffers) + 1, 0, lists[-1], None, None, self._free_array, None))
        children = (POINTER(_Array) * len(parts))(*map(pointer, parts))
        none = (c_void_p * 1)(None)
        number = self._hold(columns, parts, lists, children, none)
        given.contents.__init__(length, 0, 0, 1, len(parts), none, children, None, self._free_array, number)
        return 0
