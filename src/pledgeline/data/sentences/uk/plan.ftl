# Що каже планування: що не так у задачі, чому потреба отримує те, що отримує, наскільки план добрий і чому лишаються кошти.

not-json = Файл не є JSON: { $why }.
    .way-out = Виправте назване місце або збережіть файл знову з програми, яка його записала.
not-json_too-many-values = У файлі понад { $most } значень.
    .way-out = Приберіть зайве або поділіть задачу.
not-json_nested = Файл має надто глибоку вкладеність, щоб бути задачею.
    .way-out = Запишіть задачу так, як показує посібник.
not-an-object = Задача — це об’єкт JSON.
    .way-out = Почніть файл із { "{" }.
not-an-object_row = Рядок має бути об’єктом із названими полями.
    .way-out = Напишіть { "{" } … { "}" }.
not-an-object_section = «{ $section }» має бути об’єктом.
    .way-out = Напишіть { "{" } … { "}" }.
not-a-list = «{ $section }» має бути списком.
    .way-out = Напишіть [ … ].
field-twice = «{ $name }» стоїть двічі.
    .way-out = Залиште одне.
field-twice_in-one = «{ $name }» стоїть в одному об’єкті двічі; яке значення мається на увазі, невідомо.
unknown-field = «{ $field }» тут не є полем, його не прочитано.
    .way-out = Приберіть його або візьміть одне з таких: { LIST($known, by: "comma") }.
too-many-findings = Таких зауважень понад { $most }; інші не перелічено.
    .way-out = Виправте перші й прочитайте знову; часто вони мають одну причину.
unreadable-character = У тексті є знак, якого не збереже жодна сторінка й жодна база даних.
    .way-out = Приберіть із назв знаки NUL і половини знаків.
not-a-text = «{ $field }» має бути непорожнім текстом.
    .way-out = Напишіть текст.
not-a-text_unseen = У «{ $field }» є те, чого ніхто не бачить: { LIST($letters, by: "comma") }.
    .way-out = Наберіть текст наново.
not-a-text_too-long = У «{ $field }» { $length } знаків; читається { $most }.
    .way-out = Напишіть коротшу назву.
not-a-text_name-too-long = У назві { $length } знаків; читається { $most }.
    .way-out = Напишіть коротшу назву.
missing = Немає «{ $field }».
    .way-out = Додайте «{ $field }», ціле число.
missing_empty = «{ $field }» порожнє.
    .way-out = Напишіть ціле число.
not-a-whole-number = «{ $field }» має бути цілим числом, а не { $value }.
    .way-out = Напишіть ціле число. Гроші рахують у дрібних одиницях: 12,50 USD — це 1250.
not-a-whole-number_in-lots = «{ $field }» має бути цілим числом, а не { $value }.
    .way-out =
        Напишіть ціле число. Гроші рахують у дрібних одиницях: 12,50 USD — це 1250. Ціна { $price } за одиницю — це рівно { $of_lot } за { $lot }: нехай предметом буде { $lot } одиниць, і лічіть { $lot ->
            [10] десятками
            [100] сотнями
            [1000] тисячами
           *[other] десятками тисяч
        }.
out-of-range = «{ $field }» — { $number }, а має бути щонайменше { $least }.
    .way-out = Виправте число.
out-of-range_most = «{ $field }» — { $number }, а має бути щонайменше { $least } і щонайбільше { $most }.
very-many-digits = число з дуже багатьох цифр
out-of-range_between = «{ $field }» — { $number }, а має бути між { $least } і { $most }.
    .way-out = Виправте його.
out-of-range_or-more = «{ $field }» — { $number }, а має бути { $least } або більше.
    .way-out = Виправте його.
out-of-range_fee = Комісія { $fee } базисних пунктів — більше ніж усе.
    .way-out = Напишіть від 0 до 10000.
out-of-range_no-ratio = Замінник, який нічого не важить, не є замінником.
    .way-out = Виправте його.
out-of-range_no-rate = Курс 0 перетворює гроші на ніщо.
    .way-out = Виправте курс.
not-a-number = «{ $field }» має бути числом або дробом, як-от «1/2».
    .way-out = Напишіть 0.5, "1/2" або [1, 2].
not-yes-or-no = «{ $field }» має бути true або false.
    .way-out = Напишіть true або false.
tolerance-without-target = Допуск без цілі нічого не змінює.
    .way-out = Додайте «target_minor» або приберіть допуск.
not-an-earmark = Цільове призначення — об’єкт із «allow», «deny» або обома.
    .way-out = Напишіть { "{" }"allow": { "{" }"item": ["A"]{ "}" }{ "}" }.
not-an-earmark_side = «{ $side }» має бути об’єктом зі списків.
    .way-out = Напишіть { "{" }…{ "}" }.
not-an-earmark_names = «{ $side }.{ $key }» має бути списком текстів.
    .way-out = Напишіть ["A", "B"].
unknown-earmark-key = Цільове призначення не може стосуватися «{ $key }».
    .way-out = Візьміть одне з таких: { LIST($known, by: "comma") }.
not-a-kit = Комплект — об’єкт із частин і кількості кожної.
    .way-out = Напишіть { "{" }"A": 2{ "}" }.
unknown-currency = «{ $currency }» не є валютою за ISO 4217.
    .way-out = Напишіть код, як-от USD.
unknown-currency_of-contribution = «{ $currency }» не є валютою за ISO 4217.
    .way-out = Напишіть код, як-от EUR.
no-rate = Немає курсу { $currency } до { $plan }.
    .way-out = Додайте { $currency } до курсів.
rate-to-itself = Сказано, що одиниця { $currency } — це { $rate } одиниць її самої.
    .way-out = Приберіть цей курс.
extreme-number = Це приблизно { $number }; таке неможливо точно зважити поряд з іншими.
    .way-out = Напишіть число від мільйонної частки мільйонної до мільйона мільйонів, з меншою кількістю цифр.
duplicate-id = Рядків з id «{ $name }»: { $count }.
    .way-out = Дайте кожному рядкові власний id.
no-packages = Без пакета нічого не можна замовити.
    .way-out = Додайте пакет.
too-many-units = { $quantity } одиниць — більше, ніж можна полічити по одній.
    .way-out = Лічіть тисячами: нехай предметом буде тисяча.
min-useful-above-quantity = Найменша корисна кількість — { $least }, а просять лише { $quantity }: потреба не може отримати нічого.
    .way-out = Зменште одне або збільште інше.
multiple-does-not-fit = Між { $least } і { $quantity } немає числа, кратного { $multiple }: потреба не може отримати нічого.
    .way-out = Виправте кратність.
no-offer = Ніхто не пропонує { $names }.
    .way-out = Додайте пропозицію або виправте предмет.
needed-before-first-order = Потрібно до { $day }, а перше замовлення — { $first }.
    .way-out = Виправте день або замовляйте раніше.
stock-is-huge = Наявних одиниць: { $available }.
    .way-out = Лишіть порожнім, якщо запас не обмежує.
order-above-stock = Наявно { $available }, а найменше замовлення — { $least }: замовити неможливо нічого.
    .way-out = Запитайте постачальника й виправте пропозицію.
offer-not-wanted = Жодна потреба не просить { $item }.
    .way-out = Перевірте, як предмет написано в потребах.
floor-above-money = Він має коштувати щонайменше { $least }; усі внески разом можуть сплатити { $money }.
    .way-out = Зменште ціль, розширте допуск або приберіть пакет.
lapses-before-available = Доступно з { $from_day }, а строк спливає { $use_by }: оплатити неможливо нічого.
    .way-out = Виправте один із днів.
lapses-before-order = Строк коштів спливає { $use_by }, раніше, ніж замовляється перший пакет.
    .way-out = Замовляйте раніше або попросіть партнера про пізніший день.
available-after-last-order = Кошти надходять { $from_day }, після останнього замовлення { $last }.
    .way-out = Додайте пізніший пакет або попросіть партнера про раніший день.
fee-takes-all = Комісія забирає все.
    .way-out = Виправте комісію.
earmark-names-nothing = Немає { $key ->
        [category] категорії
        [item] предмета
        [line] потреби
        [package] пакета
        [supplier] постачальника
       *[source] джерела
    } «{ $name }».
    .way-out = Перевірте, як воно написане.
earmark-allows-nothing = Список порожній.
    .way-out = Назвіть, що цими коштами можна оплачувати.
earmark-contradicts-itself = «{ $name }» дозволено й заборонено: заборонено.
    .way-out = Запитайте партнера, що мається на увазі.
nested-kit = Частина { $part } сама є комплектом.
    .way-out = Перелічіть частини внутрішнього комплекту.
nested-kit_in-itself = Комплект { $kit } містить себе.
duplicate-substitute = Його подано стільки разів: { $count }.
    .way-out = Залиште один, із правильним коефіцієнтом.
substitute-of-itself = Предмет не може замінювати сам себе.
    .way-out = Приберіть це.
substitute-and-kit = Комплект не може замінювати предмет, а предмет — комплект.
    .way-out = Назвіть частини.
substitute-chain = { $by } має власні замінники: для { $item } вони не рахуються.
    .way-out = Якщо годяться й для { $item }, перелічіть їх і там.
supplier-sells-nothing = Жодна пропозиція не від { $supplier }.
    .way-out = Перевірте, як постачальника написано в пропозиціях.
named-as-total = «{ $name }» — слово для підсумку: його було б полічено поруч із тим, що він підсумовує.
    .way-out = Приберіть рядок; якщо це не підсумок, дайте йому власну назву.
sum-of-rows = Точно дорівнює сумі рядків ({ $count }): це підсумок? Прочитано як окремий рядок.
    .way-out = Видаліть рядок, якщо він підсумовує інші; інакше залиште.
mixed-letters = У «{ $name }» є { $letter } у слові іншої абетки.
    .way-out = Напишіть слово однією абеткою.
names-look-alike = «{ $name }» виглядає як інша назва, але нею не є: у ній { $letter }.
    .way-out = Напишіть обидві тими самими літерами, якщо мається на увазі одне; інакше дайте назви, які не сплутати.
names-look-alike_in-a-letter = «{ $name }» виглядає як інша назва, але нею не є: одна літера інша.
day-far-away = Це { $day }, на десятиліття далі від більшості інших днів: середній — { $usual }.
    .way-out = Виправте рік, якщо це описка; не вказуйте, якщо годиться будь-який день.
names = { LIST($names, by: "comma") }
names_more = { LIST($names, by: "comma") } і ще { $more }

## Чому потреба отримує те, що отримує.
reason_met = Усі одиниці ({ $units }) є в плані.
reason_no-package = Немає пакета, з яким її можна замовити.
reason_no-offer = Ніхто не пропонує { $item }.
reason_too-late = Найраніше надходження — { $earliest } ({ $offer } у { $package }), на { $days ->
        [one] { $days } день
        [few] { $days } дні
       *[many] { $days } днів
    } пізніше за { $need_by }, до якого вона потрібна.
reason_no-stock = Усе, що надходить вчасно ({ $units }; { LIST($offers, by: "comma") }), зайнято: { LIST($took, by: "semicolon") }.
reason_no-stock_and-more = Усе, що надходить вчасно ({ $units }; { LIST($offers, by: "comma") }), зайнято: { LIST($took, by: "semicolon") } і ще потреб: { $more }.
reason_no-stock_all-here = Усе, що надходить вчасно ({ $units }; { LIST($offers, by: "comma") }), зайнято: усе має ця потреба.
reason_took = { $units } — для { $line } (пріоритет { $tier })
units = одиниць: { $count }
units_of = одиниць { $item }: { $count }
reason_next-useful = Наступна корисна кількість — { $next } (щонайменше { $least }, кратно { $multiple }); просять { $wanted }.
reason_useless = Лишилося одиниць: { $left }, а менше за { $least } цій потребі не допоможе: бракує ще { $short }.
reason_no-weight = Її вага — 0: забезпечення нічого не дає.
reason_money-unknown = Невідомо, чи вистачить коштів на ще один крок: ті, хто платить за цілі пакети, могли б платити більшою кількістю способів, ніж випробувано.
reason_stock-below-order = { $offer }: лишилося одиниць { $left }; за умовами (партії по { $lot }, щонайменше { $min_order } на замовлення) наступне корисне замовлення бере { $needed }: бракує ще { $short }.
reason_order-above-need = { $offer } продається за умовами (партії по { $lot }, щонайменше { $min_order } на замовлення): у { $package } довелося б замовити ще { $needed }, а потрібно з неї лише { $missing }.
reason_package-full = { $package } може обслужити щонайбільше потреб: { $lines }, і вже обслуговує.
reason_package-dear = { $package } може коштувати щонайбільше { $most }; із цим коштував би { $cost }.
reason_package-cheap = { $package } має коштувати щонайменше { $least }; із цим вийшло б { $cost }.
reason_kept-by-terms = Ще { $units ->
        [one] { $units } одиниця коштує
        [few] { $units } одиниці коштують
       *[many] { $units } одиниць коштують
    } { $price }; кошти лишилися, але їхні умови щодо часток або цілих пакетів ({ LIST($money, by: "comma") }) цього не дозволяють: бракує { $missing }.
reason_no-money = За цю потребу не може платити жоден внесок; ще { $units ->
        [one] { $units } одиниця коштує
        [few] { $units } одиниці коштують
       *[many] { $units } одиниць коштують
    } { $price }.
reason_money-short = З коштів, які можуть за неї платити ({ $money }), лишилося { $left }; ще { $units ->
        [one] { $units } одиниця коштує
        [few] { $units } одиниці коштують
       *[many] { $units } одиниць коштують
    } { $price }, бракує { $missing }.
reason_money-used = Усі { $used }, які можуть за неї платити ({ $money }), використали { $users ->
        [one] { $users } інша потреба
        [few] { $users } інші потреби
       *[many] { $users } інших потреб
    }; ще { $units ->
        [one] { $units } одиниця коштує
        [few] { $units } одиниці коштують
       *[many] { $units } одиниць коштують
    } { $price }, бракує { $missing }.
reason_and-kept-out = { $said } { LIST($left, by: "space") }
reason_kept-out = З { $money } лишилося { $left }, але ці кошти { LIST($terms, by: " і ") }.
reason_kept-out_many = З { $money } лишилося { $left }, але їхні умови виключають цю потребу.
reason_unsettled = Жодне окреме обмеження не забороняє ще одного кроку; за цього плану він коштував би іншої потреби чи умови.
reason_unsettled_stopped = Жодне окреме обмеження не забороняє ще одного кроку; за цього плану пошук було зупинено.
reason_several = Тут сходяться кілька обмежень. Що допомогло б: { LIST($limits, by: " або ") }, зняті лише для цієї потреби.
reason-name = { $reason ->
    [MET] повністю забезпечено
    [NO_OFFER] ніхто не пропонує
    [TOO_LATE] надходить запізно
    [NO_STOCK] запасів не лишилося
    [ORDER] умови замовлення
    [MONEY] не лишилося коштів, які можуть платити
    [PACKAGE] умови пакета
   *[UNSETTLED] кілька обмежень разом
}

## Умови, що не дають коштам платити за потребу, напівреченнями: «ці кошти …».
excludes_comes-late = надходять після останнього замовлення, яке прибуло б вчасно
excludes_lapses = мають строк, що спливає раніше, ніж замовлено щось, що прибуло б вчасно
excludes_only-for = призначені лише для: { $what }
excludes_not-for = не призначені для: { $what }
excludes_together = не можуть платити за цю потребу за всіма умовами разом
earmark_none = { $key ->
    [category] жодної категорії
    [item] жодного предмета
    [line] жодної потреби
    [package] жодного пакета
    [supplier] жодного постачальника
   *[source] жодного джерела
}
earmark_any = { $key ->
    [category] категорія
    [item] предмет
    [line] потреба
    [package] пакет
    [supplier] постачальник
   *[source] джерело
} { LIST($names, by: "or") }
earmark_any-or-more = { $key ->
    [category] категорія
    [item] предмет
    [line] потреба
    [package] пакет
    [supplier] постачальник
   *[source] джерело
} { LIST($names, by: "comma") } або ще { $more }

## Що допомогло б потреби.
limit = { $limit ->
    [MONEY] кошти
    [STOCK] запаси
    [DATE] дні
    [ORDER] умови замовлення (партії, найменше замовлення, найменша корисна кількість)
   *[PACKAGE] умови пакета (цільова вартість, кількість потреб, частки)
}
binding = { LIST($ways, by: "; або ") }
binding_two = { $first } і { $second } разом
binding_none = жодне обмеження окремо і жодні два разом

## Наскільки план добрий.
verdict_stopped = Пошук зупинено: це найкращий знайдений дотепер план, і може існувати кращий.
verdict_best = Доведено найкращий: жоден план, що дотримується цих умов, не забезпечує пріоритети краще.
verdict_best-up-to = Доведено найкращий до: { $score ->
        [share-days] час надходження (частко-дні)
        [cost] вартість
       *[kept] дотримання обіцяного
    }; те, що далі, ще можна поліпшити в показаних межах.
verdict_best-up-to-priority = Доведено найкращий до пріоритету { $tier }; те, що далі, ще можна поліпшити в показаних межах.
verdict_not-proven = Не доведено, що найкращий: наскільки кращим міг би бути інший план, показують верхні межі.
score = { $score ->
    [share-days] Час надходження (частко-дні)
    [cost] Вартість
    [kept] Дотримання обіцяного
   *[other] { $score }
}
score_tier = Пріоритет { $tier }
sure = { $standing ->
    [PROVEN] доведено: кращого немає
    [GIVEN_EARLIER] доведено за попередніх рішень
    [BOUNDED] не доведено: між цим значенням і його верхньою межею
   *[UNKNOWN] не доведено, верхня межа невідома
}

## Чому лишаються кошти.

left_all-met = Кожну потребу повністю забезпечено.
left_lapses = Строк спливає { $use_by }, раніше першого замовлення { $first }.
left_comes-late = Надходять { $from_day }, після останнього замовлення { $last }.
left_no-package = Немає пакета, з яким можна замовити потреби, що очікують.
left_all-late = Жодної з потреб, що очікують, не можна купити вчасно.
left_no-offer = Ніхто не пропонує того, що потрібно потребам, які очікують.
left_nothing-to-buy = З потреб, що очікують, ніхто не пропонує: { $unoffered }, а вчасно не купити: { $late }; не лишається жодної, яку можна купити за гроші.
left_too-little = Лишилося менше, ніж коштує одна одиниця будь-чого, за що можна платити і що ще очікує.
left_could-pay = Можна платити за { $lines }; що затримує ці потреби, сказано біля кожної.
left_could-pay_on-terms = Можна платити за { $lines }; що затримує ці потреби, сказано біля кожної ({ LIST($terms, by: "semicolon") }).
left_whole-packages = платить лише за цілі пакети
left_at-most = платить щонайбільше { $share } пакета
left_free-of-charge = Те, що потреби, які очікують, ще могли б мати, передається безоплатно: за це не платять.
left_by-days = Ці кошти { LIST($words, by: " або ") }.
left_excluded = Умови не дозволяють жодної з потреб, що очікують, у тому вигляді, в якому їх можна купити вчасно.

## Що план зазначає про те, як його складено.
broken_unknown = Немає { $noun ->
        [line] потреби
        [offer] пропозиції
        [package] пакета
       *[contribution] внеску
    } «{ $name }».
broken_units = Куплено одиниць: { $units }.
broken_repeated = Покупку подано двічі.
broken_item = Пропозиція { $offer } продає { $sold }, а не { $wanted }.
broken_date = Пропозиція { $offer } у { $package } прибуває запізно.
broken_surplus = { $units } із { $wanted } потрібних.
broken_surplus_nothing-whole = Куплено одиниці, з яких не складається ціле.
broken_min-useful = { $units }, а корисно від { $least }.
broken_multiple = { $units } не кратно { $multiple }.
broken_kit = { $units } одиниць { $part } для { $kits } комплектів.
broken_fulfilled = План каже { $claimed }, а насправді { $true }.
broken_stock = Куплено { $units }, наявно { $available }.
broken_lot = { $units } у { $package }, а партії — по { $lot }.
broken_min-order = { $units } у { $package }, а має бути щонайменше { $least }.
broken_capacity = Куплено { $units }, а постачає { $capacity }.
broken_target = Коштує { $cost }, на { $off } поза ціллю.
broken_max-lines = { $lines } потреб — забагато.
broken_payment = Платіж { $minor }.
broken_earmark = Не може оплачувати { $line } з пропозиції { $offer }.
broken_earmark_of-charge = Не може оплачувати плату { $supplier }.
broken_unpaid = { $minor } за { $what } у { $package } не покрито.
broken_unpaid_too-much = За { $what } у { $package } переплачено { $minor }.
broken_charge-of = плата { $supplier }
broken_overspent = Сплачує { $minor }, більше, ніж має.
broken_paid = Його платежі не дають у сумі того, що каже план.
broken_share = Сплачує { $minor } із { $cost } у { $package }.
broken_claim = Сказано { $claimed }, а насправді { $true }.
broken_about = приблизно { $number }
broken_not-best = { $step } План каже, що це доведено.
broken_other-data = План складено за іншими даними, ніж { $file }, або їх відтоді змінено.
tried = Випробувано: ще один крок для { $lines ->
        [one] { $lines } потреби
       *[other] { $lines } потреб
    }, { $exchanges ->
        [one] { $exchanges } заміну
        [few] { $exchanges } заміни
       *[many] { $exchanges } замін
    } покупки на ранішу або дешевшу. { $better ->
        [0] Нічого не можливо
       *[other] Можливо: { $better }
    }.
tried_not-all = Випробувано: ще один крок для { $lines ->
        [one] { $lines } потреби
       *[other] { $lines } потреб
    }, { $exchanges ->
        [one] { $exchanges } заміну
        [few] { $exchanges } заміни
       *[many] { $exchanges } замін
    } покупки на ранішу або дешевшу. { $better ->
        [0] Нічого не можливо
       *[other] Можливо: { $better }
    }; не випробувано змін: { $untried }.
step_more = Можливо більше, і на це є кошти: { LIST($parts, by: " із ") }.
step_part = { $units } з { $offer } у { $package }
step_exchange = { $units } з { $old } у { $there } можна купити як { $new } у { $here }, раніше або дешевше.
note_no-solver = Розв’язувача не встановлено: план складено згори донизу і без верхніх меж.
note_stopped = Пошук зупинено: те, що лишилося, розподілено згори донизу.
note_stopped_by-person = Зупинено особою.
note_stopped_by-key = Зупинено клавішами Ctrl-C.
note_stopped_by-budget = Зупинено після відведеного часу, { $seconds } с.
note_solver-failed = Розв’язувач не впорався з метою { $objective }; залишено найкращий план до того.
note_solver-refused = За метою { $objective } розв’язувач пропонував плани, які в цілих числах відхилено.
note_solver-broke = Розв’язувач зламався на меті { $objective }: { $error }
note_solver-gave-nothing = За метою { $objective } розв’язувач не дав чисел; його більше не питають.
note_payers-untried = Хто за який пакет платить повністю, випробувано не всіма способами: більше обмежених коштів могло б заплатити більше.
note_unexplained = { $lines ->
        [one] { $lines } потреба, що очікує, не має
        [few] { $lines } потреби, що очікують, не мають
       *[many] { $lines } потреб, що очікують, не мають
    } тут причини, бо час вийшов: запитайте про окрему потребу командою “pledgeline plan explain”.
cannot_plan = Для планування потрібен { $name }, а його неможливо завантажити: встановіть pledgeline знову.
cannot_bound = Для межі потрібен { $name }, а його неможливо завантажити: встановіть його.
not-a-plan = план — це об’єкт JSON
not-a-plan_lacks = планові потрібне { $name }
not-a-plan_of-a-part = частина плану не така, якою має бути: { $error }
contradiction = Файл каже { $one }, а решта його — { $rest }.
contradiction_of-proof = Сказано, що доведено { $value }, з межею { $bound }.
not-a-change_no-list = зміни — це список
not-a-change_lacks = зміні { $number } потрібні «list», «id» і «set»
not-a-change_unknown-list = зміна { $number }: списку «{ $name }» немає
not-a-change_no-fields = зміна { $number }: «set» має бути об’єктом із полів
