"""The pages of docs/reference that are made from the program itself: one module a page, each with `page() -> str`."""
