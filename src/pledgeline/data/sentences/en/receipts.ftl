### Why a receipt cannot be written down, or its step cannot be taken.

no-shipment = A receipt of a shipment that is not under way.
no-shipment_under-way = There is no shipment “{ $shipment }” under way.
    .way-out = Look it up in the list of shipments.
counted-before = A shipment that was counted before.
counted-before_shipment = The shipment was counted before, in the receipt { $receipt }.
    .way-out = Open that one: until it is accepted, its count can be changed.
day-to-come = A day after today.
day-to-come_received = The day is after today, { $today }.
    .way-out = Note a receipt on the day of the count, or later.
before-dispatch = A day before the shipment left.
before-dispatch_day = The shipment left on { $day }.
    .way-out = Correct the day.
unknown-lot = A lot that the shipment does not have.
unknown-lot_shipment = The shipment has no lot “{ $lot }”.
    .way-out = Take the lots that the page of the shipment shows.
not-all = A count that is not of all units.
not-all_counted = Of lot { $lot } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit
   *[other] units
} left, and { NUMBER($counted, useGrouping: 0) } { $counted ->
    [one] is
   *[other] are
} counted.
    .way-out = Accepted, rejected and short together are what left.
left-out = A lot that was not counted.
left-out_lot = Lot { $lot } is not counted.
    .way-out = Count every lot; one that is not there is short.
nothing-to-count = A shipment that cannot be counted.
nothing-to-count_counted = { $shipment } was counted in the receipt { $receipt }.
    .way-out = Open that receipt.
nothing-to-count_not-under-way = { $shipment } is not under way: it has not left yet, was received, or is lost.
    .way-out = Look at its page: it offers what can be done now.
