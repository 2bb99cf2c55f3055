"""The pages: what the record says, for people to look at."""

from communique.serve.pages.routes import prepare, router

__all__ = ["prepare", "router"]
