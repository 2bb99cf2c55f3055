"""Everything goes out: a record, or what some filters keep of it → files that others' tools read. The formats are in `formats`."""
