"""The tables that CSV, Parquet and JSON lines are made of: one row a record, each column with its type and description."""
