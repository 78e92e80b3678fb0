### Why a discrepancy cannot be settled.

not-outstanding = Units that are not outstanding any more, or under way.
not-outstanding_units = On line { $line } only { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} outstanding and not under way.
    .way-out = Look at the order: the rest was cancelled, or others are on their way in their place.
