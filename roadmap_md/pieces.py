"""Bytes to be kept, in pieces: columns of numbers, and strings. A piece begins with its length.

What is read at every start must cost little: nothing here looks at each number.
"""

from array import array
from collections.abc import Iterable, Iterator


def joined(pieces: Iterable[bytes]) -> bytes:
    return b''.join(part for piece in pieces for part in (len(piece).to_bytes(8), piece))


def pieces(data: bytes) -> Iterator[bytes]:
    done = 0
    while done < len(data):
        stop = done + 8 + int.from_bytes(data[done : done + 8])
        yield data[done + 8 : stop]
        done = stop


def numbers(kind: str, data: bytes = b'') -> 'array[int]':
    found: array[int] = array(kind)
    found.frombytes(data)
    return found


def text(*strings: str) -> bytes:
    return ''.join(f'{string}\0' for string in strings).encode(errors='surrogatepass')


def strings(data: bytes) -> list[str]:
    return data.decode(errors='surrogatepass').split('\0')[:-1]
