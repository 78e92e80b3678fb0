"""Pages of the chain: requirements and offers, listed, opened, written down and moved on."""
