# Why a text is no TOML that we read.

too-deep = A key, a header or brackets go more than { $most } steps deep here.
    .way-out = Write keys of a few parts; a name with points in it stands in quotes.
nested-too-deeply = Tables or lists are nested too deeply.
    .way-out = Nest them less deeply.
# $problem is what the reader of Python's library says, in English.
not-valid = This is not valid TOML: { $problem }.
    .way-out = Correct this line; texts stand in quotes, days are written 2025-08-31 without.
long-number = A number has more than { $most } digits.
    .way-out = Write the number that was meant, or a text in quotes.
