# What the register of guarantees objects to, and what it answers.

## Findings. The message of a code says what the code stands for; what follows it tells apart the cases of one fault.

unreadable = A file cannot be opened, or is not UTF-8.
unreadable_file = The file cannot be read as UTF-8 text: { $problem }.
    .way-out = Correct or replace the file.

invisible = A text holds a character that nobody sees, or that turns the direction of what follows.
invisible_letters = Here stands what nobody sees, and what may turn the direction of what follows: { LIST($letters, by: "comma") }.
    .way-out = Delete it; it is best to type the text anew.

more = Very much is wrong with the file: the first findings are listed, and more may be.
more_findings = More may be wrong than the { $listed } findings that are listed.
    .way-out = Correct these, then read the file again.

not-toml = The file is not valid TOML; the line is the one where reading stopped.
not-toml_line = { $problem }
    .way-out = { $instead }

no-register = There is no such folder.
no-register_folder = There is no such folder.
    .way-out = Name the folder that holds the register.

no-words = `vocab.toml` or `actors.toml` is missing, and no other register lends its own.
no-words_file = { $file } is missing.
    .way-out = Put it beside the instruments.

no-instruments = The register holds no instrument.
no-instruments_none = The register holds no instrument.
    .way-out = Correct or replace the file.

wrong-schema = The file says that it is written in another form than this program reads.
    .way-out = Write “{ $schema }”.
wrong-schema_cases = The schema is not known here.
wrong-schema_instrument = The schema of this file is not known here.

too-long = The text is longer than any instrument; it was not read.
too-long_text = The text has { $count } characters.
    .way-out = Split the instrument.

unseen = A reason holds signs that nobody sees.
unseen_reason = The reason holds signs that nobody sees.
    .way-out = Write it anew instead of pasting it.

missing-key = A key is missing that every such table has.
    .way-out = Add “{ $key }”.
missing-key_binding = “{ $key }” is missing. Only a proposal may leave open whether it binds.
missing-key_file = The key “{ $key }” is missing in the file.
missing-key_proposed-on = The day of the proposal is missing.
    .way-out = Add “proposed_on”.
missing-key_signed-on = “{ $key }” is missing. A signed instrument has a day of signature.
missing-key_table = The key “{ $key }” is missing in a table “{ $table }”.

unknown-key = A key is not known here. In tables that other tools extend it is a warning, unless it looks like a slip of the pen.
    .way-out = { $instead }
unknown-key_file = “{ $key }” is not a key of the file.
unknown-key_table = “{ $key }” is not a key of a table “{ $table }”.

wrong-type = A value is of another kind than the key takes: a number where a text belongs, or nothing.
wrong-type_empty = “{ $key }” is empty.
    .way-out = Write the text, or remove the key.
wrong-type_facts = “{ $key }” is to be a table.
    .way-out = Write { $key } = {"{"} new_attack = true {"}"}.
wrong-type_flag = “{ $key }” is to be true or false.
    .way-out = Write true or false without quotes.
wrong-type_group = “{ $code }” is to be a table.
    .way-out = Write [groups.{ $code }].
wrong-type_groups = “groups” is to be a table.
    .way-out = Write [groups.CODE].
wrong-type_header = “{ $key }” is to be a table.
    .way-out = Write [{ $key }].
wrong-type_table = “{ $key }” is to be a table.
    .way-out = Write [{ $key }] or { $key } = {"{"} … {"}"}.
wrong-type_tables = “{ $key }” is to be a list of tables.
    .way-out = Write [[{ $key }]] above each of them.
wrong-type_text = “{ $key }” is to be a text.
    .way-out = Put the value in quotes.
wrong-type_texts = “{ $key }” is to be a list of texts.
    .way-out = Write ["…", "…"].

empty-list = A list is empty that must name something.
empty-list_cases = The file holds no case.
    .way-out = Add [[case]].
empty-list_list = “{ $key }” is empty.
    .way-out = Name one at least.
empty-list_obligations = The instrument promises nothing.
    .way-out = Add an obligation.
empty-list_period = The period is empty.
    .way-out = Add a start, an end or a label.
empty-list_sources = No source is listed.
    .way-out = Add the page that this was taken from.

named-twice = Two things of one file have the same id, or a list names something twice.
named-twice_actor-and-group = “{ $code }” is an actor and a group.
    .way-out = Give the group another code.
named-twice_case = Two cases are called “{ $id }”.
    .way-out = Rename one.
named-twice_event = Two events are called “{ $id }”.
    .way-out = Rename one.
named-twice_in-list = “{ $word }” stands twice in “{ $key }”.
    .way-out = Remove one of the two.
named-twice_obligation = Two obligations are called “{ $id }”.
    .way-out = Rename one.
named-twice_party = “{ $id }” is a party twice.
    .way-out = Keep one role.
named-twice_record = Two records are called “{ $id }”.
    .way-out = Rename one.
named-twice_source = The source “{ $id }” is listed twice.
    .way-out = Give it another id.

bad-id = An id is no small letters, digits and single hyphens, or is not the name of its file.
bad-id_file-name = The id “{ $id }” is not the name of the file.
    .way-out = Write “{ $name }”, or rename the file.
bad-id_instrument = “{ $id }” cannot be the id of an instrument.
    .way-out = Use small letters, digits and single hyphens, as in “ua-gb-2024”; not “vocab” or “actors”.
bad-id_letters = “{ $id }” is not an id.
    .way-out = Use small letters, digits and single hyphens, as in “ua-gb-2024”.

bad-address = The address of a source is not one of the web.
bad-address_url = “{ $url }” is not an address.
    .way-out = Write it from https:// on.

bad-date = A day is no day, stands in quotes, or lies where no instrument can.
bad-date_in-words = “{ $value }” is not a day.
    .way-out = Write it as 2026-12-05 or “2026-12-05”.
bad-date_no-day = “{ $key }” is to be a day.
    .way-out = Write it as 2025-08-31, without quotes.
bad-date_year = The year { $year } cannot be right.
    .way-out = Write a day between { $first } and { $last }.

bad-time = A moment has no offset, or is none: `2026-12-05T04:00:00+02:00`.
    .way-out = Write "2026-12-05T04:00:00+02:00" for a moment, "2026-12-05" for a day.
bad-time_day = “{ $value }” is not a day.
bad-time_moment = “{ $value }” is not a time with an offset.
bad-time_offset = “{ $value }” is not a time with an offset.
    .way-out = Write "2015-02-15T00:00:00+02:00".
bad-time_window = A due window has two moments.
    .way-out = Write ["2026-12-06T00:00:00+02:00", "…"].

missing-time = An event or record says neither `at` nor `on`.
    .way-out = Add “{ $at }” with a time and its offset, or “{ $on }” with the local day.
missing-time_file = The file does not say when.
missing-time_table = A table “{ $table }” does not say when.

two-times = An event or record says both `at` and `on`.
two-times_both = Both “{ $at }” and “{ $on }” are given.
    .way-out = Keep the one that is known.

bad-duration = A length is not written as ISO 8601 has it, is too long, or makes no step of a period.
    .way-out = Write for example PT24H, P3D, P6M or P10Y, in quotes.
bad-duration_form = “{ $text }” is not an ISO 8601 duration such as PT24H, P14D, P6M or P10Y.
bad-duration_many = More than { NUMBER($most, useGrouping: 0) } periods.
    .way-out = Write a longer one.
bad-duration_recurrence = A promise comes again after days at least.
    .way-out = Write P1Y or P1M.
bad-duration_term = A term of { $length }.
    .way-out = Write years, months or days.
bad-duration_too-long = “{ $text }” is longer than { NUMBER($years, useGrouping: 0) } years.

bad-number = A number is below what it may be, has decimals where it may not, or stands in quotes.
bad-number_amount = That is not an amount of 0 or more.
    .way-out = Write digits only.
bad-number_count = “count” is to be 0 or more.
    .way-out = Write digits only.
bad-number_decimals = { $currency } has fewer decimals.
    .way-out = Round the amount.
bad-number_quantity = “quantity” is to be a whole number.
    .way-out = Write digits only.
bad-number_share = “{ $share }” is not a share.
    .way-out = Write "0.25".
bad-number_shortfall = “shortfall” is to be a number.
    .way-out = Write digits only.
bad-number_whole = “{ $key }” is to be a whole number of 1 or more.
    .way-out = Write digits only, without quotes, point or comma.

bad-fact = A fact has a value of the wrong kind: true or false, or a length of time.
bad-fact_flag = “{ $name }” is true or false.
    .way-out = Write true or false.
bad-fact_length = “{ $name }”: { $problem }
    .way-out = Write for example "PT24H".

unknown-word = A word is not in the closed list of the register.
    .way-out = { $instead }
unknown-word_help = “{ $word }” is not a known kind of help.
unknown-word_type-of-fact = “{ $kind }” is not a type of fact.
    .way-out = Write bool or duration.
unknown-word_word = “{ $word }” is not a known { $what ->
    [legally_binding] legally binding
    [notice_from] notice from
   *[other] { $what }
 }.

unknown-event = A kind of event is not in the taxonomy.
    .way-out = { $instead }
unknown-event_above = “{ $above }” above “{ $kind }” is not in the taxonomy.
unknown-event_kind = “{ $word }” is not a known kind of event.
unknown-event_word = “{ $word }” is not a known event.

unknown-fact = A fact is not one that triggers may require.
unknown-fact_name = “{ $name }” is not a known fact.
    .way-out = { $instead }

unknown-actor = Nobody has this code in `actors.toml`.
    .way-out = { $instead }
unknown-actor_word = “{ $word }” is not a known actor.

unknown-currency = The code is not a currency of ISO 4217.
unknown-currency_code = “{ $currency }” is not a currency of ISO 4217.
    .way-out = Write a code such as EUR.
unknown-currency_objection = { $objection }

unknown-zone = The time zone has no such IANA name.
unknown-zone_name = “{ $name }” is not a time zone.
    .way-out = Write an IANA name: Europe/Kyiv.

unknown-instrument = No instrument of the register has this id.
    .way-out = { $instead }
unknown-instrument_chosen = “{ $word }” is not a known instrument of the register.
unknown-instrument_itself = The instrument relates to itself.
    .way-out = Name another one.
unknown-instrument_relation = No instrument of the register is called “{ $id }”.
unknown-instrument_word = “{ $word }” is not a known instrument.

unknown-obligation = The instrument has no obligation of this id.
    .way-out = { $instead }
unknown-obligation_after = “{ $after }” is not an obligation of this file.
unknown-obligation_word = “{ $word }” is not a known obligation.

unknown-reference = A `ref` names neither an event nor an episode of the scenario.
    .way-out = { $instead }
unknown-reference_word = “{ $word }” is not a known reference.

unknown-episode = A record names an episode to which no event belongs: a warning.
unknown-episode_episode = No event belongs to the episode “{ $episode }”.
    .way-out = { $instead }

unlisted-source = An obligation rests on a source that the file does not list.
    .way-out = { $instead }
unlisted-source_word = “{ $word }” is not a known source of this file.

long-text = A text is too long to be in our own words.
long-text_characters = A text of { NUMBER($count, useGrouping: 0) } characters.
    .way-out = Say it in your own words, in { $most } characters at most.

machine-path = A text names a path of somebody's machine instead of a page.
machine-path_text = The text names a path of a machine.
    .way-out = Name the page or the document.

circular-taxonomy = A kind of event lies, through others, below itself.
circular-taxonomy_kind = “{ $kind }” lies below itself.
    .way-out = Let each kind lie below a wider one.

circular-after = An obligation waits, through others, for itself.
circular-after_obligation = “{ $id }” waits, through “{ $after }”, for itself.
    .way-out = Let the first of them wait for nothing.

own-beneficiary = Obligors and beneficiaries are the same, and none is mutual; a warning where they are several.
own-beneficiary_same = { LIST($obligors, by: "comma") }: obligor and beneficiary are the same.
    .way-out = Name the one to whom it is owed; parties that owe it to each other are “mutual”.

no-guarantor = Nobody guarantees, or nobody benefits, and the level says that somebody does.
no-guarantor_roles = Nobody guarantees, or nobody benefits.
    .way-out = Add a guarantor and a beneficiary, or “mutual” parties; or write level = "none".

power-as-duty = Who only may is written as owing something, or a power leaves nothing open.
power-as-duty_discretion = A power leaves open at least whether it is used.
    .way-out = Write discretion = "whether" or "whether_and_means".
power-as-duty_may = Who “may” owes nothing, and the duty is “{ $duty }”.
    .way-out = Write duty = "power", or the verb that the text has.

proposal-in-force = A proposal is written as signed or in force.
proposal-in-force_day = A proposal is not signed.
    .way-out = Remove the day, or correct “kind”.
proposal-in-force_status = A proposal has the status “{ $status }”.
    .way-out = Write "proposed", or correct “kind”.

dates-reversed = Something ends before it begins.
dates-reversed_instrument = The instrument ends before it begins.
    .way-out = Correct one of the days.
dates-reversed_period = The period ends before it starts.
    .way-out = Correct one of the two days.

term-without-start = A term does not say from when it is counted.
term-without-start_date = The term runs from a date that is not given.
    .way-out = Add “start”.
term-without-start_length = A term with a length and no start.
    .way-out = Add “from”: signature, …

term-without-length = A term has neither a length nor is indefinite.
term-without-length_neither = Neither a length nor indefinite.
    .way-out = Add length = "P10Y", or indefinite = true; leave the table out when the term is unknown.

deadline-without-start = A deadline, or a period of notice, does not say where its clock starts, or nothing happens that could start it.
deadline-without-start_date = The clock starts on a date that is not given.
    .way-out = Add “due_on”, or a “period” with a start.
deadline-without-start_notice = A period of notice that starts nowhere.
    .way-out = Add “notice_from”: notification or deposit.
deadline-without-start_nowhere = A deadline whose clock starts nowhere.
    .way-out = Add “from”: { LIST($starts, by: "comma") }.
deadline-without-start_request = The clock starts with a request, and nobody can make one.
    .way-out = Add “on_request_of” to the trigger, or let the clock start with the trigger.
deadline-without-start_trigger = The clock starts with an event, and none triggers this.
    .way-out = Name the event in the trigger, or write “due_on”.

deadline-without-length = A deadline says where its clock starts and not how long it runs.
deadline-without-length_neither = A deadline with neither a length nor a date.
    .way-out = Add within = "PT24H", or “due_on”; an adverb belongs into “urgency”.

deadline-before-request = A duty waits for a request, and its clock starts before there is one.
deadline-before-request_clock = A duty on request has a clock that does not start with the request.
    .way-out = Write from = "request".

period-without-start = A period has neither a start nor an end nor a name, or a periodic duty has none.
period-without-start_duty = A periodic duty without a period.
    .way-out = Add “period” with a start.
period-without-start_recurrence = A recurrence without a start.
    .way-out = Add “start”.

trigger-without-event = Facts or actors are asked of a trigger that no event opens; actors alone are a warning.
trigger-without-event_key = “{ $key }” is asked of an event, and the duty needs none.
    .way-out = Name the event, or remove the key.

amount-without-currency = An amount names no currency, and the obligation does not either.
amount-without-currency_obligation = An amount without currency for an obligation that names none.
    .way-out = Write amount = {"{"} value = 100, currency = "EUR" {"}"}.
amount-without-currency_value = An amount without currency.
    .way-out = Add “currency”.

amount-without-value = An amount names neither a number nor a share.
amount-without-value_neither = Neither an amount nor a share.
    .way-out = Add “value” and “currency”, or “share_of_gdp_percent”.

notice-without-instrument = A notice of termination does not say what it ends.
notice-without-instrument_instrument = A notice that does not say what it ends.
    .way-out = Add “instrument”.

scenario = A scenario sent to the site is empty, no text, or too long for an address.
scenario_long-address = The scenario is too long for an address of the site.
    .way-out = Leave out what does not matter, or ask at the command line: pledgeline guarantees timeline FILE
scenario_long-text = This is too long, or no text.
    .way-out = Send a TOML file of less than { $most } characters.
scenario_no-event = The scenario has no event.
    .way-out = Say at least what happens, and on which day.
scenario_no-text = There is no text.
    .way-out = Write the scenario, choose a file, or use the form.
scenario_no-utf-8 = The file is not a UTF-8 text.
    .way-out = Save it as UTF-8 and send it again.
scenario_overtaken = The scenario was changed in the meantime.
    .way-out = Open its newest version, and write the change into that.

address = A scenario's address was cut off or changed.
    .way-out = Ask for the address again and copy it whole, or write the scenario anew.
address_cut-off = The scenario in this address cannot be read: it is cut off.
address_not-whole = The scenario in this address cannot be read: it is not whole.
address_too-long = The scenario in this address cannot be read: it is too long.
    .way-out = Leave out what does not matter, or ask at the command line: pledgeline guarantees timeline FILE

too-many-events = A scenario has more events than a page answers for so many instruments.
too-many-events_page = The scenario has more events than a page answers for so many instruments.
    .way-out = Leave events out, name the instruments that matter, or ask at the command line: pledgeline guarantees timeline FILE

## Ways out that depend on what is known there

instead_nearest = Did you mean “{ $word }”?
instead_one-of = Write one of: { LIST($words, by: "comma") }.
instead_remove = Remove it; known here are: { LIST($known, by: "comma") }.
instead_choose = Choose one of the { NUMBER($count, useGrouping: 0) } { $what ->
    [instrument-of-the-register] instruments of the register
    [kind-of-event] kinds of event
    [kind-of-help] kinds of help
    [obligation-of-this-file] obligations of this file
    [source-of-this-file] sources of this file
    [status] statuses
   *[other] { $what }s
 }.

quoted = “{ $text }”

## The trace: which rule was applied, and what it gave

step_assumed = scenario assumes it in force from { $day }
step_proposal = a proposal is never in force by itself
step_in-force = in force from { $day }, the day of entry into force
step_signed = in force from { $day }, the day of signature; entry into force is not known
step_unsigned = no day of signature is known
step_not-in-force = not in force
step_ends = ends: { $end }
step_goes-on = { $end }; it goes on without { $actor }
step_duty-ended = the duty ended with the instrument ({ $end })
step_obligor-left = { $actor } had left by then

step_trigger = { $id } ({ LIST($kinds, by: "comma") }) is the trigger
step_same-episode = { $id } is in the same episode and opens nothing new
step_perhaps-trigger = { $id } may be the trigger; not known: { LIST($facts, by: "comma") }
step_outside = { $id } happened while the instrument was not in force
step_victims-left = { LIST($actors, by: "comma") } had left before { $id }
step_standing = owed throughout the term
step_opens-at = opens at { $at }
step_opens-signed = opens with the signature of { $day }
step_opens-in-force = opens with the entry into force
step_opens-for = opens with the instrument, for { $day }
step_period = period { $period }, { $first } to { $last }
step_nothing-fits = no event that was known fits the trigger
step_nothing-opened = nothing opened in this episode

step_waits-for-request = waits for a request by { LIST($actors, by: "comma") }
step_first-request = { $id } is the first request
step_waits-for = waits for “{ $obligation }”
step_fulfilled = “{ $obligation }” is fulfilled, { MOMENT($at, zone: "UTC") }
step_met = condition { $condition } is met: { $how }
step_not-met = not recorded as met: { $condition }
step_not-met-by = not recorded as met: { $condition } by { $actor }
met_recorded = recorded for { $when }
met_place = the trigger's own fact of place is true
met_decision = { $id }, a decision of { $actor }

step_due-on = due by the end of { $day } in { $zone }
step_no-number = “{ $urgency }” is no number of hours
step_no-start = the clock starts with { $start }, which is not known
step_clock = { $length } from { $start }, { $began }: { $due }
step_clock-held = { $length } from { $start }, but not before { $held_by }, { $began }: { $due }
step_ambiguous = ambiguous: { $why }; { $readings ->
    [one] one reading is kept
   *[other] { $readings } readings are kept
 }
step_end-first = the end of { $day } comes first
held_fulfilled = “{ $obligation }” is fulfilled
held_trigger = the trigger

step_performed = performed: { $state }
step_not-known = not known: { LIST($facts, by: "comma") }
step_ceiling = a ceiling is never short
step_target-missed = a target or best effort is missed, not overdue
step_not-added = { $id } is kept, but its number cannot be added to { $currency }
step_not-added-unit = { $id } is kept, but its number cannot be added to this unit
step_so-far = { $total } of { $need } { $unit }
step_so-far-number = { $total } of { $need }

## Why an instrument ends

end_event = { $event } of { $actor } ({ $id })
end_known-as = known as { $status } on { $day }
end_last-day = last day { $day }
end_left = left
end_notice = notice of { $day } ({ $id }) with { $length } ends on { $last }
end_term = term of { $length } from { $start }, last day { $last }

## Times and lengths

when_minute = { MOMENT($at, to: "minutes") }
when_moment = { MOMENT($at, zone: "UTC") }
when_span = { MOMENT($first, zone: "UTC") } to { MOMENT($last, zone: "UTC") }
when_between = { $first } to { $last }

length_whole = { $parts }
length_units = { $unit ->
    [year] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } year
       *[other] { NUMBER($count, useGrouping: 0) } years
     }
    [month] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } month
       *[other] { NUMBER($count, useGrouping: 0) } months
     }
    [day] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } day
       *[other] { NUMBER($count, useGrouping: 0) } days
     }
    [hour] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } hour
       *[other] { NUMBER($count, useGrouping: 0) } hours
     }
    [minute] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } minute
       *[other] { NUMBER($count, useGrouping: 0) } minutes
     }
   *[second] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } second
       *[other] { NUMBER($count, useGrouping: 0) } seconds
     }
 }
# After “every”: every year.
length_single = { $unit ->
    [year] year
    [month] month
    [day] day
    [hour] hour
    [minute] minute
   *[second] second
 }

## An obligation in plain words. Optional parts bring their own blank or comma, and are empty where there is nothing.

duty_sentences = { LIST($sentences, by: "space") }
duty_whole = { $who } { $verb } { $deed }{ $to }{ $amount }{ $when }{ $due }.
duty_part = {" "}{ $part }
duty_part-after = , { $part }
duty_to = for { $names }
duty_amount = ({ LIST($parts, by: "semicolon") })
duty_after = This starts only when “{ $obligation }” is fulfilled.
duty_nothing-owed = Nothing is owed.
duty_left-open = { $discretion ->
    [means] The means are left to the obligor.
    [whether] Whether to act at all is left to the obligor.
   *[whether_and_means] Whether to act at all, and by what means, is left to the obligor.
 }
duty_exceptions = Exceptions: { $limits }.

name_article = the { $name }
name_article-at-start = The { $name }
name_unlisted = { $name } (members not all known)
who_together = { $names }, together,
who_each = { $names }, each for itself,

verb_one = { $strength ->
    [intends] intends to
    [reaffirms] reaffirms the duty to
   *[other] { $strength }
 }
verb_many = { $strength ->
    [intends] intend to
    [reaffirms] reaffirm the duty to
   *[other] { $strength }
 }
deed = { $kind ->
    [consult] consult
    [military_aid] give military aid
    [armed_response] respond to it, with armed force not excluded{ $goes_on ->
        [yes] ,
       *[no] {""}
     }
    [funding] provide money
    [training] train forces
    [intelligence] share intelligence
    [sanctions] act by sanctions
    [diplomatic] act by diplomacy
    [maritime_security] help to secure the sea
    [air_defence] help to defend the air
    [troop_presence] station forces, or allow it
    [monitoring] monitor and verify
    [restraint] refrain from what the clause names
    [cyber] help against cyber attacks
    [defence_industry] cooperate in defence industry
    [demining] help with demining
    [reconstruction] help with reconstruction
    [humanitarian] give humanitarian help
    [logistics] provide logistics
    [capability_building] build up capability
    [legislation] pass or carry out laws
    [reporting] report
    [withdrawal] withdraw, or pull back
    [release] release the persons held
    [review] review the commitments
   *[other] { $words }
 }

qualified = { $qualifier ->
    [about] about { $figure }
    [at_least] at least { $figure }
    [up_to] up to { $figure }
    [more_than] more than { $figure }
    [target] as a target { $figure }
   *[exact] { $figure }
 }
money_amount = { $per ->
    [year] { BREAKING($amount) } a year
   *[total] { BREAKING($amount) } in all
 }
money_share = { $per ->
    [year] { $percent } per cent of gross domestic product a year
   *[total] { $percent } per cent of gross domestic product in all
 }
quantity_units = { $value } { $unit ->
    [person] { $value ->
        [one] person
       *[other] persons
     }
    [system] { $value ->
        [one] system
       *[other] systems
     }
   *[other] { $unit }
 }{ $item }{ $per ->
    [year] {" "}a year
   *[total] {""}
 }
quantity_item = , { $item }

when_event = after { LIST($events, by: "or") }{ $by }{ $against }{ $facts }{ $asked }
when_by = {" "}by { LIST($names, by: "or") }
when_against = {" "}against { LIST($names, by: "or") }
when_facts = , if { $facts }
when_asked = , at the request of { LIST($names, by: "or") }
when_from-at = from { $at } on
when_throughout = throughout the term
when_again = , every { $length }
when_from-to = from { $first } to { $last }{ $again }
when_from = from { $first } on{ $again }
when_until = until { $last }{ $again }
when_label = for { $label }{ $again }

event = { $kind ->
    [armed_attack] an armed attack
    [armed_aggression] armed aggression
    [nuclear_attack] an attack with nuclear weapons
    [naval_blockade] a naval blockade
    [threat_of_armed_attack] a threat of armed attack
    [nuclear_threat] a threat with nuclear weapons
    [significant_escalation] a significant escalation
    [ceasefire_violation] a violation of the ceasefire
    [airspace_incursion] an incursion into airspace
    [grey_zone_attack] an attack below the threshold of war
    [economic_coercion] economic coercion
    [security_threatened] a threat to security, as a party sees it
    [commitment_question] a question about these commitments
    [ceasefire_in_force] the entry into force of a ceasefire
    [hostilities_ended] the end of hostilities
    [peace_agreement] a peace agreement
   *[other] { $words }
 }

fact_true = { $fact ->
    [new_attack] it is a new attack
    [significant] it is significant
    [deliberate] it is deliberate
    [sustained] it is sustained
    [expanded] it has grown into a wider attack
    [in_treaty_area] it is in the treaty area
    [on_territory] it is on the victim's territory
    [under_administration] it is in territory under administration
    [toward_guarantor] something is heading for the guarantor
    [across_line] it crosses the agreed line
   *[other] { $words }
 }
fact_not = not: { $fact }
fact_persists = it goes on after { $length }

# What has to be found out.
open_whether = whether { $fact }
open_fact = { $fact ->
    [by] who did it
    [against] against whom
    [attribution] whether the allegation is confirmed
    [persists_after] how long it goes on
    [time] the hour, on a day on which the instrument began or ended
    [gdp] the gross domestic product of the year
   *[period-start] when the period began
 }

due_all = { LIST($parts, by: "comma") }
due_within = { $qualifier ->
    [where_possible] where possible within { $length } { $start }
    [best_efforts] as a best effort within { $length } { $start }
   *[binding] within { $length } { $start }
 }
due_start = { $start ->
    [trigger] of the event
    [first_trigger] of the first event
    [request] of the request
    [determination] of the determination
    [signature] of signature
    [entry_into_force] of entry into force
    [date] of the date named
   *[other] of { $start }
 }
due_ambiguous = { $due } (ambiguous: { $why })
due_by = by { $day }
due_urgency = { $urgency ->
    [immediate] at once
    [swift] swiftly
    [urgent] urgently
    [prompt] promptly
   *[other] { $urgency }
 }
due_urgency-alone = { $urgency }, without a number of hours

condition_effect = { $effect ->
    [blocks] Waits for
    [limits] Limited by
    [suspends] May be suspended over
    [lapses] Lapses over
   *[other] { $effect }
 } { $condition }{ $by }{ $note }.
condition_kind = { $kind ->
    [un_charter] the UN Charter
   *[other] { $words }
 }
condition_by = {" "}by { $name }
condition_note = {" "}({ $note })

provenance_provision = Provision { $provision }; { $basis }; { $instrument }, source { LIST($sources, by: "comma") }.
provenance_unknown = Provision not known; { $basis }; { $instrument }, source { LIST($sources, by: "comma") }.
basis = { $basis ->
    [text] read in a text
    [official] from an official statement
    [press] from the press
    [analysis] from an analysis
    [recalled] recalled from general knowledge, to be checked
   *[other] { $basis }
 }

# A word of the register that has no words of its own here: its low lines are blanks in `words`.
word = { $words }

## Where an obligation stands, and how an instrument binds

state = { $state ->
    [not_in_force] not in force
    [not_triggered] not triggered
    [undetermined] undetermined
    [conditional] conditional
    [waiting] waiting
    [blocked] blocked
    [due] due
    [no_fixed_date] no fixed date
    [fulfilled] fulfilled
    [fulfilled_late] fulfilled late
    [fulfilled_timeliness_uncertain] fulfilled timeliness uncertain
    [overdue] overdue
   *[target_missed] target missed
 }
form = { $binding ->
    [yes] legal
    [no] political
    [disputed] disputed
   *[not-stated] not stated
 }

## Twelve properties of an instrument: what is asked, what is answered, and why

property_clear-trigger = Clear trigger
property_response = Response owed, not open
property_deadline = Deadline
property_in-place = Capability in place
property_cost-of-reneging = Cost of reneging
property_verification = Verification and attribution
property_own-strength = Strength of the beneficiary
property_resilience = Holds when guarantors leave
property_funding = Funding certainty
property_vetoes = Free of veto points
property_legal-force = Legal force and exit
property_wide = Grey zone, blockade, threat and escalation named

answer = { $answer ->
    [yes] yes
    [partly] partly
    [no] no
    [unknown] unknown
   *[not_applicable] not applicable
 }

reason_no-event = nothing is triggered by an event
reason_judgement = { LIST($ids, by: "comma") }: a fact of the trigger is a matter of judgement
reason_attack-named = an attack or violation and its facts are named
reason_only-opinion = only a nuclear case, or somebody's view, triggers anything
reason_no-attack = events are named, but an attack or a breach triggers nothing

reason_response-settled = a response is owed and its content is settled
reason_response-owed = a response is owed, its means are open
reason_response-intended = a response is intended, not promised
reason_response-open = whether to respond is left open
reason_no-response = no response to an attack is named

reason_only-adverb = only an adverb: { LIST($adverbs, by: "comma") }
reason_no-deadline = no deadline is named
reason_soft-deadline = { LIST($ids, by: "comma") }: soft, or its start is ambiguous
reason_deadline-before = numbers only where nothing has happened yet
reason_consultation-only = consultation has a number, the response has none
reason_deadline = consultation or response has a number

reason_nothing-in-place = nothing has to be there before the trigger
reason_owed-before = owed before anything happens
reason_intended-before = intended, or waiting for a condition

sign_binding = legally binding
sign_in-force = in force by ratification or law
sign_money = money in a law
sign_breach = something follows from a breach
reason_signs = { LIST($signs, by: "semicolon") }
reason_one-sign = { $sign }, and nothing else
reason_no-sign = { $binding ->
    [disputed] disputed whether it binds, and no sanction is attached
    [draft] a draft, and no sanction is attached
   *[no] not binding, and no sanction is attached
 }

reason_gap = { $gap }
reason_no-verification = the file says nothing about it
reason_no-attribution = { $mechanism }; nobody says who did it
reason_attribution = { $mechanism }; attribution: { $attribution }

reason_no-support = nothing strengthens the beneficiary's own forces over time
reason_support-funded = support over time, with money named
reason_support = support over time, without an amount

reason_no-guarantor = there is no guarantor
reason_adversary = { LIST($names, by: "comma") } is an obligor and the adversary
reason_no-help = no help is named
reason_obligors = { $obligors ->
    [0] one obligor for { $help }: a single point
    [1] one obligor for { $help }: a single point
    [2] two obligors for { $help }
   *[other] at least { $obligors } obligors for { $help }
 }
reason_not-all-known = { $reason }; members not all known

reason_no-money = no money is named for any year
reason_money = named for { $years }
reason_money-only = named for { $years } only
reason_money-budget = named for { $years }, under a condition of budget

reason_veto = { $actor } ({ $kind }) over { $obligation }
reason_vetoes = { LIST($vetoes, by: "semicolon") }
reason_adversary-waits = { LIST($ids, by: "comma") }: waits for what the adversary can withhold
reason_condition-blocks = { LIST($ids, by: "comma") }: a condition blocks
reason_no-veto = none in the text as read
reason_no-veto-known = none is recorded, and the text was not read

exit_unknown = no exit rule is known
exit_notice = notice of { $length }
exit_possible = it can be ended
reason_draft = a draft that does not say whether it binds; { $exit }
reason_not-binding = not binding; { $exit }
reason_disputed = whether it binds is disputed; { $exit }
reason_binding = binding; { $exit }
reason_binding-not-in-force = binding; entry into force is not known; { $exit }
reason_binding-in-force = binding and in force; { $exit }

reason_none-named = not named: { LIST($lacks, by: "comma") }
reason_some-named = named: { LIST($has, by: "comma") }; not: { LIST($lacks, by: "comma") }
reason_all-named = named: { LIST($has, by: "comma") }

## What came out otherwise than a case expects

check_obligation = { $instrument } { $obligation } as of { $day }: { $name }
check_in-episode = { $instrument } { $obligation } { $episode } as of { $day }: { $name }
check_ends = { $instrument } ends
check_count = { $instrument } { $obligation }: instances
check_count-in-episode = { $instrument } { $obligation } { $episode }: instances
check_coverage = coverage of { $beneficiary } on { $day }: { $name }
check_none = none
check_no-due = no due time
check_no-end = no end is known
