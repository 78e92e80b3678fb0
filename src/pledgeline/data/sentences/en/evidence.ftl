# What was announced, counted or left out, and what could explain a difference.

## What the as-of rule does with a row

treatment_counted = counted
treatment_apart = apart
treatment_left-out = left out
treatment_not-yet = not yet

## Why it does

why_new = new money
why_replaces = newer figure
why_replaced = replaced by a newer figure
why_repeats = repeats other rows
why_conflicts = another figure for the same money
why_unclear = unclear whether it is new money
why_withdraws = takes money back
why_withdrawn = taken back
why_not-yet = announced after the day

## Where the value of a row comes from

valued_as-announced = as announced
valued_as-reported = dollar figure of the report
valued_converted = converted
valued_no-amount = no amount stated
valued_no-rate = no usable rate

## What is put beside a stated total

basis_total = all announcements counted up to the day
basis_partner = the partner's own announcements counted up to the day
basis_partner-before = the partner's own announcements counted up to the day before
basis_on-the-day = announcements counted that were made public on the day
basis_in-the-month = announcements counted that were made public in the month, up to the day
basis_in-the-year = announcements counted that were made public in the year, up to the day
basis_partners = partners with a counted announcement up to the day
basis_partners-paid = partners with a counted announcement reported as paid up to the day
basis_partners-in-the-year = partners with a counted announcement in the year, up to the day
basis_packages-funded = packages made public up to the day
basis_packages-received = packages with a delivery reported up to the day
basis_none = no sum of announcements answers this measure

## What could explain a difference

explanation_rounding = the stated figure is rounded
explanation_older-total = an older total stated again
explanation_other-currency = a figure in another currency
explanation_same-number = the same number stated in another currency
explanation_no-amount = counted rows whose amount nobody stated
explanation_no-rate = counted rows without a usable rate
explanation_unclear = rows that may or may not be new money
explanation_taken-back = money taken back, if it was still counted
explanation_missing-shares = a package whose public shares do not reach its value
explanation_conflict = another figure for the same money
explanation_repeated = money announced again, if it was counted twice
explanation_joint = joint sums that include the partner
explanation_just-after = announcements of the two weeks after the day
explanation_just-before = announcements of the two weeks up to the day
explanation_only-announced = money announced but not reported as committed or paid
