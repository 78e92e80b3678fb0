# The workbook of a plan: the names of its sheets and columns, and what stands beside its figures.

## Sheets.

sheet-packages = Packages
sheet-who-pays-what = Who pays what
sheet-lines = Lines
sheet-orders = Orders
sheet-partners = Partners
sheet-proof = Proof
sheet-summary = Summary

## Titles.

title-packages = What is ordered together, when, and who pays for it
title-payments = Each payment to the cent: which money pays for which line in which package
title-lines = Each line: what was asked, what it gets, and why it does not get more
title-orders = What is ordered from whom, for which line, and when it arrives
title-partners = What each partner offered, what of it is used, and why the rest is left
title-proof = What this plan was made from, and how it can be proved

## Headings, columns and values.

plan = Plan
amounts-in = All amounts are in { $currency } unless another currency is named.
lines-asked-for = Lines asked for
cost-of-the-plan = Cost of the plan
money-offered-after-fees = Money offered, after fees
packages-ordered = Packages ordered
last-arrival = Last arrival
of-them-fully-met = {"  "}fully met
of-them-partly-met = {"  "}partly met
of-them-waiting = {"  "}waiting
of-it-used = {"  "}used
of-it-left = {"  "}left
priority-of = Priority { $priority }
in-figures = In figures
by-priority = By priority
by-category = By category
the-first-lines-that-are-not-fully-met = The first lines that are not fully met
values-exactly = Values, exactly
broken-rules = Broken rules
priority = Priority
lines = Lines
fully-met = Fully met
partly-met = Partly met
waiting = Waiting
cost = Cost
coverage = Coverage
no-plan-covers-more-than = No plan covers more than
state = State
how-sure = How sure
package = Package
order-day = Order day
target = Target
tolerance = Tolerance
lines-served = Lines served
most-lines = Most lines
paid-by = Paid by
partner = Partner
contribution = Contribution
line = Line
item-bought = Item bought
offer = Offer
supplier = Supplier
pays = Pays
item = Item
category = Category
asked = Asked
met = Met
share-met = Share met
how-far-met = { $state ->
        [met] fully met
        [partly] partly met
       *[waits] waits
    }
need-by = Need by
reason = Reason
why-it-does-not-get-more = Why it does not get more
what-would-help-if-lifted-for-this-line-alone = What would help if lifted for this line alone
units = Units
unit-price = Unit price
arrives = Arrives
currency = Currency
given-in-its-currency = Given, in its currency
used = Used
left = Left
share-used = Share used
why-it-is-left = Why it is left
objective = Objective
value-as-an-exact-fraction = Value, as an exact fraction
about = About
bound-as-an-exact-fraction = Bound, as an exact fraction
rule = Rule
what-is-wrong = What is wrong
can-pay = Can pay ({ $currency })
without-a-category = without a category
why = Why
more-on-lines = and { $more } more on the sheet Lines
not-ordered = not ordered
all-donated = nobody: all of it is donated
fixed-charge = fixed charge
all-used = All of it is used.
fee-takes-all = Its fee takes all of it.
verdict = Verdict
checked-anew = Checked anew in integers
rules-kept = Every rule is kept and every cent is accounted for.
rules-broken = { $rules ->
        [one] { $rules } rule is broken
       *[other] { $rules } rules are broken
    }: do not use this plan.
digest = Digest of the input (SHA-256)
solver = Solver
budget = Budget
policy = Policy: { $name }
note = Note
in-minor-units = { $objective }, in minor units
total = Total
none = There is none.
too-long-for-a-cell = too long for a cell: see the JSON of this plan
