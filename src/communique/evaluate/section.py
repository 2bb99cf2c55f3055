"""The figures of one section of an annotated article."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionScore:
    """`found` of `expected` entries, records produced that are `wrong`, and a line for each miss and each wrong one."""

    found: int
    expected: int
    wrong: int
    errors: tuple[str, ...] = ()

    def as_json(self) -> dict[str, int]:
        """The three figures."""
        return {"found": self.found, "expected": self.expected, "wrong": self.wrong}
