# What other sentences are put together from.
#
# Beside what Fluent has, a message may say how a parameter is written:
# { $names }, { LIST($names, by: "or") }   several things: with “and”, “or”, or only a `comma`, `semicolon`, `space`
# { MOMENT($at, zone: "UTC") }             a moment as the clock of UTC shows it; `to: "minutes"` leaves its seconds out
# { BREAKING($amount) }                    an amount within which a line may end
# { NUMBER($count, useGrouping: 0) }       a whole number without marks of thousands

and = { $before } and { $last }
or = { $before } or { $last }
plan-day = day { $day }
# A text that was kept before sentences were data.
as-written = { $text }
