"""The catalogue in English: one module for each part of the chain, each a mapping from codes to messages."""
