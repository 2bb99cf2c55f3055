"""Does a produced date say what an annotator's does? A finer date inside the expected one does, a coarser one does not."""

from communique.records import Timex


def date_agrees(wanted: str, produced: Timex | None) -> bool:
    """`wanted` is a TIMEX3 value (2024-08-06, 2025-W08, 2018); the produced value must be equal or a refinement of it."""
    if produced is None:
        return False
    if produced.value == wanted or produced.value.startswith((f"{wanted}T", f"{wanted}-")):
        return True
    dates = produced.dates
    if dates is None or dates.earliest is None or dates.latest is None:
        return False
    year, week = dates.earliest.isocalendar()[:2], dates.latest.isocalendar()[:2]
    weeks = {f"{iso_year}-W{iso_week:02}" for iso_year, iso_week in (year, week)}
    return weeks == {wanted} or (dates.earliest == dates.latest and dates.earliest.isoformat() == wanted)
