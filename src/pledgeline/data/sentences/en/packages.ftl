### Why the step of a package cannot be taken.

ordered = A package of which lines are ordered.
ordered_package = Lines of { $key } are in the order { $order }.
    .way-out = Split off what is not ordered, or cancel that order first.
not-over = An order that is neither accepted nor cancelled.
not-over_order = The order { $order } is neither accepted nor cancelled.
    .way-out = Accept it, or cancel it.
outstanding = Units that are still to come.
outstanding_order = Of the order { $order } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} outstanding.
    .way-out = Wait for the receipt, or cancel the rest of the order.
not-settled = A discrepancy that nobody has settled.
not-settled_discrepancy = Of the discrepancy { $discrepancy } it is not settled what becomes of it.
    .way-out = Settle it first.
not-free = A line that cannot be moved.
not-free_line = Line { $line } cannot be moved: it is ordered, its money was released, or there is another price.
    .way-out = Leave the line out.
more-than-there = More units than the line has.
more-than-there_line = Line { $line } has { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit
   *[other] units
}.
    .way-out = Move no more than it has.
nothing-left = A split that leaves nothing behind.
nothing-left_split = Nothing would be left in { $key }.
    .way-out = Leave a line out, or units of one.
no-package = A package that cannot take another one in.
no-package_other = There is no other open package “{ $package }”.
    .way-out = Look it up in the list of packages.
nothing-free = A package without a line that could be moved.
nothing-free_package = { $key } has no line that could be moved.
    .way-out = Look at its lines: they are ordered, or their money was released.
long-name = A name of a line that is too long.
long-name_line = The line would be called “{ $line }”, which is too long.
    .way-out = Choose a shorter name for the package.
terms = A package that terms of a contribution keep out.
terms_contribution = By its terms { $contribution } pays { $share }% of a package at most, or all of one; in { $key } it would be otherwise.
    .way-out = Move other lines, or agree on other terms with the partner.
money-bound = Money that is bound to an order still.
money-bound_line = Money on line { $line } is bound to an order still.
    .way-out = Look at the line in the books, and settle it there.
