"""How long things take, on both databases, beside the goals."""
