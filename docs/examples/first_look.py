"""A first look at a record with pandas and polars. Run: python first_look.py PATH … (files or folders with articles)."""

import sys

import pandas as pd
import polars as pl

import communique

record = communique.read(*sys.argv[1:], record=None)  # a record file's name instead of None keeps it

# pandas: who deals with whom, and whether it happened or was only said
events = pd.DataFrame(communique.rows(record, "events"), columns=communique.columns("events"))
events["who"] = events["actors"].str.join(", ")
print(events.groupby(["type", "status"]).size().sort_values(ascending=False).head(10))
done = events[events["status"].isin(["occurred", "ongoing"])]
print(done[["first_day", "type", "who", "quotation", "outlet"]].head(10).to_string(index=False))

# polars: how much each outlet reports, and how friendly; every row is looked at, so that a column's type is certain
claims = pl.DataFrame(communique.rows(record, "claims"), infer_schema_length=None)
by_outlet = claims.group_by("outlet").agg(pl.len().alias("claims"), pl.col("score").mean().round(2).alias("mean_score"))
print(by_outlet.sort("claims", descending=True).head(10))

# Every row quotes its words: the characters quotation_start to quotation_end of the article
articles = {article.id: article for article in record.articles()}
for row in claims.head(5).iter_rows(named=True):
    text = articles[row["article_id"]].text
    assert text[row["quotation_start"] : row["quotation_end"]] == row["quotation"]
    print(f"{row['status']:<12} {row['type']:<10} “{row['quotation']}” ({row['outlet']})")

# The record itself, in its own types: one question more
for event in record.events(communique.Filters(statuses=("disputed",), limit=5)):
    print(event.type, "reports differ about", ", ".join(event.disputed))
record.close()
