# Що не так із валютою або з курсами певного дня.

no-currency = «{ $text }» не є валютою ISO 4217.
    .way-out = Напишіть три великі літери ISO 4217, наприклад USD.
no-currency_meant = { no-currency }
    .way-out = Напишіть { $meant }, якщо мається на увазі саме це.
past-currency = { $currency } була валютою до { $last_day }, а нині не є нею.
    .way-out = Напишіть суму в { $successor }, яка її замінила.
past-currency_on-a-day = { $currency } була валютою до { $last_day }; тут зазначено день { $day }.
    .way-out = Напишіть суму в { $successor }, яка її замінила, або виправте день.

# Частини речення: «Немає курсу …».

no-rate = немає курсу з { $given } до { $to } на { $day } чи раніше
no-rate_too-old = { no-rate }, достатньо свіжого: найновіший курс { $base }/{ $currency } — від { $newest }, він старший на { $older } дн., а дозволено { $allowed } дн.
