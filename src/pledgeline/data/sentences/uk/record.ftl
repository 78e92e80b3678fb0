# Проти чого заперечує читач публічних даних. Повідомлення має назву свого коду; $note — ще одне речення або нічого.

folder_missing = Такої теки немає.
    .way-out = Укажіть шлях до теки із сімома файлами.
folder_not-a-folder = Шлях називає щось, що не є текою.
    .way-out = Укажіть теку, яка містить сім файлів.
folder_unreadable = Тека є, але її неможливо прочитати.
    .way-out = Перевірте, чи маєте право читати її та чи жодне посилання в шляху не веде назад до себе.
file_missing = Одного із семи файлів у теці немає.
    .way-out = Додайте його; якщо рядків немає, досить файлу із самими заголовками.
file_missing_named = Немає { $name }.{ $note }
file_unreadable = Файл є, але його неможливо прочитати.
    .way-out = Перевірте, чи це файл і чи маєте право його читати.
file_unreadable_no-file = { $name } не є файлом, який можна прочитати.
file_unreadable_why = { $name } неможливо прочитати: { $why }.
file_empty = У файлі немає рядка заголовків.
    .way-out = Додайте рядок заголовків; інших рядків може й не бути.
file_empty_named = { $name } порожній.
file_not-csv = Під назвою файлу CSV — щось інше.
    .way-out = Відкрийте його у відповідній програмі й збережіть як CSV у UTF-8.
file_not-csv_kind = { $name } — це { $kind ->
        [zip] книга (.xlsx, .ods) або інший архів zip
        [xls] книга старого виду (.xls)
        [pdf] PDF
        [gzip] архів gzip
        [xml] вебсторінка або XML
        [json] JSON
       *[other] база даних
    }.
file_not-utf-8 = Файл має байти, які не є UTF-8.
    .way-out = Збережіть його в табличному редакторі як CSV UTF-8.
file_not-utf-8_utf-16 = { $name } збережено як UTF-16.
file_not-utf-8_byte = Байт { $place } рядка (0x{ $byte }) не є UTF-8.
file_not-utf-8_bytes = { file_not-utf-8_byte } { $more ->
        [one] Так само ще { $more } рядок.
        [few] Так само ще { $more } рядки.
       *[many] Так само ще { $more } рядків.
    }
file_not-utf-8_settings = 0x{ $byte } не є UTF-8.
file_separator = Стовпці розділено не комами.
    .way-out = Збережіть із комами як роздільниками.
file_separator_sign = Стовпці розділено { $sign ->
        [semicolon] крапками з комою
        [tab] табуляціями
       *[bar] рисками
    }.
file_line-too-long = Рядок має понад мільйон знаків; його не прочитано.
    .way-out = Перевірте, чи не бракує лапок або кінця рядка та чи це взагалі таблиця.
file_too-large = Файл більший за 256 мегабайтів; його не прочитано.
    .way-out = Поділіть дані на кілька програм.
file_too-large_bytes = { $name } має { $bytes } байтів.
file_too-large_settings = { $name } має понад { $most } байтів.
file_quotes = Лапки відкриваються чи закриваються не там; рядок не прочитано.
    .way-out = Закрийте лапки; усередині клітинки в лапках пишіть їх двічі.
file_quotes_why = Рядок, що починається тут, не закрито: { $why }.
header_none_record = Перший рядок не називає жодного стовпця.
    .way-out = Напишіть над рядками назви стовпців.
header_none_record_columns = У першому рядку { $name } не названо жодного стовпця.
    .way-out = Напишіть над рядками: { $columns }.
header_missing-column_record = Обов’язкового стовпця немає серед заголовків.
    .way-out = Додайте стовпець або виправте його назву.
header_missing-column_record_named = Немає стовпця «{ $column }».{ $note }
header_unknown-column_record = Серед заголовків є стовпець, якого файл не знає; його не прочитано.
    .way-out = Приберіть його або виправте назву.
header_unknown-column_record_named = Стовпець «{ $column }» невідомий, його не прочитано.
header_unknown-column_record_unnamed = Стовпець без назви невідомий, його не прочитано.
header_double-column_record = Стовпець названо двічі.
    .way-out = Приберіть один із них або дайте йому правильну назву.
header_double-column_record_named = Стовпець «{ $column }» стоїть двічі.
row_cells_record = У рядку більше або менше клітинок, ніж заголовків.
    .way-out = Клітинки з комами беріть у лапки, а порожні лишайте порожніми.
row_cells_record_counts = Рядок має { $cells ->
        [one] { $cells } клітинку
        [few] { $cells } клітинки
       *[many] { $cells } клітинок
    }, а заголовків — { $columns }.
row_cells_record_over-lines = { row_cells_record_counts } Він тягнеться на { $lines } рядків: перевірте, чи не бракує лапок.
row_duplicate_record = Два рядки мають той самий ключ.
    .way-out = Дайте одному інший ключ або приберіть його. Прочитано перший.
row_duplicate_record_line = «{ $name }» вже стоїть у рядку { $line }.
row_looks-alike_record = Два рядки мають ключі, що виглядають однаково, але написані іншими літерами.
    .way-out = Напишіть ключ літерами однієї абетки або дайте рядкові інший. Прочитано перший.
row_looks-alike_record_twin = «{ $name }» виглядає як «{ $twin }».
row_looks-alike_record_letter = «{ $name }» виглядає як «{ $twin }»: у ньому { $letter }.
row_twice_record = Та сама заява стоїть двічі; прочитано перший рядок, з його джерелами та приміткою.
    .way-out = Приберіть один із них, а всі джерела запишіть в інший.
row_twice_record_line = Рядок { $line } каже те саме.
cell_empty_record = Клітинка, яку треба заповнити, порожня.
    .way-out = Заповніть її.
cell_control-characters_record = У клітинці є знаки, яких не видно й не надрукувати.
    .way-out = Напишіть текст наново.
cell_spaces_record = Клітинка починається або закінчується пробілами; прочитано без них.
    .way-out = Приберіть пробіли.
cell_two-scripts_record = У слові є літери двох абеток, схожі одна на одну: наприклад, кирилична літера в латинській назві.
    .way-out = Напишіть слово наново літерами однієї абетки.
cell_two-scripts_record_letter = У «{ $text }» є { $letter } у слові іншої абетки.
cell_day-after-today_record = День пізніший за сьогоднішній.
    .way-out = Виправте день. Якщо він правильний, рядок враховується від того дня.
cell_day-after-today_record_day = { $day } пізніше за сьогодні, { $today }. Це правильно?
cell_too-long_record = Текст має понад 10 000 знаків.
    .way-out = Скоротіть його.
cell_too-long_record_unread = Клітинка має понад 131 072 знаки.
cell_too-long_record_characters = Текст має { $characters } знаків.
cell_reference_record = Ключ довший за 100 знаків або має знаки, крім літер, цифр, `.`, `_` і `-`.
    .way-out = Візьміть короткий ключ із літер і цифр.
cell_reference_record_letter = У ключі є { $letter }: у ньому можуть бути лише літери, цифри, `.`, `_` і `-`.
cell_reference_record_space = У ключі є пробіл: у ньому можуть бути лише літери, цифри, `.`, `_` і `-`.
cell_reference_record_begins = Ключ починається з «{ $letter }», а не з літери чи цифри.
cell_day-form_record = День записано не як рік-місяць-день.
    .way-out = Запишіть його так: 2025-08-04.
cell_day-form_record_written = «{ $text }» записано не як рік-місяць-день.
cell_day-form_record_meant = { cell_day-form_record_written }
    .way-out = Напишіть { $day }, якщо мається на увазі це.
cell_day-form_record_two-meant = { cell_day-form_record_written }
    .way-out = Напишіть { $day } або { $other }, якщо мається на увазі це.
cell_no-such-day_record = Такого дня в календарі немає.
    .way-out = Виправте день.
cell_no-such-day_record_day = { $day } в календарі немає.
cell_day-out-of-range_record = День раніший за 1990 рік або пізніший за 2100.
    .way-out = Перевірте, чи правильний рік.
cell_day-out-of-range_record_day = { $day } — раніше за 1990 рік або пізніше за 2100.
cell_vocabulary_record = Слово не з тих, які знає стовпець.
    .way-out = Оберіть одне з названих слів.
cell_vocabulary_record_word = «{ $word }» — не слово цього стовпця: він знає { $known }.{ $note }
cell_vocabulary_record_word-or-nothing = «{ $word }» — не слово цього стовпця: він знає { $known } або нічого.{ $note }
cell_vocabulary_record_empty = Клітинка порожня: стовпець знає { $known }.
cell_not-a-number_record = У клітинці не звичайне десяткове число.
    .way-out = Пишіть цифри щонайбільше з однією крапкою, без роздільників і знака валюти.
cell_not-a-number_record_characters = Жодну суму не пишуть { $characters } знаками.
cell_not-a-number_record_amount = «{ $text }» — не звичайне десяткове число.
cell_separators_record = Між цифрами числа є роздільники.
    .way-out = Пишіть 1500000.00, а не 1,500,000.00.
cell_separators_record_amount = У «{ $text }» між цифрами є роздільники.
cell_not-whole_record = У клітинці не ціле число з дозволених стовпцем меж.
    .way-out = Напишіть ціле число.
cell_not-whole_record_range = «{ $text }» — не ціле число від { $least } до { $most }.
cell_unknown-currency_record = Код не є валютою за ISO 4217.
    .way-out = Напишіть три великі літери, наприклад USD.
cell_unknown-currency_record_said = { $objection }
cell_past-currency_record = Код належить колишній валюті, а день пізніший за її останній день.
    .way-out = Запишіть суму у валюті, яка її замінила, або виправте день.
cell_past-currency_record_said = { $objection }
cell_unknown-partner_record = Код не є ні країною, ні стороною програми.
    .way-out = Візьміть трилітерний код ISO 3166 (кілька — через +) або додайте сторону до programme.toml.
cell_unknown-partner_record_code = «{ $code }» не є ні країною, ні стороною програми.
cell_unknown-partner_record_meant = { cell_unknown-partner_record_code }
    .way-out = Напишіть { $meant }, якщо мається на увазі це.
cell_unknown-partner_record_union = { cell_unknown-partner_record_code }
    .way-out = Європейський Союз не є країною за ISO 3166. Назвіть через + держави-члени, які платять, або додайте його до programme.toml: [parties] EU = "European Union".
cell_unknown-partner_record_missing = Поруч із + бракує коду.
cell_partner-twice_record = Той самий партнер стоїть у клітинці двічі.
    .way-out = Назвіть кожного партнера один раз.
cell_decimals_record = У суми більше десяткових знаків, ніж у її валюти.
    .way-out = Округліть так, як джерело.
cell_decimals_record_amount = У «{ $text }» більше десяткових знаків, ніж має { $currency }: { $digits }.
cell_too-large_record = Число більше за будь-яку суму грошей.
    .way-out = Перевірте, чи правильна його одиниця.
cell_too-large_record_amount = «{ $text }» більше за будь-яку суму грошей.
cell_not-positive_record = Число має бути більшим за 0.
    .way-out = Виправте знак або лишіть клітинку порожньою, якщо нічого не сказано.
cell_not-positive_record_above = { $number } не більше за 0.
cell_not-positive_record_withdraw = { cell_not-positive_record_above }
    .way-out = Виправте число або лишіть клітинку порожньою, якщо нічого не сказано. Кошти, які забирають, — це рядок зі зв’язком withdraws: сума — скільки забрано, порожньо — усе.
cell_not-positive_record_below = { $number } менше за 0.
    .way-out = Виправте знак.
cell_key-twice_record = Ключ стоїть у клітинці двічі; його прочитано один раз.
    .way-out = Назвіть кожен ключ один раз.
cell_unknown-source_record = Жоден рядок sources.csv не має такого ключа.
    .way-out = Додайте джерело або виправте ключ.
cell_unknown-source_record_key = «{ $key }» немає.{ $note }
cell_unknown-package_record = Жоден рядок packages.csv не має такого ключа.
    .way-out = Додайте пакет або виправте ключ.
cell_unknown-package_record_key = «{ $key }» немає.{ $note }
cell_address_record = Адреса не починається з http://, https:// або urn: чи має пробіли.
    .way-out = Напишіть повну адресу, замість пробілу — %20.
contributions_amount-and-currency = Сума без валюти або валюта без суми.
    .way-out = Заповніть обидві або лишіть обидві порожніми, якщо суми не названо.
contributions_amount-and-currency_one = «{ $filled }» заповнено, а «{ $missing }» порожнє.
contributions_relation-and-rows = Зв’язок без рядків, яких він стосується, або рядки без зв’язку.
    .way-out = Заповніть обидва або лишіть обидва порожніми, якщо кошти нові.
contributions_relation-and-rows_one = «{ $filled }» заповнено, а «{ $missing }» порожнє.
contributions_unknown-row = Рядок стосується того, якого немає.
    .way-out = Виправте ключ або додайте рядок.
contributions_unknown-row_row = Рядка «{ $row }» немає.{ $note }
contributions_relates-to-itself = Рядок стосується самого себе.
    .way-out = Назвіть рядок, який мають на увазі.
contributions_relates-to-itself_row = { $row } стосується самого себе.
contributions_replaces-later = Рядок замінює або скасовує той, що оголошений пізніше.
    .way-out = Виправте один із днів або оберніть зв’язок.
contributions_replaces-later_rows = { $row } від { $day } { $relation ->
        [withdraws] забирає
       *[replaces] замінює
    } { $other }, а його оголошено { $known_to ->
        [month] у місяці
       *[day] дня
    } { $other_day }.
contributions_circle = Рядки стосуються один одного по колу: жодного б не було враховано.
    .way-out = Приберіть неправильний зв’язок.
contributions_circle_rows = Рядки стосуються один одного по колу: { $circle }.
contributions_circle_many = Рядки стосуються один одного по колу: { $begin } → … ({ $rows } рядків) → { $first }.
contributions_replaces-with-nothing = Рядок не має суми й замінює той, що має: його кошти більше не враховуються, а партнер — так.
    .way-out = Заповніть нову суму. Якщо кошти забрано, запишіть зв’язок withdraws.
contributions_replaces-with-nothing_rows = { $row } не має суми й замінює { $others }, де вона була.
contributions_withdraws-uncounted = Рядок забирає кошти з того, що на той час не враховується.
    .way-out = Назвіть рядок, який враховується: новішу цифру або рядок, який повторено.
contributions_withdraws-uncounted_relation = { $row } — рядок зі зв’язком { $relation }, він не враховується.
    .way-out = { $had ->
            [no-amount] Лишіть суму порожньою: забирається все.
           *[amounts] { contributions_withdraws-uncounted.way-out }
        }
contributions_withdraws-uncounted_replaced = { $row } замінено на { $other } { $day }.
    .way-out = { $had ->
            [no-amount] Лишіть суму порожньою: забирається все.
           *[amounts] { contributions_withdraws-uncounted.way-out }
        }
contributions_withdraws-several = Рядок забирає частину кількох рядків: скільки з якого, сказати неможливо.
    .way-out = Напишіть рядок для кожного або лишіть суму порожньою, якщо забирається все.
contributions_withdraws-several_rows = { $row } забирає частину { $others }.
    .way-out = { $had ->
            [no-amount] Лишіть суму порожньою: забирається все.
           *[amounts] { contributions_withdraws-several.way-out }
        }
contributions_withdraws-otherwise = Рядок забирає кошти з рядка іншого партнера, пакета, стадії або валюти.
    .way-out = Запишіть ті, що в рядку, з якого забирають кошти.
contributions_withdraws-otherwise_column = { $column } тут — «{ $own }», а в { $source }, звідки забирають кошти, — «{ $its }».
    .way-out = { $had ->
            [no-amount] Лишіть суму порожньою: забирається все.
           *[amounts] { contributions_withdraws-otherwise.way-out }
        }
contributions_withdraws-otherwise_no-amount = Суми { $source } не відомо: забрати можна лише все, а не частину.
    .way-out = Лишіть суму порожньою: забирається все.
contributions_withdraws-otherwise_currency = { $source } оголошено в { $currency }, а забирається { $taken }.
contributions_withdraws-too-much = Забирається більше, ніж оголошено.
    .way-out = Виправте суму або лишіть її порожньою, якщо забирається все.
contributions_withdraws-too-much_nothing-left = Від { $source } нічого не лишилося: усе забрано раніше.
contributions_withdraws-too-much_whole-of-nothing = { contributions_withdraws-too-much_nothing-left }
    .way-out = Приберіть рядок або запишіть у сумі, скільки лишалося.
contributions_withdraws-too-much_whole = Частину { $source } забрано раніше, а { $row } забирає все.
    .way-out = Приберіть рядок або запишіть у сумі, скільки лишалося.
contributions_withdraws-too-much_amount = { $row } забирає { $taken } із { $stated } у { $source }.
contributions_withdraws-too-much_together = { $row } забирає разом із забраним раніше { $taken } із { $stated } у { $source }.
contributions_dollars-differ = Сума в доларах відрізняється від доларової суми за повідомленням, яка враховується.
    .way-out = Зробіть їх рівними або запишіть іншу цифру окремим рядком, який суперечить цьому.
contributions_dollars-differ_amounts = Сума — { $amount }, а за повідомленням — { $reported }.
contributions_replaces-withdrawal = Рядок замінює той, що забирає кошти: чи обіцяно їх знову, не сказано.
    .way-out = Виправте рядок, який забирає кошти, або запишіть знову обіцяні кошти новим рядком.
contributions_replaces-withdrawal_rows = { $row } замінює { $others }, де кошти забрано.
contributions_named-as-total = Рядок названо підсумком, і він враховується: його цифра рахувалася б поруч із тими, які вона підсумовує.
    .way-out = Приберіть рядок або запишіть repeats і рядки, які він підсумовує, в relation і relates_to.
contributions_named-as-total_word = «{ $text }» — слово для підсумку. Чи підсумовує рядок інші?
contributions_sum-of-rows = Остання цифра стовпця точно дорівнює сумі всіх над нею.
    .way-out = Якщо це підсумок, приберіть рядок або запишіть repeats і рядки, які він підсумовує. Якщо кошти нові, нічого не пишіть: це запитання.
contributions_sum-of-rows_rows = { $row } точно дорівнює сумі { $above } рядків над ним. Це підсумок?
contributions_same-money = Два рядки одного партнера, які обидва враховуються, можуть бути тими самими коштами.
    .way-out = Якщо так, запишіть зв’язок пізнішого рядка з ранішим: repeats, conflicts, replaces, unclear.
contributions_same-money_both-count = { $row } і { $other } враховуються обидва. Це ті самі кошти?
    .way-out = Якщо так, запишіть repeats і { $earlier } в relation і relates_to рядка { $later }; conflicts — якщо це інша цифра тих самих коштів; replaces — якщо новіша; unclear — якщо ніхто не каже. Якщо обидва — нові кошти, нічого не пишіть: це запитання.
contributions_same-money_both-withdraw = { $row } і { $other } обидва забирають кошти. Це ті самі кошти?
    .way-out = Якщо так, запишіть repeats і { $earlier } в relation і relates_to рядка { $later }. Якщо кошти забрано двічі, нічого не пишіть: це запитання.
contributions_same-money_row = { $row } ({ $where }: { $partners }, { $day }, { $stated })
contributions_same-money_row-of-package = { $row } ({ $where }: { $partners }, { $day }, { $stated }, { $package })
contributions_same-money_line = рядок { $line }
contributions_same-money_in-the-database = у базі даних
contributions_same-money_no-sum = суми немає
contributions_joint-and-share = Спільна сума і рядок одного з її партнерів враховуються обидва: одне може бути часткою іншого.
    .way-out = Якщо так, запишіть у спільному рядку repeats, а його частки — в relates_to.
contributions_joint-and-share_rows = { $row } і { $other } враховуються обидва. Чи є одне часткою спільної суми?
    .way-out = Якщо так, запишіть repeats і { $earlier } в relation і relates_to рядка { $later }, разом з іншими частками. Якщо кошти нові, нічого не пишіть: це запитання.
contributions_far-from-report = За курсом того дня сума і доларова сума за повідомленням різняться більш ніж на чверть.
    .way-out = Перевірте, чи сума не в тисячах, чи валюта не інша або чи це не цифра іншого рядка.
contributions_far-from-report_amounts = { $stated } за курсом того дня становили { $converted }, а повідомлення каже { $reported }.
contributions_no-rate = Рядок враховується, але його неможливо перерахувати у валюту програми.
    .way-out = Додайте до fx.csv курс того дня або незадовго до нього; доти рядок нічого не додає.
contributions_no-rate_currency = Бракує курсу: { $missing }.
checkpoints_unit = Показник закінчується на одну валюту, а одиниця — інша.
    .way-out = Виправте показник або одиницю; прочитано одиницю.
checkpoints_unit_currency = Показник — у { $currency }.
items_price-range = Найнижча ціна вища за найвищу.
    .way-out = Поміняйте їх місцями або виправте одну.
items_price-range_amounts = { $low } більше за { $high }.
items_lead-time-range = Найкоротший строк довший за найдовший.
    .way-out = Поміняйте їх місцями або виправте один.
items_lead-time-range_months = { $low } { $low ->
        [one] місяць
        [few] місяці
       *[many] місяців
    } — більше за { $high }.
items_year = Рік ціни — не рік і не два роки через дефіс.
    .way-out = Напишіть 2025, 2018-2025 або лишіть порожнім.
items_year_order = { $first } пізніше за { $last }.
fx_jump = Курс відрізняється від попереднього більш ніж на чверть за 31 день або більш ніж удвічі.
    .way-out = Перевірте, чи він не обернений, чи десяткова крапка не деінде або чи це не курс іншої валюти.
fx_jump_rates = 1 { $base } коштував { $rate } { $currency } { $day } і { $before } — { $before_day }.
fx_jump_other-point = { fx_jump_rates } Підійшло б { $fits }, із крапкою в іншому місці.
fx_jump_turned-round = { fx_jump_rates } Підійшло б { $fits }, обернений курс.
fx_both-ways = Два курси одного дня, A в B і B в A, суперечать один одному.
    .way-out = Приберіть один із них: обернений.
fx_both-ways_rates = 1 { $base } коштував { $rate } { $currency } { $day }, а 1 { $other_base } — { $other_rate } { $other_currency } { $other_day }: обидва не можуть бути правильними.
fx_same-currency = Курс валюти до неї самої.
    .way-out = Приберіть рядок або виправте один із кодів.
fx_same-currency_code = База — теж { $base }.
programme_not-toml = Файл не є TOML.
    .way-out = Виправте названий рядок.
programme_not-toml_said = { $objection }
programme_unknown-key = У налаштуваннях є ключ, якого ніхто не читає.
    .way-out = Приберіть його або виправте назву.
programme_unknown-key_named = «{ $key }» не є налаштуванням.
programme_missing-key = Бракує потрібного налаштування.
    .way-out = Додайте його.
programme_missing-key_named = Немає налаштування «{ $key }».
programme_value = Налаштування має значення, якого не може мати.
    .way-out = Виправте його так, як сказано в повідомленні.
programme_value_text = «{ $field }» — це видимий непорожній текст щонайбільше з 2000 знаків.
programme_value_slug = Адреса складається щонайбільше із 60 малих літер, цифр і дефісів.
programme_value_base-currency = «{ $code }» не є валютою за ISO 4217.
programme_value_recipient = Отримувач не є ні країною, ні стороною.
programme_value_rate-age = Вік — ціле число днів, щонайбільше { $most }.
programme_value_package-size = Розмір пакета записують так: {"{"} amount = "500000000", currency = "USD" {"}"}.
programme_value_time-zone = Часовий пояс — назва зі списку IANA, як-от Europe/Kyiv; без неї діє UTC.
programme_value_parties = Сторони — це коди з великих літер і цифр, кожен із назвою.
programme_value_party-is-a-country = Країни вже є сторонами: { $codes }. Перелічуйте лише сторони, що не є країнами.
programme_value_speakers = Офіційні речники — це список імен, як у said_by.
programme_value_yes-no = «{ $field }» — true або false, без лапок.
programme_value_licence = Ліцензія має три частини: ідентифікатор без пробілів, як-от CC-BY-4.0, назву та адресу її тексту, що починається з https://.
programme_value_approvals = Затвердження — це список щонайбільше з { $most }.
programme_value_approvals-twice = Два затвердження стосуються того самого від тієї самої суми.
programme_value_approvals-currency = Затвердження називають суми у валюті програми, { $currency }.
programme_value_approval = Затвердження записують так: what = "order", above = {"{"} amount = "10000000", currency = "USD" {"}"}, role = "finance". Що можна затверджувати: { $whats }. Хто може затверджувати: { $roles }.
programme_value_coverage = Охоплення даних має три дні в такому порядку: thin_after, ends_on, searched_on, кожен у вигляді 2026-02-28 без лапок.
programme_value_public-fields = Публічні поля — це списки назв за видами.
programme_value_public-kind = «{ $kind }» не є жодним із { $kinds }.
programme_value_public-names = { $kind } може зробити публічними: { $names }.
reading_too-many_record = Понад 10 000 помилок або стільки ж попереджень; решту лише полічено.
    .way-out = Виправте перші й перевірте знову; часто вони мають одну причину.
reading_too-many_record_more = Таких зауважень ще { $more } ({ $severity ->
        [warning] попередження
       *[error] помилки
    }).
