"""What words say of an announced meeting: confirmed, postponed, called off (data/meetings.yaml)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError, MeetingStatus

LISTS = (
    "confirming", "unconfirming", "postponing", "calling_off", "refusing", "declining", "attending", "standing", "towards",
    "due",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingWords:
    """One pattern for each list of the file; `towards` and `due` match at the end of what stands before a day."""

    confirming: re.Pattern[str]
    unconfirming: re.Pattern[str]
    postponing: re.Pattern[str]
    calling_off: re.Pattern[str]
    refusing: re.Pattern[str]
    declining: re.Pattern[str]
    attending: re.Pattern[str]
    standing: re.Pattern[str]
    towards: re.Pattern[str]
    due: re.Pattern[str]
    naming: frozenset[str]
    among: frozenset[str]

    def told(self, clause: str) -> MeetingStatus | None:
        """What a clause says of the meeting it speaks of, in lower case; None where it only names it."""
        if self.standing.search(clause):
            return MeetingStatus.CONFIRMED
        if self.postponing.search(clause):
            return MeetingStatus.POSTPONED
        return MeetingStatus.CANCELLED if self.calling_off.search(clause) else None

    def refused(self, trigger: str, clause: str) -> MeetingStatus | None:
        """What a refusal does to the meeting it is about; None for one that only wants no talks, or denies some."""
        told = self.told(clause)
        if told is not None or self.refusing.match(trigger):
            return told or MeetingStatus.CANCELLED
        declined = self.declining.match(trigger) and self.attending.search(clause)
        return MeetingStatus.CANCELLED if declined else None

    def confirms(self, sentence: str) -> bool:
        """True when a sentence in lower case says that somebody confirms it, and not that nobody has."""
        return any(
            not self.unconfirming.search(sentence[max(0, match.start() - 25) : match.start()])
            for match in self.confirming.finditer(sentence)
        )


@lru_cache(maxsize=1)
def load_meeting_words() -> MeetingWords:
    """The packaged words. Raises CodebookError when a list is missing."""
    entry = read_yaml("meetings.yaml")
    try:
        patterns = {name: _pattern([str(each) for each in entry[name]]) for name in LISTS}
        naming, among = (frozenset(map(str, entry[name])) for name in ("naming", "among"))
    except (KeyError, TypeError, re.error) as error:
        raise CodebookError(f"codebook file meetings.yaml: {error}; see codebook/meetings.py") from error
    unconfirming = re.compile(rf"(?:{patterns['unconfirming'].pattern}|n['’]t)[^,;]*$")
    before = {name: re.compile(rf"{patterns[name].pattern}\s*$") for name in ("towards", "due")}
    return MeetingWords(**patterns | before | {"unconfirming": unconfirming}, naming=naming, among=among)


def _pattern(listed: list[str]) -> re.Pattern[str]:
    told = (re.escape(each).replace("_", r"\w*").replace(r"\ ", r"\s+") for each in listed)
    return re.compile(rf"\b(?:{'|'.join(told)})\b")
