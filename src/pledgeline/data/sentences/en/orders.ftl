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
nothing-outstanding_order = Of { $key } nothing is outstanding: there is no rest to cancel.
    .way-out = Look at its lines.
