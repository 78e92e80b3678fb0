# З чого складаються інші речення.

and = { $before } та { $last }
or = { $before } або { $last }
plan-day = день { $day }
as-written = { $text }
