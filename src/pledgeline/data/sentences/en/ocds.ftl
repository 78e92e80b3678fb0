# What the checker of files of the Open Contracting Data Standard objects to.

## The file

too-large = The file is larger than { $most } MB; it was not read.
    .way-out = Split it into several packages.
too-large_values = The file has more than { $most } values; the rest was not read.
no-byte = The file is empty.
    .way-out = Save it again.
not-utf-8 = The file is not text in UTF-8: this line has bytes that are no letter.
    .way-out = Save it as UTF-8, as the standard asks for.
not-utf-8_wide = The file is text in UTF-16 or UTF-32.
not-json = The file is no JSON: { $why }, column { $column }.
    .way-out = Correct the place, or have the file written again by a program.
not-json_other = The file is no JSON that can be read.
not-json_packed = The file is packed.
    .way-out = Unpack it first.
not-json_several = The file holds several values of JSON, one after the other; the second begins here.
    .way-out = Put all releases into one package, in its list “releases”; or divide the file, with one value in each.
not-json_no-number = JSON has no number { $text }.
    .way-out = Write a number, or leave the field out.
too-deep = Lists and objects lie more than { $most } deep in each other here; the rest was not read.
    .way-out = Look at what wrote the file: the standard goes no deeper than ten.
field-twice = The field “{ $field }” is there twice in one object.
    .way-out = Remove one of the two: programs differ in which they take.
number-too-long = The number has more than { $most } signs, or an exponent of three digits.
    .way-out = Write it in plain digits.
half-a-letter = The text holds half of a letter.
    .way-out = Write both halves of the pair, or the letter itself.
no-standard = This is no release, record or package of OCDS: it has none of the fields “releases”, “records” and “ocid”.
    .way-out = Choose a file that holds a release package or a record package.
too-many = There are more of this weight, which are not listed.
    .way-out = Correct those that are listed, and check again.

## The schema

whole = the whole
kind_string = a text
kind_number = a number
kind_integer = a whole number
kind_boolean = true or false
kind_array = a list
kind_object = an object
kind_null = null
missing = The field “{ $field }” is missing in “{ $where }”.
    .way-out = Add it.
type = “{ $field }” is { $is_ }, and has to be { LIST($wanted, by: "or") }.
    .way-out = Write it as { LIST($wanted, by: "or") }.
code = “{ $field }” has a code that is not on its list, which is closed.
    .way-out = Choose a code of the list.
code_close = “{ $field }” has a code that is not on its list, which is closed. Perhaps “{ $close }” is meant.
    .way-out = Write “{ $close }”, or choose another code of the list.
code_all = “{ $field }” has a code that is not on its list, which is closed.
    .way-out = Choose one of { LIST($codes, by: "comma") }.
code_some = “{ $field }” has a code that is not on its list, which is closed.
    .way-out = Choose one of { LIST($codes, by: "comma") } or { $more } more.
date = “{ $field }” is no time as the standard writes it.
    .way-out = Write date, time and offset, such as 2026-01-31T00:00:00Z.
address = “{ $field }” is no address.
    .way-out = Write a whole address, such as https://example.org/package.json; other letters than those of ASCII with percent signs.
nothing-in-it = “{ $field }” is there, and has nothing in it.
    .way-out = Fill it in, or leave the field out.
twice = “{ $field }” has the same twice.
    .way-out = Remove one of the two.
pattern = “{ $field }” is not written as { $pattern } asks for.
    .way-out = Write it so.
below = “{ $field }” is below { $least }.
    .way-out = Correct the number.
schema = “{ $field }” breaks the rule “{ $rule }” of the schema.
    .way-out = Look the field up in the reference of the standard.

## Fields and codes

additional-field = The standard has no field “{ $field }” here ({ $times } in this file). Nobody else understands it.
    .way-out = Leave it out, or describe it in an extension that the package names.
additional-field_close = The standard has no field “{ $field }” here ({ $times } in this file). Perhaps “{ $close }” is meant.
    .way-out = Write “{ $close }”; the standard tells capitals and small letters apart.
additional-field_extension = The standard has no field “{ $field }” here ({ $times } in this file); the extension { $extension } has one.
    .way-out = Name the extension under “extensions” in the package.
deprecated = The standard gives up what is used here.
    .way-out = Look the field up in the reference of the standard: it says what takes its place.
deprecated_field = The field “{ $field }” is given up since version { $version } ({ $times } in this file).
deprecated_code = The code “{ $value }” of “{ $field }” is given up ({ $times } in this file).
empty = “{ $field }” is there, and has nothing in it ({ $times } in this file).
    .way-out = Leave the field out where nothing is known.
additional-code = “{ $field }” has the code “{ $value }” ({ $times } in this file), which is not on its list.
    .way-out = Choose a code of the list, if one fits.
additional-code_close = “{ $field }” has the code “{ $value }” ({ $times } in this file), which is not on its list. Perhaps “{ $close }” is meant.
    .way-out = Write “{ $close }”, if it fits.
additional-code_all = “{ $field }” has the code “{ $value }” ({ $times } in this file), which is not on its list.
    .way-out = Choose one of { LIST($codes, by: "comma") }, if one fits.
additional-code_some = “{ $field }” has the code “{ $value }” ({ $times } in this file), which is not on its list.
    .way-out = Choose one of { LIST($codes, by: "comma") } or { $more } more, if one fits.
no-section = The tag “{ $tag }” announces “{ $field }”, of which the release has nothing.
    .way-out = Add the section, or take the tag away.

## Rules of the text

version = This is another version of the standard; this check knows { $wanted }.
    .way-out = Write the package in version { $wanted }, or check it elsewhere.
unknown-extension = The texts of this extension are not there: its fields are not checked.
    .way-out = Add the extension to the folder of standards.
prefix = The ocid does not begin with a prefix of the standard: “ocds-” and six small letters or digits.
    .way-out = Register a prefix at the Open Contracting Partnership, and put it before your own identifier.
another-ocid = The ocid is another one than that of the record.
    .way-out = Put the release into the record of its own process, or correct the ocid.
same-id = The id is that of number { $first } of the same list, counted from 0.
    .way-out = Give each its own id: of two with one id a merge keeps the later one.
same-ocid = The ocid is that of record number { $first }, counted from 0.
    .way-out = Put all releases of a process into one record.
compiled = The tag “compiled” is not where it belongs.
    .way-out = Use it for the compiled release of a record, alone, and nowhere else.
compiled_record = The compiled release of a record has another tag than “compiled”.
compiled_release = The tag “compiled” stands in a release that is not compiled, or beside others.
order = It is earlier than the one before it.
    .way-out = Put the oldest first.
published-before = The release is dated after its package was published.
    .way-out = Correct one of the two times.
unknown-award = No award of the process in this file has the id that the contract names.
    .way-out = Correct the id, or add the award.
unknown-party = No party of this release has this id.
    .way-out = Add the organisation to “parties”, or correct the id.
unknown-release = No release of this record has this id.
    .way-out = Correct the id, or add the release.
no-currency = The amount has no currency.
    .way-out = Add “currency” with the code of ISO 4217.
negative = The amount is below zero.
    .way-out = Look whether it is meant so.
period = The period ends before it begins.
    .way-out = Correct one of the two times.

## Awards and contracts that are brought in

one-supplier = It has { $number } suppliers with a name.
    .way-out = Give the award one supplier with a name; of several, write an award each.
no-items = It has no items.
    .way-out = Give it items with a quantity and the price of a unit.
no-unit-price = The item does not say what a unit costs.
    .way-out = Add “unit” with a “value” that has “amount” and “currency”.
no-unit-price_currency = The price of a unit is in no currency of ISO 4217.
no-unit-price_parts = The price of a unit has parts below the smallest coin of its currency.
two-currencies = Its items have prices in several currencies.
    .way-out = Write a contract for each currency.

## What an export says

text_title = Package { $package }
text_rationale = Requirements of the list of { $programme }
text_delivery = Delivery, receipt { $receipt }
text_counted = { $item }: { $accepted } accepted, { $rejected } rejected, { $short } not there
text_withheld = { $programme } keeps this from the public.
