"""The door for programs: what pages show and do, as JSON under `/api/v1/`, with the same rights."""
