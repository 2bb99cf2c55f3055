"""A sentence with tags → the plain sentence and its marks: `<s>` actor, `<t>` recipient, `<e>` trigger, `<q>` speaker."""

import re

TAG = re.compile(r"<(/?)([steq])>")
NAMES = {"s": "actor", "t": "recipient", "e": "trigger", "q": "speaker"}


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence, and each mark's (start, end) in it. Raises ValueError on unbalanced, nested or repeated tags."""
    plain: list[str] = []
    length = 0
    position = 0
    opened: tuple[str, int] | None = None
    marks: dict[str, tuple[int, int]] = {}
    for tag in TAG.finditer(marked):
        text = marked[position : tag.start()]
        plain.append(text)
        length += len(text)
        position = tag.end()
        closing, letter = tag.group(1) == "/", tag.group(2)
        if closing:
            if opened is None or opened[0] != letter or opened[1] == length:
                raise ValueError(f"</{letter}> closes nothing, or an empty mark")
            marks[NAMES[letter]] = (opened[1], length)
            opened = None
        elif opened is not None:
            raise ValueError(f"<{letter}> inside <{opened[0]}>; marks do not nest")
        elif NAMES[letter] in marks:
            raise ValueError(f"<{letter}> stands twice")
        else:
            opened = (letter, length)
    if opened is not None:
        raise ValueError(f"<{opened[0]}> is never closed")
    plain.append(marked[position:])
    return "".join(plain), marks
