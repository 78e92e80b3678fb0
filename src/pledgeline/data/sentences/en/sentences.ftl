# What other sentences are put together from.

and = { $before } and { $last }
or = { $before } or { $last }
plan-day = day { $day }
# A text that was kept before sentences were data.
as-written = { $text }
