"""The pages of a programme's books: where every cent is, how it got there, and the proof of it.

Everything is read as of a day and as known on a day. `asked` says what a request asks for, `figures` adds
balances up, `words` names stages and events; the other files are a page each, or a few that belong together.
"""
