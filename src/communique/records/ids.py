"""Ids: a hash of identity fields, so that a second run gives the same ids and writing twice changes nothing.

Only what a thing *is* goes in (article, span, type), never scores, times of day or run ids.
"""

import hashlib

ID_HEX_DIGITS = 16  # 64 bits: a collision among a million records has odds of about 1 in 37 million


def make_id(kind: str, *identity: str | int | None) -> str:
    """An id such as `claim-3f2a…`: the kind, then a hash of the length-prefixed identity fields (None differs from "")."""
    digest = hashlib.sha256()
    for field in (kind, *identity):
        encoded = b"\x00" if field is None else b"\x01" + str(field).encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return f"{kind}-{digest.hexdigest()[:ID_HEX_DIGITS]}"
