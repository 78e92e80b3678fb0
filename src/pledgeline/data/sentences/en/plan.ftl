# What planning has to say: of a problem that is read, of the plan that is made from it, of its proof.
# A finding is named by the first two parts of its code; what follows them tells apart the cases of one fault.

## A problem as JSON.

not-json = The file is not JSON: { $why }.
    .way-out = Correct the place named, or save the file again from the program that wrote it.
not-json_too-many-values = The file has more than { $most } values.
    .way-out = Leave out what is not needed, or split the problem.
not-json_nested = The file is nested too deeply to be a problem.
    .way-out = Write the problem in the form that the handbook shows.
not-an-object = A problem is a JSON object.
    .way-out = Begin the file with { "{" }.
not-an-object_row = A row must be an object with named fields.
    .way-out = Write { "{" } … { "}" }.
not-an-object_section = “{ $section }” must be an object.
    .way-out = Write { "{" } … { "}" }.
not-a-list = “{ $section }” must be a list.
    .way-out = Write [ … ].
field-twice = “{ $name }” stands twice.
    .way-out = Keep one of them.
field-twice_in-one = “{ $name }” stands twice in one object; which value is meant is not known.
unknown-field = “{ $field }” is not a field here and was not read.
    .way-out = Remove it, or use one of: { LIST($known, by: ", ") }.
too-many-findings = There are more than { $most } findings like these; the others are not listed.
    .way-out = Correct the first ones and read it again; often they have one cause.
unreadable-character = A text holds a character that no page and no database can keep.
    .way-out = Take NUL characters and halves of characters out of the names.

## Its values.

not-a-text = “{ $field }” must be a text that is not empty.
    .way-out = Write a text.
not-a-text_unseen = “{ $field }” holds what nobody sees: { LIST($letters, by: ", ") }.
    .way-out = Type the text anew.
not-a-text_too-long = “{ $field }” has { $length } characters; { $most } are read.
    .way-out = Write a shorter name.
not-a-text_name-too-long = A name has { $length } characters; { $most } are read.
    .way-out = Write a shorter name.
missing = “{ $field }” is missing.
    .way-out = Add “{ $field }”, a whole number.
missing_empty = “{ $field }” is empty.
    .way-out = Write a whole number.
not-a-whole-number = “{ $field }” must be a whole number, not { $value }.
    .way-out = Write a whole number. Money is counted in minor units: USD 12.50 is 1250.
not-a-whole-number_in-lots = “{ $field }” must be a whole number, not { $value }.
    .way-out =
        Write a whole number. Money is counted in minor units: USD 12.50 is 1250. A price of { $price } for one is exactly { $of_lot } for { $lot }: let the item be { $lot } of it, and count in { $lot ->
            [10] tens
            [100] hundreds
            [1000] thousands
           *[other] ten thousands
        }.
out-of-range = “{ $field }” is { $number }; it must be at least { $least }.
    .way-out = Correct the number.
out-of-range_most = “{ $field }” is { $number }; it must be at least { $least } and at most { $most }.
very-many-digits = a number of very many digits
out-of-range_between = “{ $field }” is { $number }; it must be between { $least } and { $most }.
    .way-out = Correct it.
out-of-range_or-more = “{ $field }” is { $number }; it must be { $least } or more.
    .way-out = Correct it.
out-of-range_fee = A fee of { $fee } basis points is more than all of it.
    .way-out = Write 0 to 10000.
out-of-range_no-ratio = A substitute that counts as nothing is none.
    .way-out = Correct it.
out-of-range_no-rate = A rate of 0 turns money into nothing.
    .way-out = Correct the rate.
not-a-number = “{ $field }” must be a number or a fraction such as “1/2”.
    .way-out = Write 0.5, “1/2” or [1, 2].
not-yes-or-no = “{ $field }” must be true or false.
    .way-out = Write true or false.
tolerance-without-target = A tolerance without a target has no effect.
    .way-out = Add “target_minor”, or remove the tolerance.
not-an-earmark = An earmark is an object with “allow”, “deny” or both.
    .way-out = Write { "{" }"allow": { "{" }"item": ["A"]{ "}" }{ "}" }.
not-an-earmark_side = “{ $side }” must be an object of lists.
    .way-out = Write { "{" }…{ "}" }.
not-an-earmark_names = “{ $side }.{ $key }” must be a list of texts.
    .way-out = Write ["A", "B"].
unknown-earmark-key = An earmark cannot speak about “{ $key }”.
    .way-out = Use one of: { LIST($known, by: ", ") }.
not-a-kit = A kit is an object of its parts and how many of each.
    .way-out = Write { "{" }"A": 2{ "}" }.

## The problem as a whole.

unknown-currency = “{ $currency }” is not a currency of ISO 4217.
    .way-out = Write a code such as USD.
unknown-currency_of-contribution = “{ $currency }” is not a currency of ISO 4217.
    .way-out = Write a code such as EUR.
no-rate = There is no rate from { $currency } to { $plan }.
    .way-out = Add { $currency } to the rates.
rate-to-itself = A unit of { $currency } is said to be { $rate } units of itself.
    .way-out = Remove this rate.
extreme-number = It is about { $number }, which cannot be weighed against the others exactly.
    .way-out = Write a number between a millionth of a millionth and a million millions, with fewer digits.
duplicate-id = { $count } rows have the id “{ $name }”.
    .way-out = Give each row its own id.
no-packages = Without a package nothing can be ordered.
    .way-out = Add a package.
too-many-units = { $quantity } units are more than can be counted one by one.
    .way-out = Count in thousands: let the item be a thousand of it.
min-useful-above-quantity = { $least } is the least useful amount, and only { $quantity } are wanted: the line can get nothing.
    .way-out = Lower the one or raise the other.
multiple-does-not-fit = No multiple of { $multiple } lies between { $least } and { $quantity }: the line can get nothing.
    .way-out = Correct the multiple.
no-offer = Nobody offers { $names }.
    .way-out = Add an offer, or correct the item.
needed-before-first-order = It is needed by { $day }; the first order is on { $first }.
    .way-out = Correct the day, or order earlier.
stock-is-huge = { $available } units are available.
    .way-out = Leave it empty where stock does not limit.
order-above-stock = { $available } are available, the smallest order is { $least }: nothing can be ordered.
    .way-out = Ask the supplier, and correct the offer.
offer-not-wanted = No line wants { $item }.
    .way-out = Check how the item is written in the lines.
floor-above-money = It must cost { $least } at least; all contributions together can pay { $money }.
    .way-out = Lower the target or widen its tolerance, or leave the package out.
lapses-before-available = It is available from { $from_day } and lapses on { $use_by }: it can pay for nothing.
    .way-out = Correct one of the days.
lapses-before-order = The money lapses on { $use_by }, before the first package is ordered.
    .way-out = Bring an order forward, or ask the partner for a later day.
available-after-last-order = The money comes on { $from_day }, after the last order on { $last }.
    .way-out = Add a later package, or ask the partner for an earlier day.
fee-takes-all = The fee takes all of it.
    .way-out = Correct the fee.
earmark-names-nothing = No { $key ->
        [category] category
        [item] item
        [line] line
        [package] package
        [supplier] supplier
       *[source] source
    } is called “{ $name }”.
    .way-out = Check how it is written.
earmark-allows-nothing = The list is empty.
    .way-out = Name what it may pay for.
earmark-contradicts-itself = “{ $name }” is allowed and denied: it is denied.
    .way-out = Ask the partner which is meant.
nested-kit = Part { $part } is itself a kit.
    .way-out = List the parts of the inner kit instead.
nested-kit_in-itself = Kit { $kit } contains itself.
duplicate-substitute = It is listed { $count } times.
    .way-out = Keep one, with the right ratio.
substitute-of-itself = An item cannot stand in for itself.
    .way-out = Remove it.
substitute-and-kit = A kit cannot stand in for an item, nor an item for a kit.
    .way-out = Name the parts instead.
substitute-chain = { $by } has substitutes of its own: they do not count for { $item }.
    .way-out = List them for { $item } too if they may.
supplier-sells-nothing = No offer is from { $supplier }.
    .way-out = Check how the supplier is written in the offers.

## What may be a mistake.

named-as-total = “{ $name }” is a word for a total: it would be counted beside what it adds up.
    .way-out = Remove the row; if it is no total, give it a name of its own.
sum-of-rows = It is exactly the sum of { $count } rows: is it a total? It is read as a row of its own.
    .way-out = Delete the row if it adds up the others; leave it if it does not.
mixed-letters = “{ $name }” holds { $letter } in a word of another alphabet.
    .way-out = Write the word in one alphabet.
names-look-alike = “{ $name }” looks like another name and is none: it has { $letter }.
    .way-out = Write both with the same letters if one is meant; give them names that differ plainly if not.
names-look-alike_in-a-letter = “{ $name }” looks like another name and is none: a letter of it is another one.
day-far-away = It is { $day }, decades away from most other days: the middle one is { $usual }.
    .way-out = Correct the year if it is a slip; leave it out where any day is meant.

## Names.

names = { LIST($names, by: ", ") }
names_more = { LIST($names, by: ", ") } and { $more } more
