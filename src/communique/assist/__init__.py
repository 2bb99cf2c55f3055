"""The record for language models: tools that answer with exact quotations, for checking what a model says against the words."""
