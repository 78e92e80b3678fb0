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
    .way-out = Remove it, or use one of: { LIST($known, by: "comma") }.
too-many-findings = There are more than { $most } findings like these; the others are not listed.
    .way-out = Correct the first ones and read it again; often they have one cause.
unreadable-character = A text holds a character that no page and no database can keep.
    .way-out = Take NUL characters and halves of characters out of the names.

## Its values.

not-a-text = “{ $field }” must be a text that is not empty.
    .way-out = Write a text.
not-a-text_unseen = “{ $field }” holds what nobody sees: { LIST($letters, by: "comma") }.
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
    .way-out = Use one of: { LIST($known, by: "comma") }.
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
min-useful-above-quantity = { $least } is the least useful amount, and only { $quantity } are wanted: the requirement can get nothing.
    .way-out = Lower the one or raise the other.
multiple-does-not-fit = No multiple of { $multiple } lies between { $least } and { $quantity }: the requirement can get nothing.
    .way-out = Correct the multiple.
no-offer = Nobody offers { $names }.
    .way-out = Add an offer, or correct the item.
needed-before-first-order = It is needed by { $day }; the first order is on { $first }.
    .way-out = Correct the day, or order earlier.
stock-is-huge = { $available } units are available.
    .way-out = Leave it empty where stock does not limit.
order-above-stock = { $available } are available, the smallest order is { $least }: nothing can be ordered.
    .way-out = Ask the supplier, and correct the offer.
offer-not-wanted = No requirement wants { $item }.
    .way-out = Check how the item is written in the requirements.
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
        [line] requirement
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

names = { LIST($names, by: "comma") }
names_more = { LIST($names, by: "comma") } and { $more } more

## Why a line gets what it gets.

reason_met = All { $units } units are in the plan.
reason_no-package = There is no package to order it with.
reason_no-offer = Nobody offers { $item }.
reason_too-late = The earliest arrival is { $earliest } ({ $offer } in { $package }), { $days ->
        [one] { $days } day
       *[other] { $days } days
    } after { $need_by }, by which it is needed.
reason_no-stock = All { $units } that arrive in time ({ LIST($offers, by: "comma") }) are taken: { LIST($took, by: "semicolon") }.
reason_no-stock_and-more = All { $units } that arrive in time ({ LIST($offers, by: "comma") }) are taken: { LIST($took, by: "semicolon") } and { $more } more requirements.
reason_no-stock_all-here = All { $units } that arrive in time ({ LIST($offers, by: "comma") }) are taken: this requirement has them all.
reason_took = { $units } went to { $line } (priority { $tier })
units = { $count } units
units_of = { $count } units of { $item }
reason_next-useful = The next useful amount is { $next } units (least { $least }, in steps of { $multiple }); { $wanted } are wanted.
reason_useless = { $left ->
        [one] { $left } unit is
       *[other] { $left } units are
    } left, and less than { $least } are of no use to this requirement: { $short } more would reach it.
reason_no-weight = Its weight is 0: nothing is gained by serving it.
reason_money-unknown = Whether the money reaches for one more step is not known: partners that pay whole packages only could pay in more ways than were tried.
reason_stock-below-order = { $offer } has { $left ->
        [one] { $left } unit
       *[other] { $left } units
    } left; by its terms (lots of { $lot }, at least { $min_order } an order) the next useful order takes { $needed }: { $short } more would do.
reason_order-above-need = { $offer } sells by its terms (lots of { $lot }, at least { $min_order } an order): { $needed } more units would have to be ordered in { $package }, and only { $missing } are still wanted from it.
reason_package-full = { $package } may serve { $lines } requirements at most, and does.
reason_package-dear = { $package } may cost { $most } at most; with this it would cost { $cost }.
reason_package-cheap = { $package } must cost { $least } at least; with this it would come to { $cost }.
reason_kept-by-terms = { $units ->
        [one] { $units } more unit costs
       *[other] { $units } more units cost
    } { $price }; money is left, but its terms on shares or whole packages ({ LIST($money, by: "comma") }) keep it out: { $missing } is missing.
reason_no-money = No contribution may pay for this requirement; { $units ->
        [one] { $units } more unit costs
       *[other] { $units } more units cost
    } { $price }.
reason_money-short = { $left } is left of the money that may pay for it ({ $money }); { $units ->
        [one] { $units } more unit costs
       *[other] { $units } more units cost
    } { $price }, and { $missing } is missing.
reason_money-used = All { $used } that may pay for it ({ $money }) is used, by { $users ->
        [one] { $users } other requirement
       *[other] { $users } other requirements
    }; { $units ->
        [one] { $units } more unit costs
       *[other] { $units } more units cost
    } { $price }, and { $missing } is missing.
reason_and-kept-out = { $said } { LIST($left, by: "space") }
reason_kept-out = { $left } of { $money } is left, but it { LIST($terms, by: " and ") }.
reason_kept-out_many = { $left } of { $money } is left, but their terms exclude this requirement.
reason_unsettled = No single limit forbids one more step; as the plan stands, it would cost another requirement or term.
reason_unsettled_stopped = No single limit forbids one more step; as the plan stands, the search was stopped.
reason_several = Several limits meet here. What would help: { LIST($limits, by: " or ") }, lifted for this requirement alone.
reason-name = { $reason ->
    [MET] fully met
    [NO_OFFER] nobody offers it
    [TOO_LATE] comes too late
    [NO_STOCK] no stock left
    [ORDER] order terms
    [MONEY] no money left that may pay
    [PACKAGE] package terms
   *[UNSETTLED] several limits together
}

## The terms that keep money from a line, in half-sentences: “it …”.

excludes_comes-late = comes after the last order that would arrive in time
excludes_lapses = lapses before anything that would come in time is ordered
excludes_only-for = is only for { $what }
excludes_not-for = is not for { $what }
excludes_together = may not pay for this requirement, by its terms together
earmark_none = no { $key ->
    [category] category
    [item] item
    [line] requirement
    [package] package
    [supplier] supplier
   *[source] source
}
earmark_any = { $key ->
    [category] category
    [item] item
    [line] requirement
    [package] package
    [supplier] supplier
   *[source] source
} { LIST($names, by: "or") }
earmark_any-or-more = { $key ->
    [category] category
    [item] item
    [line] requirement
    [package] package
    [supplier] supplier
   *[source] source
} { LIST($names, by: "comma") } or { $more } more

## What would help a line: families of limits.

limit = { $limit ->
    [MONEY] money
    [STOCK] stock
    [DATE] dates
    [ORDER] order terms (lots, minimum orders, least useful amounts)
   *[PACKAGE] package terms (targets, requirement limits, shares)
}
binding = { LIST($ways, by: "; or ") }
binding_two = { $first } and { $second } together
binding_none = no limit alone, and no two together

## How good a plan is.

verdict_stopped = The search was stopped: this is the best plan found so far, and a better one may exist.
verdict_best = Provably best: no plan that keeps these terms serves the priorities better.
verdict_best-up-to = Proven best up to { $score ->
        [share-days] time of arrival (share-days)
        [cost] cost
       *[kept] promises kept
    }; what comes after it may still be bettered, within the bounds shown.
verdict_best-up-to-priority = Proven best up to priority { $tier }; what comes after it may still be bettered, within the bounds shown.
verdict_not-proven = Not proven best: how much better another plan could be is shown by the bounds.
score = { $score ->
    [share-days] Time of arrival (share-days)
    [cost] Cost
    [kept] Promises kept
   *[other] { $score }
}
score_tier = Priority { $tier }
sure = { $standing ->
    [PROVEN] proven: nothing better exists
    [GIVEN_EARLIER] proven for the choices made before it
    [BOUNDED] not proven: between this value and its bound
   *[UNKNOWN] not proven, and no bound is known
}

## Why money is left.

left_all-met = Every requirement is fully met.
left_lapses = It lapses on { $use_by }, before the first order on { $first }.
left_comes-late = It comes on { $from_day }, after the last order on { $last }.
left_no-package = There is no package to order the requirements that wait with.
left_all-late = None of the requirements that wait can be bought in time.
left_no-offer = Nobody offers what the requirements that wait need.
left_nothing-to-buy = Of the requirements that wait nobody offers { $unoffered }, and { $late } cannot be bought in time: none is left that money could buy.
left_too-little = What is left is less than one unit costs of anything that it may pay for and that still waits.
left_could-pay = It could pay for { $lines }; what keeps these requirements waiting is said at each of them.
left_could-pay_on-terms = It could pay for { $lines }; what keeps these requirements waiting is said at each of them ({ LIST($terms, by: "semicolon") }).
left_whole-packages = it pays whole packages only
left_at-most = it pays at most { $share } of a package
left_free-of-charge = What the requirements that wait could still have is given free of charge: no money pays for it.
left_by-days = It { LIST($words, by: " or ") }.
left_excluded = Its terms allow none of the requirements that wait, as they can be bought in time.

## Rules that a plan breaks.

broken_unknown = There is no { $noun ->
        [line] requirement
        [offer] offer
        [package] package
       *[contribution] contribution
    } “{ $name }”.
broken_units = { $units } units are bought.
broken_repeated = A purchase is listed twice.
broken_item = Offer { $offer } sells { $sold }, not { $wanted }.
broken_date = Offer { $offer } in { $package } arrives too late.
broken_surplus = { $units } of { $wanted } wanted.
broken_surplus_nothing-whole = Units are bought that make nothing whole.
broken_min-useful = { $units }, useful from { $least }.
broken_multiple = { $units } is no multiple of { $multiple }.
broken_kit = { $units } of { $part } for { $kits } kits.
broken_fulfilled = The plan says { $claimed }, it is { $true }.
broken_stock = { $units } bought, { $available } available.
broken_lot = { $units } in { $package }, lots of { $lot }.
broken_min-order = { $units } in { $package }, at least { $least }.
broken_capacity = { $units } bought, it delivers { $capacity }.
broken_target = It costs { $cost }, { $off } off its target.
broken_max-lines = { $lines } requirements are too many.
broken_payment = A payment of { $minor }.
broken_earmark = May not pay for { $line } from { $offer }.
broken_earmark_of-charge = May not pay the charge of { $supplier }.
broken_unpaid = { $minor } of { $what } in { $package } is not covered.
broken_unpaid_too-much = { $minor } too much is paid for { $what } in { $package }.
broken_charge-of = the charge of { $supplier }
broken_overspent = Pays { $minor }, more than it has.
broken_paid = Its payments do not add up to what the plan says.
broken_share = Pays { $minor } of { $cost } in { $package }.
broken_claim = It says { $claimed }, it is { $true }.
broken_about = about { $number }
broken_not-best = { $step } The plan says that it is proven.
broken_other-data = The plan was made from other data than { $file }, or that was changed since.

## Steps that would better a plan.

tried = Tried: one step more of { $lines ->
        [one] { $lines } requirement
       *[other] { $lines } requirements
    }, { $exchanges ->
        [one] { $exchanges } exchange
       *[other] { $exchanges } exchanges
    } of a purchase for an earlier or cheaper one. { $better ->
        [0] None is possible
       *[other] Possible: { $better }
    }.
tried_not-all = Tried: one step more of { $lines ->
        [one] { $lines } requirement
       *[other] { $lines } requirements
    }, { $exchanges ->
        [one] { $exchanges } exchange
       *[other] { $exchanges } exchanges
    } of a purchase for an earlier or cheaper one. { $better ->
        [0] None is possible
       *[other] Possible: { $better }
    }; { $untried } changes were left untried.
step_more = More is possible and can be paid for: { LIST($parts, by: " with ") }.
step_part = { $units } of { $offer } in { $package }
step_exchange = { $units } of { $old } in { $there } can be bought as { $new } in { $here }, earlier or cheaper.

## What a plan notes of how it was made.

note_no-solver = No solver is installed: this plan was made from the top down and is not bounded.
note_stopped = The search was stopped: what it left over was given out from the top down.
note_stopped_by-person = Stopped by a person.
note_stopped_by-key = Stopped by Ctrl-C.
note_stopped_by-budget = Stopped by the budget of { $seconds } seconds.
note_solver-failed = The solver failed at { $objective }; the best plan before it is kept.
note_solver-refused = At { $objective } the solver kept on offering plans that integers refuse.
note_solver-broke = The solver broke at { $objective }: { $error }
note_solver-gave-nothing = The solver gave no numbers at { $objective }; it is not asked again.
note_payers-untried = Who pays which package whole was not tried in every way: more restricted money might pay more.
note_unexplained = { $lines ->
        [one] { $lines } requirement that waits has
       *[other] { $lines } requirements that wait have
    } no reason here, as the time ended: ask “pledgeline plan explain” for a single requirement.
cannot_plan = Planning needs { $name }, which cannot be loaded: install pledgeline again.
cannot_bound = A bound needs { $name }, which cannot be loaded: install it.

## Files that hold no plan, and lists that hold no changes.

not-a-plan = a plan is a JSON object
not-a-plan_lacks = a plan needs { $name }
not-a-plan_of-a-part = a part of the plan is not what it should be: { $error }
contradiction = The file says { $one }, and the rest of it { $rest }.
contradiction_of-proof = It is said to be proven at { $value }, with a bound of { $bound }.
not-a-change_no-list = changes are a list
not-a-change_lacks = change { $number } needs “list”, “id” and “set”
not-a-change_unknown-list = change { $number }: there is no list “{ $name }”
not-a-change_no-fields = change { $number }: “set” must be an object of fields
