"""The offline verifier: one file that is copied into every evidence package."""
