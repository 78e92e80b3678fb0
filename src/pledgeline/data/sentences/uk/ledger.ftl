### Що каже облік. Код відмови каже, що він означає; його випадки — у чому відмовлено і як виправити.
### Назву, яку пише файл («amount», тип події), не перекладають.

stage = { $stage ->
    [source] джерело
    [pledged] обіцяно
    [committed] зобов’язано
    [available] доступно
    [allocated] виділено
    [ordered] замовлено
    [delivered] поставлено
    [accepted] прийнято
    [lapsed] строк сплив
    [returned] повернуто
    [written_off] списано
    [fees] комісії
    [fx] обміняно
    [bank] банк
    [receivable] дебіторська заборгованість
    [supplier_advance] аванс постачальникові
    [supplier_payable] заборгованість перед постачальником
    [programme_expense] видатки програми
    [contributions] внески
   *[exchange] обмін
}
stage-first = { $stage ->
    [source] Джерело
    [pledged] Обіцяно
    [committed] Зобов’язано
    [available] Доступно
    [allocated] Виділено
    [ordered] Замовлено
    [delivered] Поставлено
    [accepted] Прийнято
    [lapsed] Строк сплив
    [returned] Повернуто
    [written_off] Списано
    [fees] Комісії
    [fx] Обміняно
    [bank] Банк
    [receivable] Дебіторська заборгованість
    [supplier_advance] Аванс постачальникові
    [supplier_payable] Заборгованість перед постачальником
    [programme_expense] Видатки програми
    [contributions] Внески
   *[exchange] Обмін
}
spot = { $contribution }, { stage }
spot_line = { $contribution }, { stage }, позиція { $line }
spot_lot = { $contribution }, { stage }, партія { $lot }
spot_line-and-lot = { $contribution }, { stage }, позиція { $line }, партія { $lot }
unknown-event = Подія типу, якого облік не знає.
unknown-event_no-object = Подія — це об’єкт JSON.
    .way-out = Запишіть її об’єктом із id і type.
unknown-event_close = Події «{ $type }» немає.
    .way-out = Мається на увазі «{ $close }»? Тоді напишіть так; інакше приберіть її.
unknown-event_type = Події «{ $type }» немає.
    .way-out = Є такі типи: { $types }.
missing-field = Подія без того, чого потребує її тип.
missing-field_name = Подія не каже, що таке { $field }.
    .way-out = Додайте «{ $field }».
missing-field_of-a-posting = Проводка не називає внеску.
    .way-out = Додайте «contribution».
missing-field_nothing-corrected = Виправлення не каже, що мало бути.
    .way-out = Додайте «amount».
missing-field_left-out = { $field } не можна прибрати із запису { $entry } ({ $type }).
    .way-out = Скажіть, яким мало бути { $field }, і не називайте його в «without».
unknown-field = Подія з полем, якого її тип не має.
unknown-field_close = «{ $field }» не є полем: { of-what }.
    .way-out = Мається на увазі «{ $close }»? Тоді напишіть так; інакше приберіть його.
unknown-field_fields = «{ $field }» не є полем: { of-what }.
    .way-out = Приберіть його. Є такі поля ({ of-what }): { $fields }.
of-what = { $of ->
    [posting] проводка
   *[event] «{ $type }»
}
unknown-field_of-entry = «{ $field }» не є полем запису { $entry } ({ $type }).
    .way-out = Він має { $fields }: виправляйте їх.
null-field = Поле, яке дорівнює null.
null-field_name = { $field } дорівнює null, а це нічого не каже.
    .way-out = Приберіть { $field } або скажіть, що це.
not-a-choice = Поле з тим, чого там не може бути.
not-a-choice_other = «{ $text }» там бути не може.
    .way-out = Виправте { $field } або приберіть: що там може бути, каже посібник.
not-a-choice_of-two = «{ $text }» там бути не може.
    .way-out = Запишіть { $field } як { $one } або { $other }.
not-a-choice_twice = У { $field } назва стоїть двічі.
    .way-out = Запишіть кожну назву в { $field } один раз.
not-a-list = Проводки, які не є списком об’єктів.
not-a-list_text = «{ $text }» не є списком об’єктів.
    .way-out = Запишіть { $field } як список об’єктів.
not-a-key = Ключ, який не є текстом, порожній, задовгий або має знаки, яких ніхто не бачить.
not-a-key_text = «{ $text }» не може бути ключем.
    .way-out = Запишіть { $field } як текст із видимих знаків, щонайбільше { $longest }, без пробілів на краях.
mixed-scripts = Ключ із літерою іншої абетки, схожою на правильну.
mixed-scripts_word = «{ $key }» має { $letter } у слові іншої абетки, яке виглядає так само, як інша літера.
    .way-out = Наберіть { $field } наново літерами однієї абетки.
not-a-whole-number = Сума або кількість, яка не є цілим числом JSON: текст, десятковий дріб, true.
not-a-whole-number_text = «{ $text }» не є цілим числом.
    .way-out = Запишіть { $field } цілим числом: суми — у дрібних одиницях, без лапок і десяткових знаків.
not-above-zero = Сума або кількість, що дорівнює нулю або менша.
    .way-out = Запишіть суму без знака й візьміть подію, яка рухає її в інший бік.
not-above-zero_number = «{ $number }» не є сумою: вона більша за нуль, а напрям каже подія.
    .way-out = Запишіть { $field } без знака й візьміть подію, яка рухає її в інший бік.
not-above-zero_amount = { $amount } перемістити не можна: сума більша за нуль, а напрям каже подія.
not-above-zero_cash = { $amount } перемістити не можна.
    .way-out = Запишіть суму без знака.
not-above-zero_units = { $units } одиниць — це жодної.
    .way-out = Скажіть, скільки цілих одиниць, щонайменше одна.
too-large = Сума, якої не може сягнути жоден облік, або такий залишок.
    .way-out = Полічіть цифри.
too-large_field = { $field } більше за будь-яку суму грошей.
too-large_amount = { $amount } більше за будь-яку суму грошей.
too-large_balance = { $spot }: залишок вийшов би за межі сум.
not-a-day = День, записаний не як РРРР-ММ-ДД, або якого не існує.
not-a-day_text = «{ $text }» не є днем.
    .way-out = Запишіть { $field } так: 2025-12-31.
not-a-time = Час без часового поясу або не час.
not-a-time_text = «{ $text }» — не час із часовим поясом.
    .way-out = Запишіть { $field } так: 2025-12-31T12:00:00Z.
in-the-future = Подія, яка нібито сталася або записана пізніше за сьогодні.
in-the-future_day = { $field } — { $day }, а сьогодні { $today }: того, що ще має бути, не сталося.
    .way-out = Виправте { $field } або внесіть подію, коли вона станеться.
not-a-text = Примітка, яка не є текстом, задовга або не записується в UTF-8.
not-a-text_field = { $field } неможливо зберегти.
    .way-out = Запишіть { $field } текстом щонайбільше з { $longest } знаків.
unclear-shares = Частки внесків, які неможливо прочитати або де один названо двічі.
unclear-shares_no-money = Не названо, чиї це кошти.
    .way-out = Назвіть внески в { $field }.
unclear-shares_no-shares = «{ $text }» не каже, про які внески йдеться і скільки від кожного.
    .way-out = Запишіть { $field } так: { "{" }"КЛЮЧ": СУМА{ "}" }.
unclear-shares_nobody = Нікого не названо.
    .way-out = Назвіть внески в { $field }.
unclear-shares_no-names = «{ $text }» не каже, про які внески йдеться.
    .way-out = Запишіть { $field } так: ["КЛЮЧ", "КЛЮЧ"].
unclear-shares_twice = { $contribution } названо двічі.
    .way-out = Назвіть кожен внесок у { $field } один раз.
unclear-shares_nobody-gives = Не названо, чиї це кошти.
    .way-out = Назвіть внески й скільки дає кожен.
unclear-shares_no-trade = Обмін змінює одну валюту на іншу.
    .way-out = Скажіть, скільки віддано в одній і отримано в іншій.
unclear-shares_nobody-pays = Нікого не названо.
    .way-out = Назвіть внески, які платять.
unclear-shares_from-itself = Внесок не може перейняти від самого себе.
    .way-out = Назвіть два внески.
unknown-currency = Валюта, у якій цей облік не ведеться.
unknown-currency_past = { $currency } була валютою до { $last }; облік ведеться в сьогоднішніх.
    .way-out = Запишіть { $field } як { $successor } із сумою, якою це стало.
unknown-currency_none = «{ $text }» не є валютою за ISO 4217.
    .way-out = Запишіть { $field } кодом із трьох великих літер, як-от EUR.
unknown-currency_of-an-event = «{ $currency }» не є валютою цього обліку.
    .way-out = Він ведеться в { $kept }.
unknown-currency_of-a-posting = Цей облік ведеться в { $kept }, а не в { $currency }.
    .way-out = Виправте код або додайте валюту до обліку.
no-currency = Кошти в кількох валютах, а подія не каже, в якій.
no-currency_several = Є кошти в { $currencies }, а подія не каже, які мають на увазі.
    .way-out = Додайте «currency».
no-currency_of-those-named = Названі мають кошти в кількох валютах.
    .way-out = Додайте валюту.
looks-the-same = Новий ключ, схожий на наявний в обліку.
looks-the-same_key = { $noun ->
    [contribution] Внесок
    [partner] Партнер
    [line] Позиція
    [lot] Партія
   *[package] Пакет
} «{ $key }» виглядає так само, як «{ $twin }», що вже є в обліку, але це інший ключ{ by-which-letter }.
    .way-out = Напишіть «{ $twin }», якщо мається на увазі це; інакше оберіть ключ, який не сплутати.
looks-the-same_id = Id «{ $key }» виглядає так само, як «{ $twin }», що вже є { $place ->
    [file] у файлі
   *[books] в обліку
}, але це інший id{ by-which-letter }.
    .way-out = Напишіть «{ $twin }», якщо це та сама подія; інакше оберіть id, який не сплутати.
by-which-letter = { $letters ->
    [one] : у ньому { $letter }
    [two] : у ньому { $letter } замість { $other }
   *[none] { "" }
}
key-used = Ключ, який раніше вжито для іншого.
key-used_by-another-event = Ключ { $key } раніше вжито для іншої події ({ $type }).
    .way-out = Дайте цій події власний ключ; щоб змінити іншу, виправте її.
unknown-contribution = Внесок, якого ніхто не обіцяв.
    .way-out = Спершу внесіть обіцянку або виправте ключ.
unknown-contribution_none-there = Ніхто не обіцяв внеску { $contribution }.
unknown-contribution_others = Ніхто не обіцяв внеску { $contribution }. Є такі: { $others }.
unknown-contribution_many = Ніхто не обіцяв внеску { $contribution }. Є такі: { $others } ….
unknown-line = Позиція, на яку нічого не виділено й не замовлено.
unknown-line_nothing-there = На позицію { $line } у цій валюті нічого не виділено, не замовлено й не очікується.
    .way-out = Спершу виділіть кошти на позицію або виправте її ключ чи валюту.
unknown-line_no-money = На позиції { $line } немає коштів.
    .way-out = Виправте ключ або внесіть те, що було раніше.
unknown-lot = Партія, якої не поставлено.
unknown-lot_not-delivered = Партії { $lot } не поставлено.
    .way-out = Спершу внесіть її поставку або виправте ключ.
unknown-lot_no-money = У партії { $lot } немає коштів.
    .way-out = Виправте ключ або внесіть те, що було раніше.
unknown-entry = Запис, якого немає в обліку.
unknown-entry_key = Запису { $key } немає; подія, у якій відмовлено, запису не лишає.
    .way-out = Виправте ключ запису, який слід сторнувати.
another-partner = Обіцянка для внеску, який належить іншому партнерові.
another-partner_owner = { $contribution } — внесок партнера { $owner }, а не { $partner }.
    .way-out = Обіцяйте під власним ключем.
another-package = Виділення на позицію іншого пакета.
another-package_known = Позиція { $line } належить до пакета { $known }, а подія каже { $package }.
    .way-out = Виправте пакет чи позицію або запис, який назвав пакет.
another-currency = Обіцянка в іншій валюті, ніж перша валюта внеску.
another-currency_first = { $contribution } обіцяно в { $first }, а не в { $currency }.
    .way-out = Обіцяйте під власним ключем; отримані кошти можна обміняти.
lot-is-taken = Поставка в партію, яка вже має товар або належить до іншої позиції.
lot-is-taken_other-line = Партія { $lot } належить до позиції { $line }, у { $currency }.
    .way-out = Дайте цій поставці власну партію.
lot-is-taken_units-there = Партію { $lot } поставлено раніше, і в ній ще { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиниця
    [few] одиниці
   *[many] одиниць
}.
    .way-out = Дайте цій поставці власну партію або виправте попередню.
below-zero = Рахунок став би меншим за нуль.
below-zero_account = { $spot }: є { $there }, а взято було б { $wanted }.
    .way-out = { $stage ->
        [pledged] Спершу збільште обіцянку (revise) або зобов’яжіть менше.
        [committed] Спершу зобов’яжіть решту або виправте отримане.
        [available] Візьміть менше, дочекайтеся коштів, обміняйте іншу валюту або вивільніть зарезервоване.
        [allocated] Спершу виділіть на позицію більше або замовте менше.
        [ordered] Спершу внесіть зміну ціни чи додаткове замовлення або зменште поставку чи скасування.
        [delivered] Перегляньте, що в партії поставлено й ще не прийнято.
        [accepted] Перегляньте, скільки коштувала партія і скільки вже відшкодовано.
        [lapsed] Перегляньте, строк чого сплив і що ще не перенесено й не повернуто.
        [bank] Спершу внесіть отримане.
        [receivable] Спершу внесіть зобов’язане.
       *[supplier_advance] Перегляньте, скільки сплачено наперед.
    }
not-enough = Коштів або одиниць менше, ніж подія хоче перемістити.
not-enough_money = { $stage ->
    [available] Названим доступно
    [allocated] На позицію { $line } виділено
    [ordered] На позиції { $line } замовлено
    [delivered] У партії { $lot } поставлено
   *[accepted] У партії { $lot } прийнято
} { $there }, а подія потребує { $wanted }.
    .way-out = Виправте суму або спершу приведіть кошти туди.
not-enough_nothing-set-aside = З внеску { $contribution } на позицію { $line } у { $currency } нічого не виділено.
    .way-out = Виправте позицію або внесок.
not-enough_unpaid = За внеском { $contribution } обіцяно й не сплачено { $there }.
    .way-out = Заберіть не більше; отримане натомість повертають партнерові.
not-enough_units-ordered = За позицією { $line } замовлено й не поставлено { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиницю
    [few] одиниці
   *[many] одиниць
}.
    .way-out = Виправте кількість або спершу замовте більше.
not-enough_units-in-lot = У партії { $lot } поставлено, але не прийнято й не повернуто { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиницю
    [few] одиниці
   *[many] одиниць
}.
    .way-out = Виправте кількість.
not-enough_units-to-come = За позицією { $line } ще не поставлено { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиницю
    [few] одиниці
   *[many] одиниць
}.
    .way-out = Скажіть ціну всіх.
not-enough_units-at-several-prices = За позицією { $line } ще не поставлено { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиницю
    [few] одиниці
   *[many] одиниць
}, за кількома цінами.
    .way-out = Скажіть ціну всіх.
not-enough_units-of-line = Позиція { $line }, { stage }: { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиниця
    [few] одиниці
   *[many] одиниць
}, а забрано було б { $wanted }.
    .way-out = Виправте кількість або перегляньте, що поставлено й прийнято раніше.
not-enough_units-of-lot = Партія { $lot }, { stage }: { NUMBER($units, useGrouping: 0) } { $units ->
    [one] одиниця
    [few] одиниці
   *[many] одиниць
}, а забрано було б { $wanted }.
    .way-out = Виправте кількість або перегляньте, що поставлено й прийнято раніше.
not-funded-exactly = Зростання ціни, якого названі платежі не покривають точно.
not-funded-exactly_fall = Ціна падає: на позиції { $line } знову доступно { $amount }, і ніхто не платить.
    .way-out = Не вказуйте, хто платить; воно повертається тим, хто це замовив.
not-funded-exactly_rise = Зростання на позиції { $line } коштує { $amount }; названі сплачують { $paid }.
    .way-out = Назвіть, хто скільки сплачує, щоб разом це дало зростання.
refund-to-be-split = Відшкодування партії, прийнятої частково, понад цю частину.
refund-to-be-split_in-two = У партії { $lot } прийнято { $accepted } і поставлено, але ще не прийнято { $delivered }; { $amount } перевищує прийняту частину.
    .way-out = Поділіть на дві події: відшкодування { $accepted } і після нього — { $rest }.
nothing-to-move = Подія, після якої нічого не змінилося б.
    .way-out = Приберіть подію або виправте її.
nothing-to-move_same-price = Позиція { $line } вже має саме таку ціну.
nothing-to-move_same-pledge = { $contribution } вже обіцяно на { $amount }.
nothing-to-move_nothing-to-lapse = За внеском { $contribution } нічого не лишилося несплаченим, доступним або виділеним.
nothing-to-move_nothing-lapsed = За внеском { $contribution } немає нічого, строк чого сплив.
below-signed = Обіцянку зменшено до меншої за вже зобов’язане.
below-signed_amount = За внеском { $contribution } зобов’язано { $signed }, більше ніж { $amount }.
    .way-out = Зменште внесок на те, що партнер забирає із зобов’язаного.
past-use-by = Кошти, за які того дня вже не можна замовляти.
past-use-by_last-day = За кошти внеску { $contribution } можна було замовляти до { $last }.
    .way-out = Домовтеся з партнером перенести строк або платіть іншим внеском.
past-use-by_new-last-day = Новий останній день, { $last }, раніший за день перенесення, { $day }.
    .way-out = Назвіть пізніший день, на який погодився партнер.
reservation-expired = Замовлення за резервуванням, строк якого сплив.
reservation-expired_on = Строк резервування внеску { $contribution } для позиції { $line } сплив { $day }.
    .way-out = Вивільніть зарезервоване й виділіть знову або після вивільнення замовте без нього.
not-lapsed-yet = Сплив строку раніше за останній день використання коштів або без такого дня.
    .way-out = Дочекайтеся, поки цей день мине; щоб повернути кошти раніше, поверніть їх партнерові.
not-lapsed-yet_until = { $contribution } можна використовувати до { $last }.
not-lapsed-yet_without-a-day = { $contribution } можна використовувати без останнього дня.
clock-behind = Годинник, який на дні відстає від найновішого запису.
clock-behind_newest = Годинник показує { $clock }, а найновіший запис зроблено { $newest }.
    .way-out = Поставте годинник комп’ютера правильно і внесіть знову. Якщо він правильний, а поспішав тоді, коли робили той запис, PLEDGELINE_CLOCK_BEHIND_DAYS каже, наскільки він може відставати.
too-few-postings = Запис менш ніж із двох проводок.
too-few-postings_number = У записі { $postings ->
    [one] { $postings } проводка
    [few] { $postings } проводки
   *[many] { $postings } проводок
}; кошти рухаються звідкись кудись.
    .way-out = Назвіть рахунок, який зменшується, і той, що зростає.
unknown-account = Проводка на рахунок, якого немає.
unknown-account_text = Рахунку «{ $text }» немає.
    .way-out = Є такі: { $accounts }.
zero-posting = Проводка на нуль.
zero-posting_to = Проводка на { $spot } дорівнює нулю.
    .way-out = Приберіть цю проводку.
unbalanced = Запис, який для внеску, валюти й книги не дає в сумі нуля.
unbalanced_contribution = Проводки внеску { $contribution } дають у сумі { $amount }, а не нуль.
    .way-out = Скажіть, звідки береться або куди йде решта: для того самого внеску, у тій самій валюті.
units-unbalanced = Одиниці, які нізвідки не беруться.
units-unbalanced_line = Одиниці позиції { $line } дають у сумі { $units }, а не нуль.
    .way-out = Скажіть, звідки одиниці беруться або куди йдуть.
line-or-lot-missing = Проводка, яка не каже, за якою позицією чи партією стоять кошти.
line-or-lot-missing_line = { stage-first }: кошти внеску { $contribution } стоять за позицією, а проводка її не називає.
    .way-out = Назвіть позицію.
line-or-lot-missing_lot = { stage-first }: кошти внеску { $contribution } стоять за позицією та партією, а проводка партії не називає.
    .way-out = Назвіть партію.
line-or-lot-missing_both = { stage-first }: кошти внеску { $contribution } стоять за позицією та партією, а проводка їх не називає.
    .way-out = Назвіть позицію й партію.
line-or-lot-not-kept = Проводка, яка називає позицію чи партію на рахунку, що їх не веде.
line-or-lot-not-kept_line = { stage-first }: ці кошти не належать до позиції.
    .way-out = Приберіть позицію.
line-or-lot-not-kept_lot = { stage-first }: ці кошти не належать до партії.
    .way-out = Приберіть партію.
line-or-lot-not-kept_both = { stage-first }: ці кошти не належать до позиції та партії.
    .way-out = Приберіть позицію й партію.
taken-back-before = Запис, який уже сторновано.
taken-back-before_by = { $key } уже сторновано записом { $taker }.
    .way-out = Сторнуйте { $taker }, якщо { $key } був правильним, або внесіть те, що мало бути, під власним ключем.
taken-back-before_replaced = { $key } уже сторновано; замість нього діє { $holds }.
    .way-out = Сторнуйте або виправте { $holds }.
taken-back-before_chain = { $key } уже сторновано записом { $taker }.
    .way-out = Сторнуйте або виправте { $taker }.
cannot-be-restated = Запис, нову суму якого не можна поставити на його місце, не сказавши більше.
    .way-out = Сторнуйте його і внесіть те, що мало бути.
cannot-be-restated_old-form = { $entry } ({ $type }) записано до того, як форму подій закрито.
cannot-be-restated_no-amount = { $entry } ({ $type }) не має суми, яка могла б бути іншою.
cannot-be-restated_restored = { $entry } ({ $type }) — відновлене виправлення.
    .way-out = Виправте його на те, що мало бути.
cannot-be-restated_took-back = { $entry } ({ $type }) сторнує інший запис; нічого в ньому не може бути іншим.
    .way-out = Натомість сторнуйте його.
cannot-be-restated_took-back-what-holds = { $entry } ({ $type }) сторнує інший запис; нічого в ньому не може бути іншим.
    .way-out = Виправте { $holds }, який знову діє.
cannot-be-restated_costs-together = { $entry } ({ $type }) каже, скільки одиниці коштують разом.
    .way-out = Скажіть нову «amount» або назвіть її в «without».
cannot-be-restated_two-amounts = { $entry } ({ $type }) отримує дві суми.
    .way-out = Скажіть «amount» або «{ $field }», але не обидві.
cannot-be-restated_several-amounts = { $entry } ({ $type }) має проводки на кілька сум.
    .way-out = Подайте «postings», якими вони мали бути.
signing-key_bytes = ключ підпису має 32 байти
signing-key_name = «{ $name }» не може бути назвою ключа: без пробілів і без плюса
key-line_fault = рядок { $line } не є ключем: { $fault }
key-line_form = рядок { $line } не є ключем: запишіть НАЗВУ, 64 шістнадцяткові цифри та день
request_form = запит до свідка починається з «old» і кількості записів, доказу та порожнього рядка
request_proof = доказ має щонайбільше { $most } гешів
not-witnessed_unknown = контрольну точку { $origin } не підписано ключем журналу, відомого тут
not-witnessed_bad = { $old } записів не можуть бути початком { $new }
not-witnessed_conflict = цей свідок досі засвідчив { NUMBER($size, useGrouping: 0) } { $size ->
    [one] запис
    [few] записи
   *[many] записів
} журналу { $origin }
not-witnessed_inconsistent = { $size } записів журналу { $origin }, які засвідчив цей свідок, не є початком цих { $new }
not-books_entry = запис неможливо прочитати: { $fault }
not-books_parts = записи мають частини, яких цей облік не веде
unknown-dialect = діалекту «{ $name }» немає: є { $dialects }
dialect_office = Фінансова служба (англійською)
journal_name = { $key } записано як { $name }
journal_closing = кінцеві залишки
event_pledge = Партнер обіцяє кошти.
event_revise = Партнер змінює суму своєї обіцянки на `amount`.
event_reduce = Партнер забирає несплачену обіцянку.
event_commit = За обіцянкою або її частиною взято зобов’язання.
event_receive = Кошти або їхня частина надійшли.
event_convert = Банк обмінює кошти одного чи кількох внесків однією операцією.
event_fee = Банк або посередник бере комісію.
event_allocate = Кошти виділено на позицію; з останнім днем це резервування.
event_release = Виділені кошти знову доступні.
event_order = Одиниці позиції замовлено.
event_price-change = Ціна того, що ще не поставлено, змінюється.
event_cancel-units = Одиниці скасовано до поставки.
event_swap = На замовленій позиції один внесок переймає частку іншого.
event_deliver = Партія надходить.
event_accept = Отримувач приймає одиниці партії.
event_reject = Отримувач повертає одиниці партії; постачальник винен їх знову.
event_refund = Постачальник повертає кошти за партію.
event_return-to-partner = Кошти повертаються партнерові.
event_lapse = Останній день використання коштів минув.
event_carry-over = Партнер дозволяє використати кошти, строк яких сплив, до пізнішого дня.
event_write-off = Зобов’язані кошти ніколи не надійдуть.
event_write-off-lot = Одиниці партії втрачено до приймання, і ніхто їх не замінить.
event_journal = Кошти переміщено вільно — для того, про що не каже інша подія.
event_cash-owed = Зобов’язаний внесок нам винні.
event_cash-in = Партнер сплатив.
event_cash-fee = Банк узяв комісію.
event_cash-sold = Банк узяв одну валюту в обміні.
event_cash-bought = Банк дав іншу валюту в обміні.
event_cash-advance = Постачальникові сплачено наперед.
event_cash-invoice = Постачальник поставив товар.
event_cash-settle = Аванс оплачує рахунок.
event_cash-paid = Постачальникові сплачено.
event_cash-refund = Постачальник повернув кошти.
event_cash-returned = Кошти повернено партнерові.
event_correct = Запис сторновано, а на його місце поставлено те, що мало бути: один запис.
event_reverse = Запис сторновано повністю.
event_posting = Проводка довільного запису.
field_id = Власний ключ події. Та сама подія ще раз нічого не змінює; в іншій під тим самим ключем відмовлять.
field_effective-on = День, коли це сталося; ніколи не пізніший за сьогодні.
field_recorded-at = Коли це записано, із часовим поясом.
field_note = Вільний текст біля запису, який читають лише люди з роллю.
field_expect = Лише у випадку: що має з цього вийти або зі скількох подій групи.
field_batch = Лише у випадку: назва тих, що надходять тієї самої миті.
field_contribution = Ключ внеску.
field_line = Ключ позиції: того, що замовляється разом за однією ціною.
field_lot = Ключ партії: того, що поставлено разом.
field_qty = Скільки одиниць.
field_currency = Можна не вказувати, якщо можлива лише одна.
field_cost = Скільки одиниці коштують разом, якщо це не ціна позиції.
field_amount = Скільки.
field_pledge_partner = Хто це обіцяє.
field_pledge_currency = У якій валюті.
field_pledge_amount = Скільки; друга обіцянка під тим самим ключем додається до першої.
field_pledge_use-by = Останній день, коли за ці кошти можна замовляти.
field_reduce_amount = Скільки; усе несплачене, якщо не вказано.
field_convert_given = Який внесок скільки дає; отримане ділиться за цим.
field_convert_from-currency = Віддана валюта. Можна не вказувати, якщо можлива лише одна.
field_convert_to-currency = Отримана валюта.
field_convert_received = Скільки отримано разом.
field_fee_contributions = Хто її несе, за доступними коштами кожного.
field_fee_amount = Скільки разом.
field_allocate_package = Пакет, до якого належить позиція.
field_allocate_reserved-until = Останній день резервування.
field_release_amount = Скільки; усе, якщо не вказано.
field_order_unit-price = Ціна одиниці.
field_order_amount = Скільки вони коштують разом, якщо це не `qty`, помножене на `unit_price`.
field_price-change_unit-price = Нова ціна одиниці.
field_price-change_paid-by = Хто сплачує зростання: із сумами — точно; лише назви — ділять за доступними коштами.
field_price-change_qty = Скільки одиниць змінюють ціну; усі, що ще мають надійти, якщо не вказано.
field_swap_from = Внесок, який отримує свої кошти назад.
field_swap_to = Внесок, який платить замість нього.
field_return-to-partner_from = З яких коштів: з доступних, якщо не вказано, або з тих, строк яких сплив.
field_carry-over_use-by = Пізніший день.
field_carry-over_amount = Скільки; усе, строк чого сплив, якщо не вказано.
field_reverse_of = Ключ запису.
field_posting_stage = Стадія або рахунок.
field_posting_amount = Більше за нуль — що надходить, менше за нуль — що вибуває.
field_posting_contribution = Ключ внеску, якщо його не називає подія.
field_posting_currency = Валюта, якщо її не називає подія.
field_posting_line = Ключ позиції, якщо стадія веде позиції.
field_posting_lot = Ключ партії, якщо стадія веде партії.
field_journal_postings = Проводки, які дають у сумі нуль.
field_journal_contribution = Внесок проводок, які його не називають.
field_journal_currency = Валюта проводок, які її не називають.
field_correct_of = Ключ запису: останнього, який діє.
field_correct_without = Поля запису, яких не мало бути.
field_correct_other = Яким воно мало бути.
field_correct_amount = Якою мала бути сума; для поставки, приймання, відхилення чи втраченого товару це вартість, для обміну — отримане.
schema_title = Файл подій обліку Pledgeline
schema_events = Події в порядку, у якому їх вносять. У полі, якого тут немає, відмовлять.
schema_currencies = Кожна валюта з кількістю десяткових знаків за ISO 4217.
schema_expected = Лише у випадку: цифри, які мають вийти.
schema_batch = Лише у випадку: події, що надходять тієї самої миті, і скільки з них чим стають.
schema_account = Стадія книги стадій або рахунок касової книги.
invented = Ілюстрація: вигадана програма. Нічого з цього ніколи не відбувалося.
