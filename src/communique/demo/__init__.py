"""The demonstration: our own articles on three stories (`record`, with `articles.yaml` and `gold.yaml`), and one page
(`article.html`).

The facts of the talks of 2021 and 2022 are public; the wording, the outlets and the two other stories are ours (CC BY 4.0).
See README.md.
"""
