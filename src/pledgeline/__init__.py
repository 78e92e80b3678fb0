"""Follow donor money and goods from a promise to a delivered item."""
