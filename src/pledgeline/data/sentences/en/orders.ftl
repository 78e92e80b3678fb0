### Why an order cannot be written down, or its step cannot be taken.

no-package = An order of a package that there is not.
no-package_open = There is no open package “{ $package }”.
    .way-out = Look it up in the list of packages.
unknown-line = A line that the package does not have.
unknown-line_package = The package { $package } has no line “{ $line }”.
    .way-out = Take the lines that the page of the package shows.
released = A line of which the money was released.
released_line = The money of line { $line } was released: its units are planned again.
    .way-out = Leave the line out.
other-supplier = A line that another supplier offers.
other-supplier_line = Line { $line } is offered by { $supplier }.
    .way-out = Order it from them, in an order of its own.
other-currency = A line whose money is in another currency.
other-currency_line = The money of line { $line } is in { $currency }.
    .way-out = Order it in that currency.
more-than-there = More units than the line has.
more-than-there_line = Line { $line } has { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit
   *[other] units
}.
    .way-out = Order no more; what is needed beyond it is planned first.
in-another = A line that another order has.
in-another_order = Line { $line } is in the order { $order } already.
    .way-out = Leave it out, or cancel that order first.
under-way = Units that are under way cannot be cancelled.
under-way_units = Of { $key } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} under way.
    .way-out = Wait for the receipt, or note the shipment as lost.
nothing-outstanding = An order of which nothing is outstanding.
nothing-outstanding_order = Of { $key } nothing is outstanding: there is nothing to change or to cancel.
    .way-out = Look at its lines.
unknown-line_order = The order { $key } has no line “{ $line }”.
nothing-changes = An amendment that changes nothing.
nothing-changes_order = { $key } is as it is said here already.
    .way-out = Change a price or a number of units.
donated = A line that is paid for and one that is donated cannot become each other.
donated_line = Line { $line } is either donated or paid for: an amendment does not change that.
    .way-out = Leave the line out; a donation is an order of its own.
nothing-to-come = A line of which nothing is still to come.
nothing-to-come_line = All units of line { $line } were received at their price.
    .way-out = Leave the line out; what is given back of a price is entered as a refund.
too-few = Fewer units than were received or are under way.
too-few_line = Of line { $line } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit was
   *[other] units were
} received or is under way.
    .way-out = Leave the line as many units at least.
no-money = A change that needs more money than there is.
no-money_line = Line { $line } needs { $needed } more, of which { $missing } is not there: neither set aside for it nor available of contributions of the package whose terms allow it.
    .way-out = Receive more money, split the order or leave units out, and try again.
nothing-to-order = A package of which nothing can be ordered.
nothing-to-order_package = { $package } has no line that could be ordered from { $supplier }: they are ordered, or their money was released.
    .way-out = Look at the orders of the package; what was released is planned again.
