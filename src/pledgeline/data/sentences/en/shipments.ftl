### Why a shipment cannot be written down, or its step cannot be taken.

no-order = A shipment of an order that was not accepted, or of which the rest was cancelled.
no-order_accepted = There is no accepted order “{ $order }” of which something is to come.
    .way-out = Look it up in the list of orders.
day-to-come = A day after today.
day-to-come_dispatched = The day is after today, { $today }.
    .way-out = Note a shipment on the day on which it leaves, or later.
before-order = A day before the order was accepted.
before-order_day = The order was accepted on { $day }: nothing of it left before.
    .way-out = Correct the day.
lot-taken = A lot of the same name is there already.
lot-taken_name = There is a lot “{ $lot }” already.
    .way-out = Give each lot a name of its own; what replaces rejected units is another lot.
unknown-line = A line that the order does not have.
unknown-line_order = The order { $order } has no line “{ $line }”.
    .way-out = Take the lines that the page of the order shows.
too-many = More units than are outstanding.
too-many_line = Of line { $line } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit
   *[other] units
} can leave; { NUMBER($under_way, useGrouping: 0) } { $under_way ->
    [one] is
   *[other] are
} under way already.
    .way-out = Ship no more than what is outstanding and not under way.
counted = A shipment that the recipient has counted.
counted_shipment = The recipient has counted { $key }: it is not lost.
    .way-out = What was missing is noted in the receipt.
nothing-to-ship = An order of which nothing is left to ship.
nothing-to-ship_not-accepted = Nothing of { $order } can be shipped before the order is accepted.
    .way-out = Have the order accepted first.
nothing-to-ship_under-way = All that is outstanding of { $order } is under way.
    .way-out = Have the recipient count it; what is lost or short is outstanding again.
nothing-to-ship_received = Of { $order } nothing is outstanding: everything was received or cancelled.
    .way-out = Close the package when all its orders are over.
