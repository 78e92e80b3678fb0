# What other sentences are put together from.

and = { $before } and { $last }
or = { $before } or { $last }
