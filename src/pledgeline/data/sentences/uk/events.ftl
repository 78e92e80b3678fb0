### Що виявлено у файлі подій загалом. Код каже, що він означає; його випадки — що виявлено і як виправити.
### Назву, яку пише файл («events», «batch»), не перекладають.

not-utf-8 = Файл не є текстом у UTF-8.
not-utf-8_byte = Байт { $byte } не відповідає UTF-8.
    .way-out = Збережіть файл у кодуванні UTF-8.

not-json = Файл не є JSON або двічі має ту саму назву в одному об’єкті.
    .way-out = Пишіть кожну назву один раз і лише значення JSON.
# Помилку називає програма читання JSON, англійською.
not-json_syntax = { $fault }.
    .way-out = Запишіть файл як JSON.
not-json_twice = Назва «{ $name }» трапляється в одному об’єкті { $times ->
    [one] { $times } раз
    [few] { $times } рази
   *[many] { $times } разів
}.
not-json_no-value = { $text } не є значенням JSON.
not-json_too-deep = Файл має надто глибоку вкладеність.
    .way-out = Записуйте події пласкими об’єктами.

no-events = Файл не має списку подій.
no-events_no-list = Немає списку «events».
    .way-out = Напишіть { "{" }"events": [...]{ "}" }, див. посібник.

unknown-currency = Файл має валюту, якої немає в ISO 4217.
unknown-currency_code = «{ $currency }» не є валютою за ISO 4217; події з нею відхилено.
    .way-out = Виправте код.

not-currencies = Валюти файлу не є об’єктом.
not-currencies_no-object = Валюти файлу не є об’єктом.
    .way-out = Запишіть їх із кількістю десяткових знаків, { "{" }"USD": 2{ "}" }, або не зазначайте.

digits-differ = Файл дає валюті іншу кількість десяткових знаків, ніж ISO 4217.
digits-differ_decimals = { $currency } має { $decimals ->
    [one] { $decimals } десятковий знак
    [few] { $decimals } десяткові знаки
   *[many] { $decimals } десяткових знаків
}, а у файлі зазначено { $stated }.
    .way-out = Виправте кількість і перевірте суми: вони рахують не ті одиниці, що ви думаєте.

unknown-name = Файл має назву, яка там нічого не означає; можливо, це описка.
unknown-name_close = «{ $name }» там нічого не означає.
    .way-out = Якщо мається на увазі «{ $close }», напишіть так.
unknown-name_name = «{ $name }» там нічого не означає.
    .way-out = Виправте або приберіть цю назву.

not-as-documented = Назва у файлі або в його групі містить не те, що має містити.
not-as-documented_no-text = «{ $name }» не є текстом.
    .way-out = Запишіть це як текст або приберіть.
not-as-documented_two-places = Група має події у двох місцях.
    .way-out = Внесіть усі до «events».
not-as-documented_no-batch = Подія типу «{ $type }» не може містити інших подій.
    .way-out = Напишіть тип «batch», якщо це група; інакше винесіть події з неї.
not-as-documented_name-of-batch = Назва групи не є текстом.
    .way-out = Запишіть її як текст.
not-as-documented_expected-of-batch = Очікуване від групи не каже, скільки подій якими стають.
    .way-out = Напишіть це як { "{" }"ok": 1, "refused": 1{ "}" }.

not-compared = Файл очікує чогось незрозумілого, тому це не порівняно.
    .way-out = Виправте це або приберіть з очікуваного.
not-compared_no-outcome = Результату «{ $result }» немає. Не порівняно.
not-compared_no-section = Це не balances, as_of, traces, units, counts чи entries. Не порівняно.
not-compared_no-item = Це не об’єкт із { $names }. Не порівняно.
not-compared_unreadable = { $why } Не порівняно.
not-compared_no-batch-named = Не названо групи. Не порівняно.
not-compared_no-such-batch = Такої групи немає або для неї немає кількостей. Не порівняно.
not-compared_no-stages = Немає стадій. Не порівняно.
not-compared_no-such-stage = Такої стадії немає. Не порівняно.
not-compared_no-currency = Не зазначено валюти. Не порівняно.
not-compared_no-shares = Не зазначено { $subject ->
    [lot] партії
   *[contribution] внеску
}, або частки не є об’єктом. Не порівняно.
not-compared_no-units = Немає партії або списку одиниць. Не порівняно.
not-compared_no-object = Це не об’єкт. Не порівняно.

## Що це за число, якого очікує файл; спершу — його місце у файлі

figure_event = подія { $number } ({ $key })
figure_batch = група { $batch }
figure_all-events = усі події
figure_outcomes = { $whole }: { $result }
figure_entries = кількість записів
figure_balance = { $where }: { $who }, { $stage }
figure_balance_as-of = { $where }: { $who }, { $stage }, станом на { $as_of }
figure_balance_known = { $where }: { $who }, { $stage }, відомо на { $known }
figure_balance_as-of-known = { $where }: { $who }, { $stage }, станом на { $as_of }, відомо на { $known }
figure_trace = { $where }: { $of }
figure_units = { $where }: одиниці партії { $lot }
figure_unit = { $where }: одиниця { $number } партії { $lot }
figure_part = { $whole }, { $of }
