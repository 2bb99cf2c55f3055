"""The API: every list and record of the record file as JSON, with the words it stands on."""
