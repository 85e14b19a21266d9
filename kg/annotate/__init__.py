"""Document and parse in, annotations out: what the text speaks of, and when."""
