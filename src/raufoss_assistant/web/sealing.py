"""A seal on what is given to a browser to keep: only what this assistant made itself is taken back."""

from __future__ import annotations

import base64
import hmac
import secrets
import zlib
from functools import cached_property
from pathlib import Path

from filelock import FileLock

from raufoss_assistant.errors import UsageError

_FILE = "samtaler.key"
_LENGTH = 32
"""Bytes of the key, and of a seal."""
LONGEST_SEALED = 600_000
"""Characters; what is longer is not looked at."""
BROKEN = "Samtalen kan ikke åpnes. Den er endret, eller laget av en annen utgave av assistenten. Spør på nytt."


class Seal:
    """Packs and seals texts with a key that never leaves the data folder; the key is made when first needed.

    It hides nothing: whoever has the packed text can read it, but nobody can change it.

    Args:
        data_dir: where the key lies.

    Example:
        >>> seal = Seal(Path("data"))
        >>> seal.opened(seal.sealed(b"Hei"))
        b'Hei'
    """

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / _FILE

    def sealed(self, content: bytes) -> str:
        """The content packed, with a seal in front, as letters, digits, «-» and «_»."""
        packed = zlib.compress(content)
        return base64.urlsafe_b64encode(self._seal(packed) + packed).decode("ascii")

    def opened(self, sealed: object) -> bytes:
        """The content again.

        Raises:
            UsageError: it was not sealed here, or it was changed since.
        """
        if not isinstance(sealed, str) or len(sealed) > LONGEST_SEALED:
            raise UsageError(BROKEN)
        try:
            raw = base64.urlsafe_b64decode(sealed)
        except ValueError as error:
            raise UsageError(BROKEN) from error
        seal, packed = raw[:_LENGTH], raw[_LENGTH:]
        if not hmac.compare_digest(seal, self._seal(packed)):
            raise UsageError(BROKEN)
        return zlib.decompress(packed)

    def _seal(self, packed: bytes) -> bytes:
        return hmac.digest(self._key, packed, "sha256")

    @cached_property
    def _key(self) -> bytes:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._file.with_suffix(".lock")):
            if not self._file.exists():
                draft = self._file.with_suffix(".new")
                draft.touch(mode=0o600)
                draft.write_bytes(secrets.token_bytes(_LENGTH))
                draft.replace(self._file)
            return self._file.read_bytes()
