"""How far a long task has come, on a terminal."""

from __future__ import annotations

from typing import NoReturn

from tqdm import tqdm


class Bar:
    """Progress as a bar with the time that is left, on a terminal only; a new stage begins a new bar.

    Example:
        >>> with Bar() as bar:
        ...     Assistant(Settings()).build(bar)
    """

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stage(self, name: str, total: int) -> None:
        """A stage of that many steps begins; the name is Norwegian."""
        self.close()
        layout = "{desc}: {percentage:3.0f} % |{bar}| {n_fmt}/{total_fmt}, {remaining} igjen"
        self._bar = tqdm(total=total, desc=f"{name:<20}", bar_format=layout, disable=None, leave=False)

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""
        if self._bar is not None:
            self._bar.update(steps)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
