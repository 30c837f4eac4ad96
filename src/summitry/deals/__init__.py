"""Deals: packages, the exact frontier, bargaining solutions, prices, and the gates that a swap must pass."""
