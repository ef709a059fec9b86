"""Where the exercises were until they got a package of their own: says so to an old copy."""

raise ImportError(
    "The exercises have a package of their own now: write `from exercises import exercise`."
)
