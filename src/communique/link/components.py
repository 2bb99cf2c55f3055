"""Numbers that are joined pair by pair → the groups they form (union–find)."""


class Joined:
    """Numbers from 0, each in a group of its own at first."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Makes their two groups one."""
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first

    def together(self, one: int, other: int) -> bool:
        """True when both are in one group."""
        return self._root(one) == self._root(other)

    def groups(self) -> list[list[int]]:
        """All groups in the order of their first members, each in order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            found.setdefault(self._root(number), []).append(number)
        return list(found.values())
