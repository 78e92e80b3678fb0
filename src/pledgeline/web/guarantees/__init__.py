"""The room of guarantees: what was promised, who owes what when something happens, and what falls away."""
