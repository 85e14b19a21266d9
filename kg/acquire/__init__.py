"""Input -> Document: readers of files and rows, and the furniture around a story."""
