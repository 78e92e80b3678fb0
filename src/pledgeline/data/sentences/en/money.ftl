# What is wrong with a currency, or with the rates of a day.

no-currency = “{ $text }” is no currency of ISO 4217.
    .way-out = Write the three capital letters of ISO 4217, for example USD.
no-currency_meant = { no-currency }
    .way-out = Write { $meant }, if that is meant.
past-currency = { $currency } was a currency until { $last_day } and is none today.
    .way-out = Write the amount in { $successor }, which took its place.
past-currency_on-a-day = { $currency } was a currency until { $last_day }; the day here is { $day }.
    .way-out = Write the amount in { $successor }, which took its place, or correct the day.

# Parts of a sentence: “There is no rate …”.

no-rate = no rate from { $given } to { $to } on or before { $day }
no-rate_too-old = { no-rate } that is young enough: the newest { $base }/{ $currency } rate is of { $newest }, { $older } days older, and { $allowed } days are allowed
