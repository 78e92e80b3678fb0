### What the books say. A code of a refusal says what it means; its cases say what was refused, and the way out.
### A name that a file writes (“amount”, a type of events) is never translated.

# The stages and accounts.
stage = { $stage ->
    [source] source
    [pledged] pledged
    [committed] committed
    [available] available
    [allocated] allocated
    [ordered] ordered
    [delivered] delivered
    [accepted] accepted
    [lapsed] lapsed
    [returned] returned
    [written_off] written off
    [fees] fees
    [fx] fx
    [bank] bank
    [receivable] receivable
    [supplier_advance] supplier advance
    [supplier_payable] supplier payable
    [programme_expense] programme expense
    [contributions] contributions
   *[exchange] exchange
}
# The same at the beginning of a sentence.
stage-first = { $stage ->
    [source] Source
    [pledged] Pledged
    [committed] Committed
    [available] Available
    [allocated] Allocated
    [ordered] Ordered
    [delivered] Delivered
    [accepted] Accepted
    [lapsed] Lapsed
    [returned] Returned
    [written_off] Written off
    [fees] Fees
    [fx] Fx
    [bank] Bank
    [receivable] Receivable
    [supplier_advance] Supplier advance
    [supplier_payable] Supplier payable
    [programme_expense] Programme expense
    [contributions] Contributions
   *[exchange] Exchange
}

# An account of a contribution, on a line and of a lot where it has them.
spot = { $contribution }, { stage }
spot_line = { $contribution }, { stage }, line { $line }
spot_lot = { $contribution }, { stage }, lot { $lot }
spot_line-and-lot = { $contribution }, { stage }, line { $line }, lot { $lot }

## The event could not be read

unknown-event = An event of a type that the books do not know.
unknown-event_no-object = An event is a JSON object.
    .way-out = Write it as one, with id and type.
unknown-event_close = There is no event “{ $type }”.
    .way-out = Is “{ $close }” meant? Then write that; else take it out.
unknown-event_type = There is no event “{ $type }”.
    .way-out = The types are { $types }.

missing-field = An event without something that its type needs.
missing-field_name = The event does not say its { $field }.
    .way-out = Add “{ $field }”.
missing-field_of-a-posting = A posting does not say its contribution.
    .way-out = Add “contribution”.
missing-field_nothing-corrected = The correction does not say what should have been.
    .way-out = Add “amount”.
missing-field_left-out = { $field } cannot be left out of { $entry } ({ $type }).
    .way-out = Say what { $field } should have been, and do not name it in “without”.

unknown-field = An event with a field that its type does not have.
unknown-field_close = “{ $field }” is not a field of { of-what }.
    .way-out = Is “{ $close }” meant? Then write that; else take it out.
unknown-field_fields = “{ $field }” is not a field of { of-what }.
    .way-out = Take it out. The fields of { of-what } are { $fields }.
of-what = { $of ->
    [posting] a posting
   *[event] “{ $type }”
}
unknown-field_of-entry = “{ $field }” is no field of { $entry } ({ $type }).
    .way-out = It says { $fields }: correct those.

null-field = A field that is null.
null-field_name = { $field } is null, which says nothing.
    .way-out = Leave { $field } out, or say what it is.

not-a-choice = A field with something that cannot be meant there.
not-a-choice_other = “{ $text }” cannot be meant there.
    .way-out = Correct { $field }, or leave it out: the handbook says what it can be.
not-a-choice_of-two = “{ $text }” cannot be meant there.
    .way-out = Write { $field } as { $one } or { $other }.
not-a-choice_twice = { $field } has a name twice.
    .way-out = Write each name once in { $field }.

not-a-list = Postings that are no list of objects.
not-a-list_text = “{ $text }” is no list of objects.
    .way-out = Write { $field } as a list of objects.

not-a-key = A key that is no text, is empty or too long, or has characters that nobody sees.
not-a-key_text = “{ $text }” cannot be a key.
    .way-out = Write { $field } as a text of visible characters, at most { $longest }, without blanks at its ends.

mixed-scripts = A key with a letter of another script that looks like the right one.
mixed-scripts_word = “{ $key }” has { $letter } in a word of another script, which looks the same as another letter.
    .way-out = Type { $field } anew, with the letters of one script.

not-a-whole-number = An amount or a quantity that is no JSON integer: a text, a decimal, true.
not-a-whole-number_text = “{ $text }” is no whole number.
    .way-out = Write { $field } as an integer: amounts in minor units, without quotes and decimals.

not-above-zero = An amount or a quantity of zero or less.
    .way-out = Write the amount without a sign, and use the event that moves it the other way.
not-above-zero_number = “{ $number }” is no amount: it is above zero, and the event says which way it goes.
    .way-out = Write { $field } without a sign, and use the event that moves it the other way.
not-above-zero_amount = { $amount } cannot be moved: an amount is above zero, and the event says which way it goes.
not-above-zero_cash = { $amount } cannot be moved.
    .way-out = Write the amount without a sign.
not-above-zero_units = { $units } units are none.
    .way-out = Say how many whole units, at least one.

too-large = An amount that no books of this world can reach, or a balance that would.
    .way-out = Count the digits.
too-large_field = The { $field } is larger than any amount of money.
too-large_amount = { $amount } is larger than any amount of money.
too-large_balance = { $spot } would leave the range of amounts.

not-a-day = A day that is not written YYYY-MM-DD, or that does not exist.
not-a-day_text = “{ $text }” is no day.
    .way-out = Write { $field } as 2025-12-31.

not-a-time = A time without its zone, or no time at all.
not-a-time_text = “{ $text }” is no time with a zone.
    .way-out = Write { $field } as 2025-12-31T12:00:00Z.

in-the-future = An event that is said to have happened after today, or to have been written down then.
in-the-future_day = { $field } is { $day }, and today is { $today }: what is still to come has not happened.
    .way-out = Correct { $field }, or enter the event when it has happened.

not-a-text = A note that is no text, is too long, or cannot be written as UTF-8.
not-a-text_field = The { $field } cannot be kept.
    .way-out = Write { $field } as a text of at most { $longest } characters.

unclear-shares = Shares of contributions that cannot be read, or name one twice.
unclear-shares_no-money = Nobody's money is named.
    .way-out = Name the contributions in { $field }.
unclear-shares_no-shares = “{ $text }” does not say which contributions are meant, and how much of each.
    .way-out = Write { $field } as { "{" }"KEY": AMOUNT{ "}" }.
unclear-shares_nobody = Nobody is named.
    .way-out = Name the contributions in { $field }.
unclear-shares_no-names = “{ $text }” does not say which contributions are meant.
    .way-out = Write { $field } as ["KEY", "KEY"].
unclear-shares_twice = { $contribution } is named twice.
    .way-out = Name each contribution once in { $field }.
unclear-shares_nobody-gives = Nobody's money is named.
    .way-out = Name the contributions and what each gives.
unclear-shares_no-trade = A trade changes one currency into another.
    .way-out = Say what was given in one, and received in the other.
unclear-shares_nobody-pays = Nobody is named.
    .way-out = Name the contributions that pay.
unclear-shares_from-itself = One contribution cannot take over from itself.
    .way-out = Name two contributions.

unknown-currency = A currency that these books are not kept in.
unknown-currency_past = { $currency } was a currency until { $last }; the books are kept in those of today.
    .way-out = Write { $field } as { $successor }, with the amount that it came to.
unknown-currency_none = “{ $text }” is no currency of ISO 4217.
    .way-out = Write { $field } as a code of three capital letters, such as EUR.
unknown-currency_of-an-event = “{ $currency }” is no currency of these books.
    .way-out = They are kept in { $kept }.
unknown-currency_of-a-posting = These books are kept in { $kept }, not in { $currency }.
    .way-out = Correct the code, or add the currency to the books.

no-currency = Money in several currencies, and the event does not say which.
no-currency_several = There is money in { $currencies }, and the event does not say which is meant.
    .way-out = Add “currency”.
no-currency_of-those-named = Those named have money in several currencies.
    .way-out = Add the currency.

looks-the-same = A new key that looks the same as one that the books have.
looks-the-same_key = The { $noun ->
    [contribution] contribution
    [partner] partner
    [line] line
    [lot] lot
   *[package] package
} “{ $key }” looks the same as “{ $twin }”, which the books have, and is another key{ by-which-letter }.
    .way-out = Write it as “{ $twin }” if that is meant; else choose a key that can be told apart.
looks-the-same_id = The id “{ $key }” looks the same as “{ $twin }”, which { $place ->
    [file] the file has
   *[books] the books have
}, and is another id{ by-which-letter }.
    .way-out = Write it as “{ $twin }” if it is that event; else choose an id that can be told apart.
by-which-letter = { $letters ->
    [one] : it has { $letter }
    [two] : it has { $letter } for { $other }
   *[none] { "" }
}

## The key

key-used = A key that was used before for something else.
key-used_by-another-event = The key { $key } was used before, for another event ({ $type }).
    .way-out = Give this event a key of its own; to change the other one, correct it.

## What it speaks of does not exist

unknown-contribution = A contribution that nobody has pledged.
    .way-out = Enter its pledge first, or correct the key.
unknown-contribution_none-there = Nobody has pledged a contribution { $contribution }.
unknown-contribution_others = Nobody has pledged a contribution { $contribution }. There are { $others }.
unknown-contribution_many = Nobody has pledged a contribution { $contribution }. There are { $others } ….

unknown-line = A line that nothing is allocated to or ordered for.
unknown-line_nothing-there = Nothing is set aside, ordered or to be delivered on line { $line } in that currency.
    .way-out = Allocate money to the line first, or correct its key or the currency.
unknown-line_no-money = No money lies on line { $line }.
    .way-out = Correct the key, or enter what comes before.

unknown-lot = A lot that was not delivered.
unknown-lot_not-delivered = No lot { $lot } was delivered.
    .way-out = Enter its delivery first, or correct the key.
unknown-lot_no-money = No money lies in lot { $lot }.
    .way-out = Correct the key, or enter what comes before.

unknown-entry = An entry that is not in the books.
unknown-entry_key = There is no entry { $key }; an event that was refused left none.
    .way-out = Correct the key of the entry that is to be taken back.

another-partner = A pledge for a contribution that belongs to another partner.
another-partner_owner = { $contribution } is a contribution of { $owner }, not of { $partner }.
    .way-out = Pledge under a key of its own.

another-package = An allocation to a line of another package.
another-package_known = Line { $line } is of package { $known }, and the event says { $package }.
    .way-out = Correct the package or the line, or correct the entry that named the package.

another-currency = A pledge in another currency than the contribution's first one.
another-currency_first = { $contribution } was pledged in { $first }, not in { $currency }.
    .way-out = Pledge under a key of its own; money that was received can be converted.

lot-is-taken = A delivery into a lot that already holds goods, or that belongs to another line.
lot-is-taken_other-line = Lot { $lot } belongs to line { $line }, in { $currency }.
    .way-out = Give this delivery a lot of its own.
lot-is-taken_units-there = Lot { $lot } was delivered before, and { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit of it is
   *[other] units of it are
} still there.
    .way-out = Give this delivery a lot of its own, or correct the earlier one.

## The money or the goods are not there

below-zero = An account would fall below zero.
below-zero_account = { $spot }: there is { $there }, and { $wanted } would be taken out.
    .way-out = { $stage ->
        [pledged] Raise the pledge first (revise), or sign less.
        [committed] Have the rest committed first, or correct what was received.
        [available] Take less, wait for the money, convert another currency, or release a reservation.
        [allocated] Allocate more to the line first, or order less.
        [ordered] Enter the price change or a further order first, or deliver or cancel less.
        [delivered] Look at what was delivered in the lot and is not yet accepted.
        [accepted] Look at what the lot cost and what was refunded already.
        [lapsed] Look at what has lapsed and was not yet carried over or returned.
        [bank] Enter what was received first.
        [receivable] Enter what was committed first.
       *[supplier_advance] Look at what was paid in advance.
    }

not-enough = Less money or fewer units there than the event wants to move.
not-enough_money = { $there } is { $stage ->
    [available] available to those named
    [allocated] set aside for line { $line }
    [ordered] ordered on line { $line }
    [delivered] delivered in lot { $lot }
   *[accepted] accepted in lot { $lot }
}, and the event wants { $wanted }.
    .way-out = Correct the amount, or bring the money there first.
not-enough_nothing-set-aside = Nothing of { $contribution } is set aside for line { $line } in { $currency }.
    .way-out = Correct the line or the contribution.
not-enough_unpaid = Of { $contribution } { $there } is promised and unpaid.
    .way-out = Take back no more than that; what was received is returned to the partner instead.
not-enough_units-ordered = Of line { $line } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} ordered and not delivered.
    .way-out = Correct the number of units, or order more first.
not-enough_units-in-lot = Of lot { $lot } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} delivered and neither accepted nor sent back.
    .way-out = Correct the number of units.
not-enough_units-to-come = Of line { $line } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} still to be delivered.
    .way-out = Say the price of all of them.
not-enough_units-at-several-prices = Of line { $line } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} still to be delivered, at several prices.
    .way-out = Say the price of all of them.
not-enough_units-of-line = Of line { $line } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} { stage }, and { $wanted } would be taken away.
    .way-out = Correct the number of units, or look at what was delivered and accepted before.
not-enough_units-of-lot = Of lot { $lot } { NUMBER($units, useGrouping: 0) } { $units ->
    [one] unit is
   *[other] units are
} { stage }, and { $wanted } would be taken away.
    .way-out = Correct the number of units, or look at what was delivered and accepted before.

not-funded-exactly = A price rise whose named payments do not add up to it.
not-funded-exactly_fall = The price falls: on line { $line } { $amount } is available again, and nobody pays.
    .way-out = Leave out who pays; what is available again goes back to those who have it ordered.
not-funded-exactly_rise = The rise on line { $line } costs { $amount }; those named pay { $paid }.
    .way-out = Name who pays how much, so that it adds up to the rise.

refund-to-be-split = A refund of a lot that is accepted in part, beyond that part.
refund-to-be-split_in-two = Of lot { $lot } { $accepted } is accepted and { $delivered } delivered and not yet accepted; { $amount } goes beyond the accepted part.
    .way-out = Split it into two events: a refund of { $accepted }, and after it one of { $rest }.

nothing-to-move = An event after which nothing would be different.
    .way-out = Leave the event out, or correct it.
nothing-to-move_same-price = Line { $line } has exactly that price already.
nothing-to-move_same-pledge = { $contribution } is pledged with { $amount } already.
nothing-to-move_nothing-to-lapse = Nothing of { $contribution } is unpaid, available or set aside.
nothing-to-move_nothing-lapsed = Nothing of { $contribution } has lapsed.

below-signed = A pledge revised to less than what was already committed.
below-signed_amount = Of { $contribution } { $signed } is committed, more than { $amount }.
    .way-out = Reduce the contribution by what the partner takes back of what it committed.

## Days

past-use-by = Money that may no longer be ordered against on that day.
past-use-by_last-day = The money of { $contribution } could be ordered against until { $last }.
    .way-out = Have the partner carry it over to a later day, or pay with another contribution.
past-use-by_new-last-day = The new last day, { $last }, is before the day of carrying over, { $day }.
    .way-out = Name the later day that the partner agreed to.

reservation-expired = An order on a reservation that had expired.
reservation-expired_on = The reservation of { $contribution } for line { $line } expired on { $day }.
    .way-out = Release it and allocate again, or order without it after its release.

not-lapsed-yet = A lapse before the last day on which the money may be used, or without such a day.
    .way-out = Wait for that day to pass; to give money back earlier, return it to the partner.
not-lapsed-yet_until = { $contribution } may be used until { $last }.
not-lapsed-yet_without-a-day = { $contribution } may be used without a last day.

clock-behind = A clock that stands days behind the newest entry.
clock-behind_newest = The clock says { $clock }, and the newest entry was recorded at { $newest }.
    .way-out = Set the clock of the machine right and enter it again. Where it is right, and ran ahead when that entry was recorded, PLEDGELINE_CLOCK_BEHIND_DAYS says how far it may stand behind.

## The form of an entry

too-few-postings = An entry of fewer than two postings.
too-few-postings_number = The entry has { $postings ->
    [one] { $postings } posting
   *[other] { $postings } postings
}; money moves from somewhere to somewhere.
    .way-out = Name the account that goes down and the one that goes up.

unknown-account = A posting to an account that does not exist.
unknown-account_text = There is no account “{ $text }”.
    .way-out = There are { $accounts }.

zero-posting = A posting of nothing.
zero-posting_to = The posting to { $spot } is of nothing.
    .way-out = Leave the posting out.

unbalanced = An entry that does not add up to zero for a contribution, a currency and a book.
unbalanced_contribution = The postings of { $contribution } add up to { $amount }, not to zero.
    .way-out = Say where the rest comes from or goes to: for the same contribution, in the same currency.

units-unbalanced = Units that come from nowhere.
units-unbalanced_line = The units of line { $line } add up to { $units }, not to zero.
    .way-out = Say where the units come from or go to.

line-or-lot-missing = A posting that does not say which line or lot the money stands behind.
line-or-lot-missing_line = { stage-first } money of { $contribution } stands behind a line, and the posting does not say which.
    .way-out = Name the line.
line-or-lot-missing_lot = { stage-first } money of { $contribution } stands behind a line and a lot, and the posting does not say which.
    .way-out = Name the lot.
line-or-lot-missing_both = { stage-first } money of { $contribution } stands behind a line and a lot, and the posting does not say which.
    .way-out = Name the line and the lot.

line-or-lot-not-kept = A posting that names a line or a lot in an account that keeps none.
line-or-lot-not-kept_line = { stage-first } money belongs to no line.
    .way-out = Leave the line out.
line-or-lot-not-kept_lot = { stage-first } money belongs to no lot.
    .way-out = Leave the lot out.
line-or-lot-not-kept_both = { stage-first } money belongs to no line and no lot.
    .way-out = Leave the line and the lot out.

## Corrections

taken-back-before = An entry that was taken back already.
taken-back-before_by = { $key } was taken back by { $taker } already.
    .way-out = Take { $taker } back if { $key } was right, or enter what should have been under a key of its own.
taken-back-before_replaced = { $key } was taken back already; { $holds } holds in its place.
    .way-out = Take back or correct { $holds } instead.
taken-back-before_chain = { $key } was taken back by { $taker } already.
    .way-out = Take back or correct { $taker } instead.

cannot-be-restated = An entry whose new amount cannot be put in its place without more being said.
    .way-out = Take it back, and enter what should have been.
cannot-be-restated_old-form = { $entry } ({ $type }) was written before the form of events was closed.
cannot-be-restated_no-amount = { $entry } ({ $type }) has no amount that could be another.
cannot-be-restated_restored = { $entry } ({ $type }) is a correction that was restored.
    .way-out = Correct it to what should have been.
cannot-be-restated_took-back = { $entry } ({ $type }) took another entry back; nothing in it could be another.
    .way-out = Take it back instead.
cannot-be-restated_took-back-what-holds = { $entry } ({ $type }) took another entry back; nothing in it could be another.
    .way-out = Correct { $holds }, which holds again.
cannot-be-restated_costs-together = { $entry } ({ $type }) says what the units cost together.
    .way-out = Say the new “amount”, or name it in “without”.
cannot-be-restated_two-amounts = { $entry } ({ $type }) gets two amounts.
    .way-out = Say “amount” or “{ $field }”, not both.
cannot-be-restated_several-amounts = { $entry } ({ $type }) has postings of several amounts.
    .way-out = Give the “postings” that should have been.

## Keys that sign, and witnesses

signing-key_bytes = a signing key has 32 bytes
signing-key_name = “{ $name }” cannot be the name of a key: no blanks, no plus
# What is wrong with the key is told by the verifier, in English.
key-line_fault = line { $line } is no key: { $fault }
key-line_form = line { $line } is no key: write NAME, 64 hexadecimal digits and a day
request_form = a request to a witness begins with “old” and a number of entries, a proof and an empty line
request_proof = a proof has at most { $most } hashes
not-witnessed_unknown = the checkpoint of { $origin } is not signed with a key of a log known here
not-witnessed_bad = { $old } entries cannot be the beginning of { $new }
not-witnessed_conflict = this witness has cosigned { NUMBER($size, useGrouping: 0) } { $size ->
    [one] entry
   *[other] entries
} of { $origin } so far
not-witnessed_inconsistent = the { $size } entries of { $origin } that this witness cosigned are not the beginning of these { $new }

## Files that go out and come in

# What is wrong with an entry is told by the program, in English.
not-books_entry = an entry cannot be read: { $fault }
not-books_parts = the entries have parts that these books do not keep
unknown-dialect = there is no dialect “{ $name }”: there are { $dialects }
dialect_office = Finance office (English)
journal_name = { $key } is written { $name }
journal_closing = closing balances

## The events, as the handbook and the JSON Schema say them

event_pledge = A partner promises money.
event_revise = A partner changes the sum of its promise to `amount`.
event_reduce = A partner takes back a promise that it has not paid.
event_commit = The promise, or a part of it, is committed.
event_receive = The money, or a part of it, has arrived.
event_convert = The bank changes money of one or more contributions in one trade.
event_fee = A bank or an agent charges a fee.
event_allocate = Money is set aside for a line; with a last day it is a reservation.
event_release = Money that was set aside is available again.
event_order = Units of a line are ordered.
event_price-change = The price of what is still to be delivered changes.
event_cancel-units = Units are cancelled before delivery.
event_swap = On an ordered line one contribution takes over from another.
event_deliver = A lot arrives.
event_accept = The recipient takes units of a lot over.
event_reject = The recipient sends units of a lot back; the supplier owes them again.
event_refund = The supplier gives money back for a lot.
event_return-to-partner = Money goes back to the partner.
event_lapse = The last day on which the money may be used has passed.
event_carry-over = The partner lets lapsed money be used up to a later day.
event_write-off = Committed money will never come.
event_write-off-lot = Units of a lot are lost before they were accepted, and nobody replaces them.
event_journal = Money is moved freely, for what no other event says.
event_cash-owed = A committed contribution is owed to us.
event_cash-in = The partner has paid.
event_cash-fee = The bank took a fee.
event_cash-sold = The bank took one currency in a trade.
event_cash-bought = The bank gave another currency in a trade.
event_cash-advance = The supplier was paid in advance.
event_cash-invoice = The supplier has delivered.
event_cash-settle = An advance pays an invoice.
event_cash-paid = The supplier was paid.
event_cash-refund = The supplier gave money back.
event_cash-returned = Money went back to the partner.
event_correct = An entry is taken back, and what should have been is put in its place: one entry.
event_reverse = An entry is taken back, whole.
event_posting = A posting of a free entry.

## The fields of events; those without the name of an event are the same in all that have them

field_id = The event's own key. The same event again changes nothing; another one under it is refused.
field_effective-on = The day on which it happened; never one after today.
field_recorded-at = When it was written down, with the time zone.
field_note = Free text beside the entry, which only people with a role can read.
field_expect = Only in a case: what must become of it, or of how many of its batch.
field_batch = Only in a case: the name of those that come at the same moment.
field_contribution = The contribution's key.
field_line = The line's key: what is ordered together at one price.
field_lot = The lot's key: what was delivered together.
field_qty = How many units.
field_currency = May be left out where only one can be meant.
field_cost = What the units cost together, where that is not the line's price.
field_amount = How much.
field_pledge_partner = Who promises it.
field_pledge_currency = In which currency.
field_pledge_amount = How much; a second pledge under the same key adds to the first.
field_pledge_use-by = The last day on which it may be ordered against.
field_reduce_amount = How much; everything unpaid where it is left out.
field_convert_given = Which contribution gives how much; what was received is split by it.
field_convert_from-currency = The currency given. May be left out where only one can be meant.
field_convert_to-currency = The currency received.
field_convert_received = How much was received together.
field_fee_contributions = Who bears it, over what each has available.
field_fee_amount = How much together.
field_allocate_package = The package that the line is of.
field_allocate_reserved-until = The last day of the reservation.
field_release_amount = How much; all of it where it is left out.
field_order_unit-price = The price of a unit.
field_order_amount = What they cost together, where that is not `qty` times `unit_price`.
field_price-change_unit-price = The new price of a unit.
field_price-change_paid-by = Who pays a rise: with amounts, exactly; or names alone, who share it by what they have available.
field_price-change_qty = How many units change their price; all that are still to come where left out.
field_swap_from = The contribution that gets its money back.
field_swap_to = The contribution that pays in its place.
field_return-to-partner_from = From which money: what is available where it is left out, or what lapsed.
field_carry-over_use-by = The later day.
field_carry-over_amount = How much; everything that has lapsed where it is left out.
field_reverse_of = The key of the entry.
field_posting_stage = The stage or account.
field_posting_amount = Above zero what comes in, below zero what goes out.
field_posting_contribution = The contribution's key, where the event does not say it.
field_posting_currency = The currency, where the event does not say it.
field_posting_line = The line's key, where the stage keeps lines.
field_posting_lot = The lot's key, where the stage keeps lots.
field_journal_postings = The postings, which add up to zero.
field_journal_contribution = The contribution of the postings that name none.
field_journal_currency = The currency of the postings that name none.
field_correct_of = The key of the entry: the last one that is in force.
field_correct_without = Fields of the entry that should have been left out.
field_correct_other = What it should have been.
field_correct_amount = What the amount should have been; of a delivery, an acceptance, a rejection or lost goods it is the cost, of a conversion what was received.

## The JSON Schema of an event file

schema_title = Event file of Pledgeline's books
schema_events = Events in the order in which they are entered. A field that is not here is refused.
schema_currencies = Each currency with the decimals of its minor unit, as ISO 4217 has them.
schema_expected = Only in a case: the figures that must come out.
schema_batch = Only in a case: events that come at the same moment, and how many of them become what.
schema_account = A stage of the stage book, or an account of the cash book.

## The invented programme

invented = Illustration: an invented programme. Nothing in it ever happened.
