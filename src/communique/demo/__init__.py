"""The article of `communique demo`, `article.html`: our own page on the Geneva talks of 10 January 2022, messy as scraped ones are.

The facts are public; the wording, the machine translation's faults, the misspelt names and the furniture are ours (CC BY 4.0).
"""
