"""What the model predicts: the order of types, modes and statuses in its outputs."""

from communique.codebook.event_types import load_event_types
from communique.records import Status

NONE = "NONE"
TYPES = (*sorted(load_event_types().types), NONE)
MODES = tuple(
    f"{name}-{mode}" for name, each in sorted(load_event_types().types.items()) for mode in sorted(each.mode_scores)
)
STATUSES = tuple(status.value for status in Status)
