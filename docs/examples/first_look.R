# A first look at a record with R, through Parquet. Before it, at the command line:
#   communique export parquet --kind events --out events.parquet
#   communique export parquet --kind claims --out claims.parquet
# Needs install.packages(c("arrow", "dplyr", "tidyr")).

library(arrow)
library(dplyr)
library(tidyr)

events <- read_parquet(
  "events.parquet",
  col_select = c("id", "type", "status", "actors", "first_day", "articles", "voices", "disputed", "quotation", "outlet")
)

# Whether it happened or was only said
events |> count(type, status, sort = TRUE) |> print(n = 10)

# One row for each actor of an event: lists of text are list columns
events |>
  filter(status %in% c("occurred", "ongoing")) |>
  unnest_longer(actors) |>
  count(actors, sort = TRUE) |>
  print(n = 10)

# What the reports of one event disagree about
events |> filter(lengths(disputed) > 0) |> select(first_day, type, disputed, voices, quotation) |> print(n = 10)

claims <- read_parquet(
  "claims.parquet",
  col_select = c("event_id", "status", "score", "published", "outlet", "quotation", "quotation_start", "quotation_end")
)

# The mean score of what took place, week by week
claims |>
  filter(status == "occurred", !is.na(published)) |>
  mutate(week = as.Date(cut(published, "week"))) |>
  group_by(week) |>
  summarise(claims = n(), score = mean(score, na.rm = TRUE)) |>
  print(n = 10)

# The reports behind each event
events |> inner_join(claims, by = c(id = "event_id"), suffix = c("", "_claim")) |> count(type, outlet_claim, sort = TRUE)
