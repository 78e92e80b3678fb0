# What the reader of a record objects to. A message is named by its code; $note is a sentence more, or nothing.

## The folder and its files as such

folder_missing = There is no such folder.
    .way-out = Give the path of a folder with the seven files.
folder_not-a-folder = The path names something that is no folder.
    .way-out = Give the folder that holds the seven files.
folder_unreadable = The folder is there and cannot be read.
    .way-out = See that you may read it, and that no link in its path leads back to itself.
file_missing = One of the seven files is not in the folder.
    .way-out = Add it; a file with its header row alone is enough where there are no rows.
file_missing_named = { $name } is missing.{ $note }
file_unreadable = The file is there and cannot be read.
    .way-out = See that it is a file and that you may read it.
file_unreadable_no-file = { $name } is no file that can be read.
file_unreadable_why = { $name } cannot be read: { $why }.
file_empty = The file has no header row.
    .way-out = Add the header row; rows may follow or not.
file_empty_named = { $name } is empty.
file_not-csv = The file is something else under the name of a CSV file.
    .way-out = Open it with the program it belongs to and save it as CSV, UTF-8.
file_not-csv_kind = { $name } is { $kind ->
        [zip] a workbook (.xlsx, .ods) or another zip archive
        [xls] a workbook of an old kind (.xls)
        [pdf] a PDF
        [gzip] a gzip archive
        [xml] a web page or XML
        [json] JSON
       *[other] a database
    }.
file_not-utf-8 = The file has bytes that are no UTF-8.
    .way-out = Save it as CSV UTF-8 in the spreadsheet program.
file_not-utf-8_utf-16 = { $name } is saved as UTF-16.
file_not-utf-8_byte = Byte { $place } of the line (0x{ $byte }) is no UTF-8.
file_not-utf-8_bytes = { file_not-utf-8_byte } { $more ->
        [one] So has { $more } more line.
       *[other] So have { $more } more lines.
    }
file_not-utf-8_settings = 0x{ $byte } is no UTF-8.
file_separator = The columns are parted by something else than commas.
    .way-out = Save it with commas as separators.
file_separator_sign = The columns are parted by { $sign ->
        [semicolon] semicolons
        [tab] tabs
       *[bar] bars
    }.
file_line-too-long = A line has more than a million characters; it was not read.
    .way-out = See whether a quotation mark or a line break is missing, or whether this is a table at all.
file_too-large = The file is larger than 256 megabytes; it was not read.
    .way-out = Split the record into several programmes.
file_too-large_bytes = { $name } has { $bytes } bytes.
file_too-large_settings = { $name } has more than { $most } bytes.
file_quotes = A quotation mark opens or closes in the wrong place; the row was not read.
    .way-out = Close the quotation mark; inside a quoted cell write it twice.
# $why is what the reader of Python's library says, in English.
file_quotes_why = The row that begins here is not closed: { $why }.
header_none_record = The first row names none of the columns.
    .way-out = Write the names of the columns above the rows.
header_none_record_columns = No column of { $name } is named in its first row.
    .way-out = Write above the rows: { $columns }.
header_missing-column_record = A column that the file must have is not in its header.
    .way-out = Add the column, or correct the spelling of its name.
header_missing-column_record_named = The column “{ $column }” is missing.{ $note }
header_unknown-column_record = The header has a column that the file does not know; it was not read.
    .way-out = Take it out, or correct the spelling of its name.
header_unknown-column_record_named = The column “{ $column }” is not known and was not read.
header_unknown-column_record_unnamed = The column without a name is not known and was not read.
header_double-column_record = The header names a column twice.
    .way-out = Take one of them out, or give it its right name.
header_double-column_record_named = The column “{ $column }” stands twice.

## Rows and cells of any file

row_cells_record = The row has more or fewer cells than the header.
    .way-out = Put cells that contain commas into quotation marks, and leave empty cells empty.
row_cells_record_counts = The row has { $cells ->
        [one] { $cells } cell
       *[other] { $cells } cells
    } and the header { $columns }.
row_cells_record_over-lines = { row_cells_record_counts } It runs over { $lines } lines: see whether a quotation mark is not closed.
row_duplicate_record = Two rows have the same key.
    .way-out = Give one of them another key, or take it out. The first one was read.
row_duplicate_record_line = “{ $name }” stands in line { $line } already.
row_looks-alike_record = Two rows have keys that look the same and are written with other letters.
    .way-out = Write the key in the letters of one script, or give the row another one. The first one was read.
row_looks-alike_record_twin = “{ $name }” looks like “{ $twin }”.
row_looks-alike_record_letter = “{ $name }” looks like “{ $twin }”: this one has { $letter }.
row_twice_record = The same statement stands twice; the first row was read, with its sources and its note.
    .way-out = Take one of them out, and put all sources into the other.
row_twice_record_line = Line { $line } says the same.
cell_empty_record = A cell that must be filled is empty.
    .way-out = Fill it.
cell_control-characters_record = The cell has characters that cannot be seen or printed.
    .way-out = Write the text anew.
cell_spaces_record = The cell begins or ends with spaces; it was read without them.
    .way-out = Take the spaces out.
cell_two-scripts_record = A word has letters of two scripts that look alike: a Cyrillic letter in a Latin name, for example.
    .way-out = Write the word anew in the letters of one script.
cell_two-scripts_record_letter = “{ $text }” has { $letter } in a word of another script.
cell_day-after-today_record = The day lies after today.
    .way-out = Correct the day. If it is right, the row counts from that day on.
cell_day-after-today_record_day = { $day } lies after today, { $today }. Is it right?
cell_too-long_record = The text has more than 10,000 characters.
    .way-out = Shorten it.
cell_too-long_record_unread = A cell has more than 131,072 characters.
cell_too-long_record_characters = The text has { $characters } characters.
cell_reference_record = The key is longer than 100 characters, or has characters other than letters, digits, `.`, `_` and `-`.
    .way-out = Use a short key of letters and digits.
cell_reference_record_letter = The key has { $letter }: only letters, digits, `.`, `_` and `-` may stand in it.
cell_reference_record_space = The key has a space: only letters, digits, `.`, `_` and `-` may stand in it.
cell_reference_record_begins = The key begins with “{ $letter }”, not with a letter or a digit.
cell_day-form_record = The day is not written as year-month-day.
    .way-out = Write it as 2025-08-04.
cell_day-form_record_written = “{ $text }” is not written as year-month-day.
cell_day-form_record_meant = { cell_day-form_record_written }
    .way-out = Write { $day }, if that is meant.
cell_day-form_record_two-meant = { cell_day-form_record_written }
    .way-out = Write { $day } or { $other }, if that is meant.
cell_no-such-day_record = The calendar has no such day.
    .way-out = Correct the day.
cell_no-such-day_record_day = The calendar has no { $day }.
cell_day-out-of-range_record = The day is before 1990 or after 2100.
    .way-out = See whether the year is right.
cell_day-out-of-range_record_day = { $day } is before 1990 or after 2100.
cell_vocabulary_record = The word is not one of those that the column knows.
    .way-out = Choose one of the words named.
cell_vocabulary_record_word = “{ $word }” is not a word of this column: it knows { $known }.{ $note }
cell_vocabulary_record_word-or-nothing = “{ $word }” is not a word of this column: it knows { $known } or nothing.{ $note }
cell_vocabulary_record_empty = The cell is empty: it knows { $known }.
cell_not-a-number_record = The cell is no plain decimal number.
    .way-out = Write digits with at most one point, no separators, no currency sign.
cell_not-a-number_record_characters = No amount is written with { $characters } characters.
cell_not-a-number_record_amount = “{ $text }” is not a plain decimal number.
cell_separators_record = The number has separators between its digits.
    .way-out = Write 1500000.00, not 1,500,000.00.
cell_separators_record_amount = “{ $text }” has separators between its digits.
cell_not-whole_record = The cell is no whole number of the range that the column allows.
    .way-out = Write a whole number.
cell_not-whole_record_range = “{ $text }” is no whole number from { $least } to { $most }.
cell_unknown-currency_record = The code is no currency of ISO 4217.
    .way-out = Write its three capital letters, for example USD.
cell_unknown-currency_record_said = { $objection }
cell_past-currency_record = The code is a currency of the past, and the day lies after its last day.
    .way-out = Write the amount in the currency that took its place, or correct the day.
cell_past-currency_record_said = { $objection }
cell_unknown-partner_record = The code is neither a country nor a party of the programme.
    .way-out = Use the alpha-3 code of ISO 3166, joined with + for several, or add the party to programme.toml.
cell_unknown-partner_record_code = “{ $code }” is neither a country nor a party of the programme.
cell_unknown-partner_record_meant = { cell_unknown-partner_record_code }
    .way-out = Write { $meant }, if that is meant.
cell_unknown-partner_record_union = { cell_unknown-partner_record_code }
    .way-out = The European Union is no country of ISO 3166. Name the member states that pay, joined with +, or add it to programme.toml: [parties] EU = "European Union".
cell_unknown-partner_record_missing = A code is missing beside the +.
cell_partner-twice_record = The same partner stands twice in one cell.
    .way-out = Name each partner once.
cell_decimals_record = The amount has more decimals than its currency has.
    .way-out = Round it as the source does.
cell_decimals_record_amount = “{ $text }” has more decimals than { $currency }, which has { $digits }.
cell_too-large_record = The number is larger than any amount of money.
    .way-out = See whether its unit is right.
cell_too-large_record_amount = “{ $text }” is larger than any amount of money.
cell_not-positive_record = The number must be above 0.
    .way-out = Correct the sign, or leave the cell empty if nothing was stated.
cell_not-positive_record_above = { $number } is not above 0.
cell_not-positive_record_withdraw = { cell_not-positive_record_above }
    .way-out = Correct the number, or leave the cell empty if nothing was stated. Money that is taken back is a row with the relation withdraws: the amount is what is taken back, or empty for the whole.
cell_not-positive_record_below = { $number } is below 0.
    .way-out = Correct the sign.
cell_key-twice_record = A key stands twice in one cell; it was read once.
    .way-out = Name each key once.
cell_unknown-source_record = No row of sources.csv has this key.
    .way-out = Add the source, or correct the key.
cell_unknown-source_record_key = There is no “{ $key }”.{ $note }
cell_unknown-package_record = No row of packages.csv has this key.
    .way-out = Add the package, or correct the key.
cell_unknown-package_record_key = There is no “{ $key }”.{ $note }
cell_address_record = The address is none that begins with http://, https:// or urn:, or it has spaces.
    .way-out = Write the whole address, with %20 for a space.

## Announcements

contributions_amount-and-currency = An amount without a currency, or a currency without an amount.
    .way-out = Fill both, or leave both empty where no sum was stated.
contributions_amount-and-currency_one = “{ $filled }” is filled and “{ $missing }” is empty.
contributions_relation-and-rows = A relation without the rows it relates to, or rows without a relation.
    .way-out = Fill both, or leave both empty for new money.
contributions_relation-and-rows_one = “{ $filled }” is filled and “{ $missing }” is empty.
contributions_unknown-row = The row relates to one that does not exist.
    .way-out = Correct the key, or add the row.
contributions_unknown-row_row = There is no row “{ $row }”.{ $note }
contributions_relates-to-itself = The row relates to itself.
    .way-out = Name the row that is meant.
contributions_relates-to-itself_row = { $row } relates to itself.
contributions_replaces-later = The row replaces, or takes back, one that was announced later.
    .way-out = Correct one of the days, or turn the relation round.
contributions_replaces-later_rows = { $row } of { $day } { $relation ->
        [withdraws] takes back
       *[replaces] replaces
    } { $other }, which was announced { $known_to ->
        [month] in
       *[day] on
    } { $other_day }.
contributions_circle = Rows relate to each other in a circle: none of them would be counted.
    .way-out = Take out the relation that is wrong.
contributions_circle_rows = The rows relate to each other in a circle: { $circle }.
contributions_circle_many = The rows relate to each other in a circle: { $begin } → … ({ $rows } rows) → { $first }.
contributions_replaces-with-nothing = The row has no amount and replaces one that has: its money counts no more, and the partner still does.
    .way-out = Fill the new amount. If the money was taken back, write the relation withdraws.
contributions_replaces-with-nothing_rows = { $row } has no amount and replaces { $others }, which had one.
contributions_withdraws-uncounted = The row takes money back from one that does not count by then.
    .way-out = Name the row that counts: the newer figure, or the row that is repeated.
contributions_withdraws-uncounted_relation = { $row } is a row that { $relation } others and does not count.
    .way-out = { $had ->
            [no-amount] Leave the amount empty: the whole is taken back.
           *[amounts] { contributions_withdraws-uncounted.way-out }
        }
contributions_withdraws-uncounted_replaced = { $row } was replaced by { $other } on { $day }.
    .way-out = { $had ->
            [no-amount] Leave the amount empty: the whole is taken back.
           *[amounts] { contributions_withdraws-uncounted.way-out }
        }
contributions_withdraws-several = The row takes back a part of several rows: how much of which cannot be said.
    .way-out = Write a row for each, or leave the amount empty where the whole of all is taken back.
contributions_withdraws-several_rows = { $row } takes back a part of { $others }.
    .way-out = { $had ->
            [no-amount] Leave the amount empty: the whole is taken back.
           *[amounts] { contributions_withdraws-several.way-out }
        }
contributions_withdraws-otherwise = The row takes money back from one of another partner, package, stage or currency.
    .way-out = Write those of the row from which money is taken back.
contributions_withdraws-otherwise_column = { $column } is “{ $own }” here and “{ $its }” in { $source }, from which money is taken back.
    .way-out = { $had ->
            [no-amount] Leave the amount empty: the whole is taken back.
           *[amounts] { contributions_withdraws-otherwise.way-out }
        }
contributions_withdraws-otherwise_no-amount = No amount of { $source } is known: a part of it cannot be taken back, only the whole.
    .way-out = Leave the amount empty: the whole is taken back.
contributions_withdraws-otherwise_currency = { $source } was announced in { $currency }, and { $taken } is taken back.
contributions_withdraws-too-much = More is taken back than was announced.
    .way-out = Correct the amount, or leave it empty where the whole is taken back.
contributions_withdraws-too-much_nothing-left = Nothing is left of { $source }: the whole was taken back before.
contributions_withdraws-too-much_whole-of-nothing = { contributions_withdraws-too-much_nothing-left }
    .way-out = Take the row out, or write in its amount what was left.
contributions_withdraws-too-much_whole = A part of { $source } was taken back before, and { $row } takes back the whole.
    .way-out = Take the row out, or write in its amount what was left.
contributions_withdraws-too-much_amount = { $row } takes back { $taken } of { $stated } in { $source }.
contributions_withdraws-too-much_together = { $row } takes back { $taken }, with what was taken back before, of { $stated } in { $source }.
contributions_dollars-differ = The amount is in dollars and differs from the dollar figure of the report, which counts.
    .way-out = Make the two equal, or put the other figure into a row of its own that conflicts with this one.
contributions_dollars-differ_amounts = The amount is { $amount } and the report's figure { $reported }.
contributions_replaces-withdrawal = The row replaces one that takes money back: whether the money is promised again is not said.
    .way-out = Correct the row that takes money back, or write the money that is promised again as a new row.
contributions_replaces-withdrawal_rows = { $row } replaces { $others }, where money is taken back.
contributions_named-as-total = The row is named as a total and counts: its figure would be counted beside those that it adds up.
    .way-out = Take the row out, or write repeats and the rows that it adds up in relation and relates_to.
contributions_named-as-total_word = “{ $text }” is a word for a total. Does the row add up others?
contributions_sum-of-rows = The last figure of a column is exactly the sum of all those above it.
    .way-out = If it is a total, take the row out, or write repeats and the rows that it adds up. If it is new money, write nothing: this is a question.
contributions_sum-of-rows_rows = { $row } is exactly the sum of the { $above } rows above it. Is it a total?
contributions_same-money = Two rows of one partner that both count may be the same money.
    .way-out = If it is, write the relation of the later row to the earlier: repeats, conflicts, replaces, unclear.
contributions_same-money_both-count = { $row } and { $other } both count. Is this the same money?
    .way-out = If it is, write repeats and { $earlier } in relation and relates_to of { $later }; conflicts, if it is another figure for the same money; replaces, if it is a newer one; unclear, if nobody says. If both are new money, write nothing: this is a question.
contributions_same-money_both-withdraw = { $row } and { $other } both take money back. Is this the same money?
    .way-out = If it is, write repeats and { $earlier } in relation and relates_to of { $later }. If it was taken back twice, write nothing: this is a question.
# Of such a question: a row as it is named in it.
contributions_same-money_row = { $row } ({ $where }: { $partners }, { $day }, { $stated })
contributions_same-money_row-of-package = { $row } ({ $where }: { $partners }, { $day }, { $stated }, { $package })
contributions_same-money_line = line { $line }
contributions_same-money_in-the-database = in the database
contributions_same-money_no-sum = no sum
contributions_joint-and-share = A joint sum and a row of one of its partners both count: the one may be a share of the other.
    .way-out = If it is, write repeats in the joint row, with its shares in relates_to.
contributions_joint-and-share_rows = { $row } and { $other } both count. Is the one a share of the joint sum?
    .way-out = If it is, write repeats and { $earlier } in relation and relates_to of { $later }, with the other shares. If the money is new, write nothing: this is a question.
contributions_far-from-report = The amount and the dollar figure of the report differ by more than a quarter at the rate of the day.
    .way-out = See whether the amount is in thousands, the currency another, or the figure that of another row.
contributions_far-from-report_amounts = { $stated } were { $converted } at the rate of the day, and the report says { $reported }.
contributions_no-rate = The row counts and cannot be converted into the programme's currency.
    .way-out = Add a rate of the day or shortly before to fx.csv; until then the row adds nothing.
contributions_no-rate_currency = There is { $missing }.

## The other files

checkpoints_unit = The measure ends in one currency and the unit is another.
    .way-out = Correct the measure or the unit; the unit is the one that was read.
checkpoints_unit_currency = The measure is in { $currency }.
items_price-range = The lowest price is above the highest.
    .way-out = Turn the two round, or correct one of them.
items_price-range_amounts = { $low } is above { $high }.
items_lead-time-range = The shortest lead time is above the longest.
    .way-out = Turn the two round, or correct one of them.
items_lead-time-range_months = { $low } { $low ->
        [one] month is
       *[other] months are
    } above { $high }.
items_year = The year of the price is neither a year nor two joined with a hyphen.
    .way-out = Write 2025, 2018-2025 or leave it empty.
items_year_order = { $first } is after { $last }.
fx_jump = The rate differs from the one before by more than a quarter within 31 days, or by more than two times.
    .way-out = See whether it is turned round, has its decimal point elsewhere, or belongs to another currency.
fx_jump_rates = 1 { $base } was { $rate } { $currency } on { $day }, and { $before } on { $before_day }.
fx_jump_other-point = { fx_jump_rates } { $fits }, with the decimal point elsewhere, would fit.
fx_jump_turned-round = { fx_jump_rates } { $fits }, the rate turned round, would fit.
fx_both-ways = Two rates of one day, of A in B and of B in A, contradict each other.
    .way-out = Take one of them out: the one that is turned round.
fx_both-ways_rates = 1 { $base } was { $rate } { $currency } on { $day }, and 1 { $other_base } was { $other_rate } { $other_currency } on { $other_day }: both cannot be.
fx_same-currency = The rate is one of a currency in itself.
    .way-out = Take the row out, or correct one of the codes.
fx_same-currency_code = The base is { $base } too.

## The settings

programme_not-toml = The file is no TOML.
    .way-out = Correct the line that is named.
programme_not-toml_said = { $objection }
programme_unknown-key = The settings have a key that nobody reads.
    .way-out = Take it out, or correct the spelling of its name.
programme_unknown-key_named = “{ $key }” is not a setting.
programme_missing-key = A setting that is needed is missing.
    .way-out = Add it.
programme_missing-key_named = The setting “{ $key }” is missing.
programme_value = A setting has a value that it cannot have.
    .way-out = Correct it as the message says.
programme_value_text = “{ $field }” is a text of at most 2,000 characters that can be seen, and not empty.
programme_value_slug = The slug is made of at most 60 small letters, digits and hyphens.
programme_value_base-currency = “{ $code }” is no currency of ISO 4217.
programme_value_recipient = The recipient is neither a country nor a party.
programme_value_rate-age = The age is a whole number of days, at most { $most }.
programme_value_package-size = The size of a package is written {"{"} amount = "500000000", currency = "USD" {"}"}.
programme_value_time-zone = The time zone is a name of the IANA list, such as Europe/Kyiv; without one it is UTC.
programme_value_parties = Parties are codes of capital letters and digits with a name each.
programme_value_party-is-a-country = Countries are parties already: { $codes }. List only parties that are no countries.
programme_value_speakers = Official speakers are a list of names as in said_by.
programme_value_yes-no = “{ $field }” is true or false, without quotation marks.
programme_value_licence = A licence has three parts: an identifier without blanks such as CC-BY-4.0, a name, and the address of its text, beginning with https://.
programme_value_approvals = Approvals are a list of { $most } at most.
programme_value_approvals-twice = Two approvals are of the same from the same sum on.
programme_value_approvals-currency = Approvals name sums in the programme's currency, { $currency }.
programme_value_approval = An approval is written what = "order", above = {"{"} amount = "10000000", currency = "USD" {"}"}, role = "finance". What can be approved: { $whats }. Who can approve: { $roles }.
programme_value_coverage = The coverage of a record has three days in this order: thin_after, ends_on, searched_on, each written 2026-02-28 without quotation marks.
programme_value_public-fields = Public fields are lists of names by kind.
programme_value_public-kind = “{ $kind }” is none of { $kinds }.
programme_value_public-names = { $kind } can make public: { $names }.
reading_too-many_record = There are more than 10,000 errors, or as many warnings; the others are only counted.
    .way-out = Correct the first ones and check again; often they have one cause.
reading_too-many_record_more = There are { $more } more findings like these ({ $severity ->
        [warning] warnings
       *[error] errors
    }).
