"""Many documents: the same per-document function on many cores, and what is kept between runs."""
