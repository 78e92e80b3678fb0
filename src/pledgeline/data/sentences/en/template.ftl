# The workbook that people fill in: its help sheet, and what stands in the notes of its headers.

must-be-filled-in = Must be filled in. { $help }

## The help sheet.

title = A plan: what to buy, with whose money
how-to = How to fill it in
good-to-know = Good to know
every-column = Every column
sheet = Sheet
column = Column
needed = Must it be filled in?
meaning = What it means
yes = yes
step = { $number }. { $text }
step_currency = Write the currency of the plan on Settings.
step_needs = List what is needed on Requirements and what can be bought on Offers; write items alike on both.
step_money = List the money on Contributions, each sum with its terms, and on Packages when something is ordered.
step_others = Kits, Substitutes, Suppliers and Rates are needed only where there are any.
step_save = Save the workbook and hand it to Pledgeline: on the page Plan, or with “pledgeline plan solve”.
rule_examples = Rows in grey italics begin with EXAMPLE: they show how it is done and are not read. Delete them or leave them.
rule_needed = Dark headers must be filled in; the others may be left empty, and then mean what their note says.
rule_amounts = Amounts are in whole units of money: 1500000 or 1500000.50, never in cents and never in thousands.
rule_days = Days are dates. Typed as text, write 2026-03-04: 03/04/2026 has two meanings and is asked about.
rule_percent = Percentages are typed with their sign: 1.5%.
rule_order = Order of columns and rows does not matter. Columns, rows and sheets of your own are left alone.
rule_marked = Everything that is wrong is listed with its cell, and a copy of the workbook with these cells marked is offered.

## Sheets and columns.

note = Free text for people: not read.
category = The category of the item, such as air defence. Earmarks may name it. One item has one category: write it in one row or in each.

requirements = What is needed: one row for each line of the list.
requirements_id = The name of the line, each once: R-01.
requirements_item = What is needed, written as on Offers; or the name of a kit on Kits.
requirements_quantity = How many units are needed: a whole number, at least 1.
requirements_priority = 1 is the most important priority, then 2, 3 … Empty: 1.
requirements_need-by = The last day on which a unit may arrive. Empty: any day.
requirements_min-useful = Fewer units than this are of no use: the line gets none or at least so many. Empty: 1.
requirements_multiple = Units are useful only in multiples of this number. Empty: 1.
requirements_weight = How much the line counts beside others of its priority: 2 counts twice. 0.5 or 1/2. Empty: 1.

offers = What can be bought: one row for each price of a supplier.
offers_id = The name of the offer, each once: O-01.
offers_item = What is sold, written as on Requirements.
offers_unit-price-minor = The price of one unit in the currency of the plan (Settings). 0 is a donation.
offers_available = How many units the supplier has in all. Empty: any number.
offers_lead-days = Days from the order to the arrival. 0 where it arrives on the day of the order.
offers_lot = Sold only in multiples of this number. Empty: 1.
offers_min-order = The least that one package may order of this offer, over all lines together. Empty: none.
offers_supplier = Who sells. Earmarks may name it.
offers_source = Where the units come from: stock, new production … Earmarks may name it.

contributions = The money: one row for each sum with its own terms.
contributions_id = The name of the contribution, each once: C-01.
contributions_partner = Who gives.
contributions_amount-minor = How much, in the currency beside it: 1500000 or 1500000.50.
contributions_currency = The ISO code: USD, EUR, SEK … Empty: the currency of the plan. Other currencies need a rate.
contributions_allow = What the money may be spent on. Empty: anything. One or more terms with semicolons between: category: air defence, artillery; supplier: Example Works. All terms must be met. A term begins with category, item, requirement, package, supplier or source.
contributions_deny = What the money may not be spent on, written in the same way: item: tent.
contributions_available-from = The first day on which it may be ordered against. Empty: any day.
contributions_use-by = The last day on which it may be ordered against. Empty: any day.
contributions_fee-bps = What is taken off before it can pay, as a percentage: 1.5%. Empty: nothing.
contributions_max-share = The largest part of one package's cost that it pays: 50% or 1/3. Empty: all of it.
contributions_whole-package-only = yes: it pays a package's entire cost or nothing of it. Empty: no.

packages = What is ordered together: one row for each order day.
packages_id = The name of the package, each once: P-01.
packages_order-day = The day on which all of it is ordered.
packages_target-minor = What the package is to cost, in the currency of the plan. Empty: any sum.
packages_tolerance-minor = How far its cost may lie above or below the target. Empty: not at all.
packages_max-lines = How many lines it may serve at most. Empty: any number.

kits = Items that are bought in parts: one row for each part of a kit. Leave empty if there are none.
kits_kit = The item on Requirements that is bought in parts.
kits_part = An item on Offers.
kits_count = How many of the part one kit takes.

substitutes = Items that may be bought instead of another. Leave empty if there are none.
substitutes_item = The item that is needed.
substitutes_by = The item that may be bought instead.
substitutes_ratio = As how many units of the item one unit of the substitute counts: 0.5 or 1/2. Empty: 1.

rates = What other currencies are worth. Leave empty if all money is in the currency of the plan.
rates_code = The currency of contributions, each once.
rates_rate = What one unit of it is worth in the currency of the plan: in a plan in USD, 1.08 for EUR.

suppliers = Suppliers with a limit or a charge of their own. Leave empty if there are none.
suppliers_id = The supplier, written as on Offers, each once.
suppliers_capacity = How many units it delivers in all, over all its offers. Empty: any number.
suppliers_charge-minor = A fixed charge, such as for a contract: due once in each package that orders anything from it, in the currency of the plan. Empty: none.

categories = Categories of items that stand on neither Requirements nor Offers. Seldom needed.
categories_item = The item.
categories_category = Its category.

settings = What holds for the whole plan.
settings_setting = Which setting.
settings_value = What holds.
setting_currency = The ISO code of the currency that prices, targets and the plan are in.
setting_first-day = The day from which days are counted: no figure depends on it but the share-days. Empty: the first order day.
setting_days = How days are written: dates, or numbers counted from any day.
setting_title = The name of the plan, for people.

## Words in cells.

help-sheet = Help
no = no
days_dates = dates
days_numbers = numbers
earmark_category = category
earmark_item = item
earmark_line = requirement
earmark_package = package
earmark_supplier = supplier
earmark_source = source

## Rows of the template that show how it is done.

example = EXAMPLE
example_numbered = { $word }-{ $number }
example_named = { $word } { $name }
example_by-september = 40 generators by 30 September; fewer than 10 are of no use
example_a-kit = a kit: its parts are on Kits
example_in-lots = in lots of 5, at least 10 in a package
example_for-power = for power from stock; 1.5% goes to handling
example_half = at most half of a package
example_millions = between 4.5 and 5.5 million
example_any-sum = any sum, at most 10 lines
example_four-tents = one field hospital is 4 tents …
example_one-generator = … and 1 generator
example_two-small = two small ones count as a large one
example_rate = 1 EUR is 1.08 of the currency of the plan
example_limit = at most 500 units in all; 2,500 for each package with its goods
example_generator = generator 200 kW
example_power = power
example_hospital = field hospital
example_tent = tent
example_shelter = shelter
example_works = Example Works
example_tents = Example Tents
example_stock = stock
example_production = new production
example_partner = Example Partner
example_another-partner = Another Partner
example_may-pay-for = category: power; source: stock
example_not-for = item: tent
example_small-generator = generator 100 kW

## Why a problem cannot be written as a workbook.

no-currency = “{ $code }” is not a currency of ISO 4217
text-not-kept = no cell keeps the text { $text } as it is
