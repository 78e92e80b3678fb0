### What keeps a plan from being made from the rows of a programme, or a row from being a part of it.

package-taken = A package of this name is there already.
package-taken_name = There is a package “{ $package }” already.
    .way-out = Give the new one another name.
nothing-to-plan = There is nothing on the list that waits for money.
nothing-to-plan_no-list = No requirement is on the list.
    .way-out = Have requirements validated and put on the list first.
nothing-to-plan_covered = Everything on the list is in a package already.
    .way-out = Put more on the list, or cancel a package.
no-books = The programme keeps no books.
no-books_programme = The programme keeps no books: there is no money to plan with.
    .way-out = Open its books, and enter what partners pledged and paid.
other-currency = Money or an offer in another currency than the plan counts in.
other-currency_money = { $contribution } has { $currency } available, and the plan counts { $planned }: it stays out.
    .way-out = Change the money first, and enter that in the books.
other-currency_offer = The offer { $offer } is in { $currency }, and the plan counts { $planned }: it stays out.
    .way-out = Ask the supplier for a price in { $planned }.
