"""The reading room: a record as web pages and as an API."""

from communique.serve.app import make_app, settle

__all__ = ["make_app", "settle"]
