"""Annotations in, claims out."""
