# What is wrong with an IATI file. $message is what IATI's ruleset says of a rule, $problem what a library says, both in English.

### ---- the file cannot be read ----

not-xml = This is not well-formed XML: { $problem }.
    .way-out = Correct this place; a program that writes XML makes no such slip.
doctype = The file declares a document type, which may hide what the file becomes when it is read.
    .way-out = Take <!DOCTYPE …> out: IATI needs none.
not-iati = The file begins with “{ $root }”, and IATI files begin with iati-activities or iati-organisations.
    .way-out = Choose an IATI file.
too-large = The file has more than { $most } bytes.
    .way-out = Divide it into several files: IATI asks for files below 40 MB.
activity-too-large = This activity has more than { $most } elements.
    .way-out = Divide it into several activities.
too-deep = Elements go more than { $most } deep here.
    .way-out = Write the elements of the standard; the deepest of them lies ten deep.
too-many-attributes = An element has more than { $most } attributes.
    .way-out = Write the attributes of the standard.
text-too-long = A text has more than { $most } characters.
    .way-out = Shorten it, and link to a document.
piece-too-long = A tag or a comment has more than { $most } bytes, or does not end.
    .way-out = Close it.

### ---- its version ----

version = A version by which a file cannot be checked as it is.
version_first = The file says that it is of version { $version }, which was replaced by version 2 and is not read.
    .way-out = Write the file anew in version { $by }.
version_unknown = There is no version “{ $version }”; the file is checked as one of { $by }.
    .way-out = Write the version that the file is of, such as { $by }.
version_by-newer = The file is of version { $version }, of which the schema is not there; that of { $by } is taken, which allows more.
    .way-out = Put the schema of { $version } into the folder of standards, or write the file in version { $by }.

version_not-taken = Announcements are read from files of versions 2.01 to { $by }, and this one says “{ $version }”.
    .way-out = Write the file anew in version { $by }.

### ---- announcements from transactions ----

organisations = A file of organisations lists no transactions.
    .way-out = Choose the file of activities.
too-many-transactions = The file gives more than { $most } announcements.
    .way-out = Name the activities that are meant with --activity.
no-reporter = The first activity does not say who reports, so that its announcements would have no source.
    .way-out = Add reporting-org with an identifier and a name.
transaction = A transaction that becomes no announcement.
transaction_no-amount = The transaction has no amount that can be read: “{ $text }”.
    .way-out = Write the value as a number with a point and without spaces.
transaction_no-currency = Neither the value nor its activity says a currency.
    .way-out = Add currency to the value, or default-currency to the activity.
transaction_negative = The amount is below zero: it takes back what another transaction said.
    .way-out = Enter what is taken back on the page of the announcement that it is about, as a row that withdraws it.
transaction_no-partner = The transaction does not say who gives.
    .way-out = Add provider-org, with an identifier or a name.
transaction_unknown-partner = No partner is known as “{ $name }”.
    .way-out = Say which partner is meant: --partner "{ $name }=NLD", with the code of a country or of the programme's settings.
transaction_two-partners = The identifier of the provider means { $other }, and its name means { $code }.
    .way-out = Correct one of the two, or say which partner is meant with --partner.
transaction_no-recipient = Neither the transaction nor its activity says for which country the money is.
    .way-out = Add recipient-country.
transaction_other-recipient = The money is for { $code }, and the programme is for { $country }.
    .way-out = Leave the activity out: name those that are meant with --activity.
transaction_shared = The money is for several countries, and only a part of it for { $country }.
    .way-out = Enter the part on a page, with the source that says how much it is.
title = A title that has to be looked at.
title_none = The activity has no title.
    .way-out = Add title with a narrative.
title_languages = The title is written in several languages, none of which is English; the first is taken.
    .way-out = See whether it can be read, and correct it on the page of the announcement.

### ---- the schema ----

schema = Something that the schema does not allow.
schema_order = { $problem }.
    .way-out = Write the elements in the order of the standard, each as often as it may stand there: see the page of the element on iatistandard.org.
schema_attribute-missing = { $problem }.
    .way-out = Add the attribute.
schema_attribute-unknown = { $problem }.
    .way-out = Take the attribute away, or correct its name.
schema_element-unknown = { $problem }.
    .way-out = Write an element of the standard; one of your own needs a namespace of its own.
schema_text = { $problem }.
    .way-out = Put the text into an element narrative, or take it away.
schema_value = { $problem }.
    .way-out = Write the value in the form that the standard asks for: days as 2025-08-31, numbers with a point and without spaces.

### ---- codelists ----

code = A code that its list does not have.
code_unknown = The codelist { $list } has no code “{ $code }”.
    .way-out = Take a code of the list, on iatistandard.org under Codelists.
code_unlisted = The codelist { $list } does not name the code “{ $code }”, and names only some of the codes that there are.
    .way-out = See whether the code is meant.

### ---- the ruleset ----

rule = A rule of IATI's ruleset is broken.
rule_atleast-one = { $message } (Rule { $rule }.)
    .way-out = Add what is missing.
rule_no-more-than-one = { $message } (Rule { $rule }.)
    .way-out = Keep one, and take the others away.
rule_one-or-all = { $message } (Rule { $rule }.)
    .way-out = Say it once for the whole, or here and at every other place.
rule_unique = { $message } (Rule { $rule }.)
    .way-out = Give each a value of its own.
rule_startswith = { $message } (Rule { $rule }.)
    .way-out = Begin it as the message says.
rule_regex-matches = { $message } (Rule { $rule }.)
    .way-out = Write the identifier without these signs.
rule_no-spaces = { $message } (Rule { $rule }.)
    .way-out = Take away what stands before and after it.
rule_range = { $message } (Rule { $rule }.)
    .way-out = Write a number from 0 to 100.
rule_strict-sum = { $message } (Rule { $rule }.)
    .way-out = Correct the percentages, to the last decimal.
rule_if-then = { $message } (Rule { $rule }.)
    .way-out = Change one of the two, as the message says.
rule_date-order = { $message } (Rule { $rule }.)
    .way-out = Correct the day that is wrong.
rule_date-now = { $message } (Rule { $rule }.)
    .way-out = Write the moment at which it was last changed.
rule_between-dates = { $message } (Rule { $rule }.)
    .way-out = Write a day within the period, or correct the period.
rule_time-limit = { $message } (Rule { $rule }.)
    .way-out = Divide the period into years.

too-many-findings = There are more findings than anybody corrects in one go; the others are not listed.
    .way-out = Correct those listed, and check again.
