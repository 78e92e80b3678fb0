### Why a plan cannot be accepted.

not-of-the-list = A plan that was not made from the list of the programme.
not-of-the-list_plan = This plan was made from a file: nothing in the programme follows from it.
    .way-out = Make a plan from the list of requirements, and accept that.
no-right = It is for another role.
no-right_plan = Your roles do not let you accept plans.
    .way-out = Ask a coordinator of the programme.
accepted-before = A plan that was accepted already.
accepted-before_plan = This plan was accepted before.
    .way-out = Look at its packages.
changed-since = What the plan was made from has been changed since.
changed-since_rows = Since the plan was made these were changed or withdrawn: { LIST($rows) }.
    .way-out = Make a new plan from the list as it is now.
nothing-bought = A plan that buys nothing.
nothing-bought_plan = This plan buys nothing: there is nothing to accept.
    .way-out = Look at its reasons, and plan again when there is more money or another offer.
package-taken = A package of this name is there already.
package-taken_name = There is a package “{ $package }” already.
    .way-out = Make the plan again with another name for the package.
other-currency = A size of packages in another currency than the plan.
other-currency_size = The settings say the size of packages in another currency than { $currency }.
    .way-out = Accept the plan as funded, or change the settings first.
over = A day up to which money is to be reserved that has passed.
over_reservation = The money was to be reserved until { $day }, which has passed.
    .way-out = Accept the plan anew, with a later day.
