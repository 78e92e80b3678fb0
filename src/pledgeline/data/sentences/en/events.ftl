### What is found in a file of events as a whole. A code says what it means; its cases say what was found, and the way out.
### A name that a file writes (“events”, “batch”) is never translated.

not-utf-8 = The file is not text in UTF-8.
not-utf-8_byte = Byte { $byte } is not UTF-8.
    .way-out = Save the file as UTF-8.

not-json = The file is not JSON, or has a name twice in one object.
    .way-out = Write each name once, and only JSON values.
# The fault is told by the reader of JSON, in English.
not-json_syntax = { $fault }.
    .way-out = Write the file as JSON.
not-json_twice = The name “{ $name }” stands { $times ->
    [one] { $times } time
   *[other] { $times } times
} in one object.
not-json_no-value = { $text } is no JSON value.
not-json_too-deep = The file is nested too deeply.
    .way-out = Write events as flat objects.

no-events = The file has no list of events.
no-events_no-list = There is no list “events”.
    .way-out = Write { "{" }"events": [...]{ "}" }, see the handbook.

unknown-currency = The file has a currency that ISO 4217 does not have.
unknown-currency_code = “{ $currency }” is no currency of ISO 4217; its events are refused.
    .way-out = Correct the code.

not-currencies = The currencies of the file are no object.
not-currencies_no-object = The currencies of the file are no object.
    .way-out = Write them with their decimals, { "{" }"USD": 2{ "}" }, or leave them out.

digits-differ = The file gives a currency another number of decimals than ISO 4217.
digits-differ_decimals = { $currency } has { $decimals ->
    [one] { $decimals } decimal
   *[other] { $decimals } decimals
}, and the file says { $stated }.
    .way-out = Correct the number, and check the amounts: they count other units than you think.

unknown-name = The file has a name that means nothing there, perhaps a slip.
unknown-name_close = “{ $name }” means nothing there.
    .way-out = If “{ $close }” is meant, write that.
unknown-name_name = “{ $name }” means nothing there.
    .way-out = Correct it, or take it out.

not-as-documented = A name of the file, or of a batch in it, holds something else than it should.
not-as-documented_no-text = “{ $name }” is no text.
    .way-out = Write it as text, or take it out.
not-as-documented_two-places = The batch has events in two places.
    .way-out = Put all of them into “events”.
not-as-documented_no-batch = An event of the type “{ $type }” cannot hold other events.
    .way-out = Write the type “batch” if it is a batch; else take the events inside out.
not-as-documented_name-of-batch = The name of the batch is no text.
    .way-out = Write it as text.
not-as-documented_expected-of-batch = What is expected of the batch is not how many events become what.
    .way-out = Write it as { "{" }"ok": 1, "refused": 1{ "}" }.

not-compared = The file expects something that is not understood, so it was not compared.
    .way-out = Correct it, or take it out of what is expected.
not-compared_no-outcome = There is no outcome “{ $result }”. It was not compared.
not-compared_no-section = It is none of balances, as_of, traces, units, counts, entries. It was not compared.
not-compared_no-item = It is no object with { $names }. It was not compared.
not-compared_unreadable = { $why } It was not compared.
not-compared_no-batch-named = It names no batch. It was not compared.
not-compared_no-such-batch = There is no such batch, or no counts for it. It was not compared.
not-compared_no-stages = It has no stages. It was not compared.
not-compared_no-such-stage = There is no such stage. It was not compared.
not-compared_no-currency = It does not say which currency. It was not compared.
not-compared_no-shares = It does not say which { $subject ->
    [lot] lot
   *[contribution] contribution
}, or its shares are no object. It was not compared.
not-compared_no-units = It has no lot, or no list of units. It was not compared.
not-compared_no-object = It is no object. It was not compared.

## What a figure is that the file expects; the place of it in the file stands first

figure_event = event { $number } ({ $key })
figure_batch = batch { $batch }
figure_all-events = all events
figure_outcomes = { $whole }: { $result }
figure_entries = number of entries
figure_balance = { $where }: { $who }, { $stage }
figure_balance_as-of = { $where }: { $who }, { $stage }, as of { $as_of }
figure_balance_known = { $where }: { $who }, { $stage }, known { $known }
figure_balance_as-of-known = { $where }: { $who }, { $stage }, as of { $as_of }, known { $known }
figure_trace = { $where }: { $of }
figure_units = { $where }: units of { $lot }
figure_unit = { $where }: unit { $number } of { $lot }
figure_part = { $whole }, { $of }
