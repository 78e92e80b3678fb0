# Проти чого заперечує реєстр гарантій і що він відповідає.

unreadable = Файл неможливо відкрити, або він не в UTF-8.
unreadable_file = Файл неможливо прочитати як текст UTF-8: { $problem }.
    .way-out = Виправте або замініть файл.
invisible = У тексті є знак, якого ніхто не бачить або який повертає напрям подальшого.
invisible_letters = Тут стоїть те, чого ніхто не бачить або що може повернути напрям подальшого: { LIST($letters, by: "comma") }.
    .way-out = Видаліть це; найкраще надрукувати текст наново.
more = У файлі дуже багато помилок: перелічено перші зауваження, а може бути більше.
more_findings = Помилок може бути більше, ніж { $listed } перелічених.
    .way-out = Виправте ці, а тоді прочитайте файл знову.
not-toml = Файл не є правильним TOML; рядок — той, на якому читання зупинилося.
not-toml_line = { $problem }
    .way-out = { $instead }
no-register = Такої теки немає.
no-register_folder = Такої теки немає.
    .way-out = Назвіть теку, у якій лежить реєстр.
no-words = Немає `vocab.toml` або `actors.toml`, і жоден інший реєстр не позичає своїх.
no-words_file = Немає { $file }.
    .way-out = Покладіть його поруч із документами.
no-instruments = У реєстрі немає жодного документа.
no-instruments_none = У реєстрі немає жодного документа.
    .way-out = Виправте або замініть файл.
wrong-schema = Файл каже, що його записано в іншій формі, ніж читає ця програма.
    .way-out = Напишіть «{ $schema }».
wrong-schema_cases = Такої схеми тут не знають.
wrong-schema_instrument = Схеми цього файлу тут не знають.
too-long = Текст довший за будь-який документ; його не прочитано.
too-long_text = У тексті { $count } знаків.
    .way-out = Поділіть документ.
unseen = Причина містить знаки, яких ніхто не бачить.
unseen_reason = Причина містить знаки, яких ніхто не бачить.
    .way-out = Напишіть її наново, а не вставляйте.
missing-key = Немає ключа, який має кожна така таблиця.
    .way-out = Додайте «{ $key }».
missing-key_binding = Немає «{ $key }». Лише пропозиція може не казати, чи вона зобов’язує.
missing-key_file = У файлі немає ключа «{ $key }».
missing-key_proposed-on = Немає дня пропозиції.
    .way-out = Додайте «proposed_on».
missing-key_signed-on = Немає «{ $key }». Підписаний документ має день підписання.
missing-key_table = У таблиці «{ $table }» немає ключа «{ $key }».
unknown-key = Ключа тут не знають. У таблицях, які розширюють інші програми, це попередження, якщо не схоже на описку.
    .way-out = { $instead }
unknown-key_file = «{ $key }» не є ключем файлу.
unknown-key_table = «{ $key }» не є ключем таблиці «{ $table }».
wrong-type = Значення іншого виду, ніж приймає ключ: число замість тексту або нічого.
wrong-type_empty = «{ $key }» порожній.
    .way-out = Напишіть текст або приберіть ключ.
wrong-type_facts = «{ $key }» має бути таблицею.
    .way-out = Напишіть { $key } = {"{"} new_attack = true {"}"}.
wrong-type_flag = «{ $key }» має бути true або false.
    .way-out = Напишіть true або false без лапок.
wrong-type_group = «{ $code }» має бути таблицею.
    .way-out = Напишіть [groups.{ $code }].
wrong-type_groups = «groups» має бути таблицею.
    .way-out = Напишіть [groups.CODE].
wrong-type_header = «{ $key }» має бути таблицею.
    .way-out = Напишіть [{ $key }].
wrong-type_table = «{ $key }» має бути таблицею.
    .way-out = Напишіть [{ $key }] або { $key } = {"{"} … {"}"}.
wrong-type_tables = «{ $key }» має бути списком таблиць.
    .way-out = Напишіть [[{ $key }]] над кожною.
wrong-type_text = «{ $key }» має бути текстом.
    .way-out = Візьміть значення в лапки.
wrong-type_texts = «{ $key }» має бути списком текстів.
    .way-out = Напишіть ["…", "…"].
empty-list = Порожній список, який має щось називати.
empty-list_cases = У файлі немає жодного випадку.
    .way-out = Додайте [[case]].
empty-list_list = «{ $key }» порожній.
    .way-out = Назвіть щонайменше одне.
empty-list_obligations = Документ нічого не обіцяє.
    .way-out = Додайте зобов’язання.
empty-list_period = Період порожній.
    .way-out = Додайте початок, кінець або назву.
empty-list_sources = Не названо жодного джерела.
    .way-out = Додайте сторінку, з якої це взято.
named-twice = Дві речі одного файлу мають той самий id, або список називає щось двічі.
named-twice_actor-and-group = «{ $code }» — і учасник, і група.
    .way-out = Дайте групі інший код.
named-twice_case = Два випадки названо «{ $id }».
    .way-out = Перейменуйте один.
named-twice_event = Дві події названо «{ $id }».
    .way-out = Перейменуйте одну.
named-twice_in-list = «{ $word }» стоїть у «{ $key }» двічі.
    .way-out = Приберіть одне.
named-twice_obligation = Два зобов’язання названо «{ $id }».
    .way-out = Перейменуйте одне.
named-twice_party = «{ $id }» двічі є стороною.
    .way-out = Залиште одну роль.
named-twice_record = Два записи названо «{ $id }».
    .way-out = Перейменуйте один.
named-twice_source = Джерело «{ $id }» подано двічі.
    .way-out = Дайте йому інший id.
bad-id = Id — не малі літери, цифри й одинарні дефіси або не назва свого файлу.
bad-id_file-name = Id «{ $id }» — не назва файлу.
    .way-out = Напишіть «{ $name }» або перейменуйте файл.
bad-id_instrument = «{ $id }» не може бути id документа.
    .way-out = Вживайте малі латинські літери, цифри й одинарні дефіси, як у «ua-gb-2024»; не «vocab» і не «actors».
bad-id_letters = «{ $id }» не є id.
    .way-out = Вживайте малі латинські літери, цифри й одинарні дефіси, як у «ua-gb-2024».
bad-address = Адреса джерела — не адреса в мережі.
bad-address_url = «{ $url }» не є адресою.
    .way-out = Напишіть її, починаючи з https://.
bad-date = День не є днем, стоїть у лапках або там, де документа бути не може.
bad-date_in-words = «{ $value }» не є днем.
    .way-out = Напишіть 2026-12-05 або «2026-12-05».
bad-date_no-day = «{ $key }» має бути днем.
    .way-out = Напишіть 2025-08-31, без лапок.
bad-date_year = Рік { $year } не може бути правильним.
    .way-out = Напишіть день між { $first } і { $last }.
bad-time = Момент не має зміщення або не є моментом: `2026-12-05T04:00:00+02:00`.
    .way-out = Напишіть "2026-12-05T04:00:00+02:00" для моменту, "2026-12-05" — для дня.
bad-time_day = «{ $value }» не є днем.
bad-time_moment = «{ $value }» не є часом зі зміщенням.
bad-time_offset = «{ $value }» не є часом зі зміщенням.
    .way-out = Напишіть "2015-02-15T00:00:00+02:00".
bad-time_window = Проміжок строку має два моменти.
    .way-out = Напишіть ["2026-12-06T00:00:00+02:00", "…"].
missing-time = Подія або запис не каже ні `at`, ні `on`.
    .way-out = Додайте «{ $at }» з часом і зміщенням або «{ $on }» з місцевим днем.
missing-time_file = Файл не каже, коли.
missing-time_table = Таблиця «{ $table }» не каже, коли.
two-times = Подія або запис каже і `at`, і `on`.
two-times_both = Подано і «{ $at }», і «{ $on }».
    .way-out = Залиште те, яке відоме.
bad-duration = Тривалість записано не за ISO 8601, вона задовга або не утворює кроку періоду.
    .way-out = Напишіть, наприклад, PT24H, P3D, P6M або P10Y, у лапках.
bad-duration_form = «{ $text }» не є тривалістю за ISO 8601, як-от PT24H, P14D, P6M або P10Y.
bad-duration_many = Понад { NUMBER($most, useGrouping: 0) } періодів.
    .way-out = Напишіть довший.
bad-duration_recurrence = Обіцянка повторюється щонайменше через дні.
    .way-out = Напишіть P1Y або P1M.
bad-duration_term = Строк { $length }.
    .way-out = Напишіть роки, місяці або дні.
bad-duration_too-long = «{ $text }» — понад { NUMBER($years, useGrouping: 0) } років.
bad-number = Число менше, ніж може бути, має десяткові знаки, де не може, або стоїть у лапках.
bad-number_amount = Це не сума від 0.
    .way-out = Пишіть лише цифри.
bad-number_count = «count» має бути 0 або більше.
    .way-out = Пишіть лише цифри.
bad-number_decimals = { $currency } має менше десяткових знаків.
    .way-out = Округліть суму.
bad-number_quantity = «quantity» має бути цілим числом.
    .way-out = Пишіть лише цифри.
bad-number_share = «{ $share }» не є часткою.
    .way-out = Напишіть "0.25".
bad-number_shortfall = «shortfall» має бути числом.
    .way-out = Пишіть лише цифри.
bad-number_whole = «{ $key }» має бути цілим числом від 1.
    .way-out = Пишіть лише цифри, без лапок, крапки й коми.
bad-fact = Факт має значення не того виду: true чи false або тривалість.
bad-fact_flag = «{ $name }» — true або false.
    .way-out = Напишіть true або false.
bad-fact_length = «{ $name }»: { $problem }
    .way-out = Напишіть, наприклад, "PT24H".
unknown-word = Слова немає в закритому переліку реєстру.
    .way-out = { $instead }
unknown-word_help = «{ $word }» — невідомий вид допомоги.
unknown-word_type-of-fact = «{ $kind }» — не тип факту.
    .way-out = Напишіть bool або duration.
unknown-word_word = «{ $word }» — невідоме значення ({ $what }).
unknown-event = Такого виду подій у класифікації немає.
    .way-out = { $instead }
unknown-event_above = «{ $above }» над «{ $kind }» немає в класифікації.
unknown-event_kind = «{ $word }» — невідомий вид події.
unknown-event_word = «{ $word }» — невідома подія.
unknown-fact = Факт не з тих, яких можуть вимагати умови.
unknown-fact_name = «{ $name }» — невідомий факт.
    .way-out = { $instead }
unknown-actor = Такого коду в `actors.toml` ніхто не має.
    .way-out = { $instead }
unknown-actor_word = «{ $word }» — невідомий учасник.
unknown-currency = Код не є валютою за ISO 4217.
unknown-currency_code = «{ $currency }» не є валютою за ISO 4217.
    .way-out = Напишіть код, як-от EUR.
unknown-currency_objection = { $objection }
unknown-zone = Часового поясу з такою назвою IANA немає.
unknown-zone_name = «{ $name }» не є часовим поясом.
    .way-out = Напишіть назву IANA: Europe/Kyiv.
unknown-instrument = Жоден документ реєстру не має такого id.
    .way-out = { $instead }
unknown-instrument_chosen = «{ $word }» — невідомий документ реєстру.
unknown-instrument_itself = Документ стосується самого себе.
    .way-out = Назвіть інший.
unknown-instrument_relation = Жоден документ реєстру не названо «{ $id }».
unknown-instrument_word = «{ $word }» — невідомий документ.
unknown-obligation = Документ не має зобов’язання з таким id.
    .way-out = { $instead }
unknown-obligation_after = «{ $after }» не є зобов’язанням цього файлу.
unknown-obligation_word = «{ $word }» — невідоме зобов’язання.
unknown-reference = `ref` не називає ні події, ні епізоду сценарію.
    .way-out = { $instead }
unknown-reference_word = «{ $word }» — невідоме посилання.
unknown-episode = Запис називає епізод, до якого не належить жодна подія: попередження.
unknown-episode_episode = До епізоду «{ $episode }» не належить жодна подія.
    .way-out = { $instead }
unlisted-source = Зобов’язання спирається на джерело, якого файл не називає.
    .way-out = { $instead }
unlisted-source_word = «{ $word }» — невідоме джерело цього файлу.
long-text = Текст задовгий, щоб бути сказаним нашими словами.
long-text_characters = Текст із { NUMBER($count, useGrouping: 0) } знаків.
    .way-out = Скажіть це своїми словами, щонайбільше { $most } знаків.
machine-path = Текст називає шлях на чиємусь комп’ютері, а не сторінку.
machine-path_text = Текст називає шлях на комп’ютері.
    .way-out = Назвіть сторінку або документ.
circular-taxonomy = Вид події через інші лежить під самим собою.
circular-taxonomy_kind = «{ $kind }» лежить під самим собою.
    .way-out = Нехай кожен вид лежить під ширшим.
circular-after = Зобов’язання через інші чекає на саме себе.
circular-after_obligation = «{ $id }» через «{ $after }» чекає на саме себе.
    .way-out = Нехай перше з них ні на що не чекає.
own-beneficiary = Зобов’язані й бенефіціари ті самі, і жоден не взаємний; попередження, якщо їх кілька.
own-beneficiary_same = { LIST($obligors, by: "comma") }: зобов’язаний і бенефіціар той самий.
    .way-out = Назвіть того, перед ким зобов’язання; сторони, зобов’язані одна перед одною, — «mutual».
no-guarantor = Ніхто не гарантує або ніхто не користується, а рівень каже, що хтось є.
no-guarantor_roles = Ніхто не гарантує або ніхто не користується.
    .way-out = Додайте гаранта й бенефіціара чи сторони «mutual»; або напишіть level = "none".
power-as-duty = Того, хто лише може, записано як зобов’язаного, або право нічого не лишає відкритим.
power-as-duty_discretion = Право лишає відкритим щонайменше те, чи ним скористаються.
    .way-out = Напишіть discretion = "whether" або "whether_and_means".
power-as-duty_may = Хто «may», той нічого не винен, а обов’язок — «{ $duty }».
    .way-out = Напишіть duty = "power" або дієслово, яке є в тексті.
proposal-in-force = Пропозицію записано як підписану чи чинну.
proposal-in-force_day = Пропозицію не підписують.
    .way-out = Приберіть день або виправте «kind».
proposal-in-force_status = Пропозиція має стан «{ $status }».
    .way-out = Напишіть "proposed" або виправте «kind».
dates-reversed = Щось закінчується раніше, ніж починається.
dates-reversed_instrument = Документ закінчується раніше, ніж починається.
    .way-out = Виправте один із днів.
dates-reversed_period = Період закінчується раніше, ніж починається.
    .way-out = Виправте один із двох днів.
term-without-start = Строк не каже, від чого його рахують.
term-without-start_date = Строк рахують від дати, якої не подано.
    .way-out = Додайте «start».
term-without-start_length = Строк із тривалістю, але без початку.
    .way-out = Додайте «from»: signature, …
term-without-length = Строк не має тривалості й не є безстроковим.
term-without-length_neither = Ні тривалості, ні безстроковості.
    .way-out = Додайте length = "P10Y" або indefinite = true; приберіть таблицю, якщо строк невідомий.
deadline-without-start = Кінцевий строк або строк повідомлення не каже, звідки йде відлік, або ніщо не може його почати.
deadline-without-start_date = Відлік починається від дати, якої не подано.
    .way-out = Додайте «due_on» або «period» з початком.
deadline-without-start_notice = Строк повідомлення, який ніде не починається.
    .way-out = Додайте «notice_from»: notification або deposit.
deadline-without-start_nowhere = Кінцевий строк, відлік якого ніде не починається.
    .way-out = Додайте «from»: { LIST($starts, by: "comma") }.
deadline-without-start_request = Відлік починається із запиту, а подати його ніхто не може.
    .way-out = Додайте до умови «on_request_of» або почніть відлік від умови.
deadline-without-start_trigger = Відлік починається з події, а жодна цього не запускає.
    .way-out = Назвіть подію в умові або напишіть «due_on».
deadline-without-length = Кінцевий строк каже, звідки йде відлік, але не скільки.
deadline-without-length_neither = Кінцевий строк без тривалості й дати.
    .way-out = Додайте within = "PT24H" або «due_on»; прислівник належить до «urgency».
deadline-before-request = Обов’язок чекає на запит, а відлік починається раніше за нього.
deadline-before-request_clock = Обов’язок за запитом має відлік, який починається не із запиту.
    .way-out = Напишіть from = "request".
period-without-start = Період не має ні початку, ні кінця, ні назви, або періодичний обов’язок його не має.
period-without-start_duty = Періодичний обов’язок без періоду.
    .way-out = Додайте «period» з початком.
period-without-start_recurrence = Повторення без початку.
    .way-out = Додайте «start».
trigger-without-event = Від умови вимагають фактів чи учасників, а жодна подія її не відкриває; самі учасники — попередження.
trigger-without-event_key = «{ $key }» стосується події, а обов’язок її не потребує.
    .way-out = Назвіть подію або приберіть ключ.
amount-without-currency = Сума не називає валюти, і зобов’язання теж.
amount-without-currency_obligation = Сума без валюти для зобов’язання, яке її не називає.
    .way-out = Напишіть amount = {"{"} value = 100, currency = "EUR" {"}"}.
amount-without-currency_value = Сума без валюти.
    .way-out = Додайте «currency».
amount-without-value = Сума не називає ні числа, ні частки.
amount-without-value_neither = Ні суми, ні частки.
    .way-out = Додайте «value» і «currency» або «share_of_gdp_percent».
notice-without-instrument = Повідомлення про припинення не каже, що воно припиняє.
notice-without-instrument_instrument = Повідомлення, яке не каже, що воно припиняє.
    .way-out = Додайте «instrument».
scenario = Надісланий на сайт сценарій порожній, не є текстом або задовгий для адреси.
scenario_long-address = Сценарій задовгий для адреси сайту.
    .way-out = Приберіть неважливе або запитайте в командному рядку: pledgeline guarantees timeline ФАЙЛ
scenario_long-text = Це задовге або не є текстом.
    .way-out = Надішліть файл TOML, коротший за { $most } знаків.
scenario_no-event = У сценарії немає події.
    .way-out = Скажіть щонайменше, що сталося і якого дня.
scenario_no-text = Тексту немає.
    .way-out = Напишіть сценарій, оберіть файл або скористайтеся формою.
scenario_no-utf-8 = Файл не є текстом UTF-8.
    .way-out = Збережіть його як UTF-8 і надішліть знову.
scenario_overtaken = Тим часом сценарій змінено.
    .way-out = Відкрийте його найновішу редакцію і внесіть зміну в неї.
address = Адресу сценарію обірвано або змінено.
    .way-out = Попросіть адресу ще раз і скопіюйте її повністю або напишіть сценарій наново.
address_cut-off = Сценарій у цій адресі неможливо прочитати: його обірвано.
address_not-whole = Сценарій у цій адресі неможливо прочитати: він не цілий.
address_too-long = Сценарій у цій адресі неможливо прочитати: він задовгий.
    .way-out = Приберіть неважливе або запитайте в командному рядку: pledgeline guarantees timeline ФАЙЛ
too-many-events = У сценарії більше подій, ніж сторінка розглядає для стількох документів.
too-many-events_page = У сценарії більше подій, ніж сторінка розглядає для стількох документів.
    .way-out = Приберіть події, назвіть важливі документи або запитайте в командному рядку: pledgeline guarantees timeline ФАЙЛ
instead_nearest = Може, «{ $word }»?
instead_one-of = Напишіть одне з таких: { LIST($words, by: "comma") }.
instead_remove = Приберіть це; тут відомі: { LIST($known, by: "comma") }.
instead_choose = Оберіть одне з { NUMBER($count, useGrouping: 0) } ({ $what ->
    [instrument-of-the-register] документи реєстру
    [kind-of-event] види подій
    [kind-of-help] види допомоги
    [obligation-of-this-file] зобов’язання цього файлу
    [source-of-this-file] джерела цього файлу
    [status] стани
   *[other] { $what }
 }).
quoted = «{ $text }»
step_assumed = сценарій припускає, що діє з { $day }
step_proposal = пропозиція сама ніколи не чинна
step_in-force = чинний з { $day }, дня набрання чинності
step_signed = чинний з { $day }, дня підписання; набрання чинності невідоме
step_unsigned = день підписання невідомий
step_not-in-force = не чинний
step_ends = закінчується: { $end }
step_goes-on = { $end }; діє далі без { $actor }
step_duty-ended = обов’язок закінчився разом із документом ({ $end })
step_obligor-left = { $actor } на той час уже вийшов
step_trigger = { $id } ({ LIST($kinds, by: "comma") }) запускає це
step_same-episode = { $id } належить до того самого епізоду й нічого нового не відкриває
step_perhaps-trigger = { $id } може запускати це; невідомо: { LIST($facts, by: "comma") }
step_outside = { $id } сталося, коли документ не був чинний
step_victims-left = { LIST($actors, by: "comma") }: вихід відбувся раніше за { $id }
step_standing = належить виконувати протягом усього строку
step_opens-at = відкривається { $at }
step_opens-signed = відкривається з підписанням { $day }
step_opens-in-force = відкривається з набранням чинності
step_opens-for = відкривається разом із документом, для { $day }
step_period = період { $period }, з { $first } до { $last }
step_nothing-fits = жодна відома подія не відповідає умові
step_nothing-opened = у цьому епізоді нічого не відкрилося
step_waits-for-request = чекає на запит: { LIST($actors, by: "comma") }
step_first-request = { $id } — перший запит
step_waits-for = чекає на «{ $obligation }»
step_fulfilled = «{ $obligation }» виконано, { MOMENT($at, zone: "UTC") }
step_met = умову { $condition } виконано: { $how }
step_not-met = не зазначено як виконане: { $condition }
step_not-met-by = не зазначено як виконане: { $condition } ({ $actor })
met_recorded = зазначено для { $when }
met_place = факт місця самої події правдивий
met_decision = { $id }, рішення: { $actor }
step_due-on = строк до кінця { $day } ({ $zone })
step_no-number = «{ $urgency }» не є кількістю годин
step_no-start = відлік починається з { $start }, а це невідоме
step_clock = { $length } від { $start }, { $began }: { $due }
step_clock-held = { $length } від { $start }, але не раніше за { $held_by }, { $began }: { $due }
step_ambiguous = неоднозначно: { $why }; { $readings ->
    [one] збережено { $readings } прочитання
    [few] збережено { $readings } прочитання
   *[many] збережено { $readings } прочитань
 }
step_end-first = раніше настає кінець { $day }
held_fulfilled = «{ $obligation }» виконано
held_trigger = подія
step_performed = виконано: { $state }
step_not-known = невідомо: { LIST($facts, by: "comma") }
step_ceiling = для верхньої межі недостачі не буває
step_target-missed = ціль або найкращі зусилля не досягнуто, а не прострочено
step_not-added = { $id } враховано, але його число не додати до { $currency }
step_not-added-unit = { $id } враховано, але його число не додати до цієї одиниці
step_so-far = { $total } із { $need } { $unit }
step_so-far-number = { $total } із { $need }
end_event = { $event } — { $actor } ({ $id })
end_known-as = відомий як { $status } станом на { $day }
end_last-day = останній день { $day }
end_left = вихід
end_notice = повідомлення від { $day } ({ $id }) зі строком { $length } спливає { $last }
end_term = строк { $length } від { $start }, останній день { $last }
when_minute = { MOMENT($at, to: "minutes") }
when_moment = { MOMENT($at, zone: "UTC") }
when_span = з { MOMENT($first, zone: "UTC") } до { MOMENT($last, zone: "UTC") }
when_between = з { $first } до { $last }
length_whole = { $parts }
length_units = { $unit ->
    [year] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } рік
        [few] { NUMBER($count, useGrouping: 0) } роки
       *[many] { NUMBER($count, useGrouping: 0) } років
     }
    [month] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } місяць
        [few] { NUMBER($count, useGrouping: 0) } місяці
       *[many] { NUMBER($count, useGrouping: 0) } місяців
     }
    [day] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } день
        [few] { NUMBER($count, useGrouping: 0) } дні
       *[many] { NUMBER($count, useGrouping: 0) } днів
     }
    [hour] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } година
        [few] { NUMBER($count, useGrouping: 0) } години
       *[many] { NUMBER($count, useGrouping: 0) } годин
     }
    [minute] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } хвилина
        [few] { NUMBER($count, useGrouping: 0) } хвилини
       *[many] { NUMBER($count, useGrouping: 0) } хвилин
     }
   *[second] { $count ->
        [one] { NUMBER($count, useGrouping: 0) } секунда
        [few] { NUMBER($count, useGrouping: 0) } секунди
       *[many] { NUMBER($count, useGrouping: 0) } секунд
     }
 }
length_single = { $unit ->
    [year] рік
    [month] місяць
    [day] день
    [hour] година
    [minute] хвилина
   *[second] секунда
 }
duty_sentences = { LIST($sentences, by: "space") }
duty_whole = { $who } { $verb } { $deed }{ $to }{ $amount }{ $when }{ $due }.
duty_part = {" "}{ $part }
duty_part-after = , { $part }
duty_to = (на користь: { $names })
duty_amount = ({ LIST($parts, by: "semicolon") })
duty_after = Це починається лише тоді, коли виконано «{ $obligation }».
duty_nothing-owed = Обов’язку немає.
duty_left-open = { $discretion ->
    [means] Засоби обирає зобов’язаний.
    [whether] Чи діяти взагалі, вирішує зобов’язаний.
   *[whether_and_means] Чи діяти взагалі і якими засобами, вирішує зобов’язаний.
 }
duty_exceptions = Винятки: { $limits }.
name_article = { $name }
name_article-at-start = { $name }
name_unlisted = { $name } (учасники відомі не всі)
who_together = { $names } спільно
who_each = { $names }, кожен окремо,
verb_one = { $strength ->
    [shall] зобов’язується
    [will] обіцяє
    [may] може
    [intends] має намір
    [reaffirms] підтверджує обов’язок
   *[other] { $strength }
 }
verb_many = { $strength ->
    [shall] зобов’язуються
    [will] обіцяють
    [may] можуть
    [intends] мають намір
    [reaffirms] підтверджують обов’язок
   *[other] { $strength }
 }
deed = { $kind ->
    [consult] проводити консультації
    [military_aid] надавати військову допомогу
    [armed_response] відповісти на це, не виключаючи збройної сили{ $goes_on ->
        [yes] ,
       *[no] {""}
     }
    [funding] надавати кошти
    [training] навчати війська
    [intelligence] ділитися розвідувальними даними
    [sanctions] діяти санкціями
    [diplomatic] діяти дипломатично
    [maritime_security] допомагати убезпечувати море
    [air_defence] допомагати обороняти повітряний простір
    [troop_presence] розмістити війська або дозволити це
    [monitoring] спостерігати й перевіряти
    [restraint] утримуватися від того, що називає положення
    [cyber] допомагати проти кібератак
    [defence_industry] співпрацювати в оборонній промисловості
    [demining] допомагати з розмінуванням
    [reconstruction] допомагати з відбудовою
    [humanitarian] надавати гуманітарну допомогу
    [logistics] забезпечувати логістику
    [capability_building] розбудовувати спроможності
    [legislation] ухвалювати або виконувати закони
    [reporting] звітувати
    [withdrawal] вивести або відвести
    [release] звільнити утримуваних осіб
    [review] переглядати зобов’язання
   *[other] { $words }
 }
qualified = { $qualifier ->
    [about] близько { $figure }
    [at_least] щонайменше { $figure }
    [up_to] до { $figure }
    [more_than] понад { $figure }
    [target] як ціль { $figure }
   *[exact] { $figure }
 }
money_amount = { $per ->
    [year] { BREAKING($amount) } на рік
   *[total] { BREAKING($amount) } загалом
 }
money_share = { $per ->
    [year] { $percent } % валового внутрішнього продукту на рік
   *[total] { $percent } % валового внутрішнього продукту загалом
 }
quantity_units = { $value } { $unit ->
    [person] { $value ->
        [one] особа
        [few] особи
       *[many] осіб
     }
    [system] { $value ->
        [one] система
        [few] системи
       *[many] систем
     }
   *[other] { $unit }
 }{ $item }{ $per ->
    [year] {" "}на рік
   *[total] {""}
 }
quantity_item = , { $item }
when_event = після того, як сталося: { LIST($events, by: "or") }{ $by }{ $against }{ $facts }{ $asked }
when_by = {" "}(з боку: { LIST($names, by: "or") })
when_against = {" "}(проти: { LIST($names, by: "or") })
when_facts = , якщо { $facts }
when_asked = , на запит: { LIST($names, by: "or") }
when_from-at = починаючи з { $at }
when_throughout = протягом усього строку
when_again = , кожні { $length }
when_from-to = з { $first } до { $last }{ $again }
when_from = починаючи з { $first }{ $again }
when_until = до { $last }{ $again }
when_label = на { $label }{ $again }
event = { $kind ->
    [armed_attack] збройний напад
    [armed_aggression] збройна агресія
    [nuclear_attack] напад із застосуванням ядерної зброї
    [naval_blockade] морська блокада
    [threat_of_armed_attack] загроза збройного нападу
    [nuclear_threat] загроза ядерною зброєю
    [significant_escalation] значна ескалація
    [ceasefire_violation] порушення припинення вогню
    [airspace_incursion] вторгнення в повітряний простір
    [grey_zone_attack] напад нижче порогу війни
    [economic_coercion] економічний примус
    [security_threatened] загроза безпеці, якою її бачить сторона
    [commitment_question] питання щодо цих зобов’язань
    [ceasefire_in_force] набуття чинності припиненням вогню
    [hostilities_ended] кінець бойових дій
    [peace_agreement] мирна угода
   *[other] { $words }
 }
fact_true = { $fact ->
    [new_attack] це новий напад
    [significant] він значний
    [deliberate] він навмисний
    [sustained] він тривалий
    [expanded] він переріс у ширший напад
    [in_treaty_area] він у зоні дії договору
    [on_territory] він на території жертви
    [under_administration] він на території під управлінням
    [toward_guarantor] щось рухається в бік гаранта
    [across_line] він перетинає узгоджену лінію
   *[other] { $words }
 }
fact_not = не так: { $fact }
fact_persists = триває довше, ніж { $length }
open_whether = чи { $fact }
open_fact = { $fact ->
    [by] хто це зробив
    [against] проти кого
    [attribution] чи підтверджено звинувачення
    [persists_after] скільки це триває
    [time] година того дня, коли документ почав або перестав діяти
    [gdp] валовий внутрішній продукт року
   *[period-start] коли почався період
 }
due_all = { LIST($parts, by: "comma") }
due_within = { $qualifier ->
    [where_possible] за змоги протягом { $length } { $start }
    [best_efforts] докладаючи найкращих зусиль, протягом { $length } { $start }
   *[binding] протягом { $length } { $start }
 }
due_start = { $start ->
    [trigger] від події
    [first_trigger] від першої події
    [request] від запиту
    [determination] від установлення факту
    [signature] від підписання
    [entry_into_force] від набрання чинності
    [date] від названої дати
   *[other] від { $start }
 }
due_ambiguous = { $due } (неоднозначно: { $why })
due_by = до { $day }
due_urgency = { $urgency ->
    [immediate] негайно
    [swift] швидко
    [urgent] терміново
    [prompt] невідкладно
   *[other] { $urgency }
 }
due_urgency-alone = { $urgency }, без кількості годин
condition_effect = { $effect ->
    [blocks] Чекає на
    [limits] Обмежує
    [suspends] Може призупинити
    [lapses] Припиняє
   *[other] { $effect }
 }: { $condition }{ $by }{ $note }.
condition_kind = { $kind ->
    [constitutional_process] конституційна процедура
    [budget_approval] затвердження бюджету
    [parliament_approval] схвалення парламенту
    [ratification] ратифікація
    [request] запит
    [ceasefire_in_force] чинне припинення вогню
    [hostilities_ended] кінець бойових дій
    [peace_agreement] мирна угода
    [determination] установлення факту
    [joint_decision] спільне рішення
    [consensus] консенсус
    [non_lethal_only] лише нелетальна допомога
    [beneficiary_reform] реформи бенефіціара
    [beneficiary_conduct] поведінка бенефіціара
    [use_restriction] обмеження використання
    [un_charter] Статут ООН
    [territorial_scope] територіальні межі
    [capability_available] наявність спроможності
    [third_party_support] підтримка третьої сторони
    [security_policy_of_members] безпекова політика учасників
    [supplier_preference] перевага постачальників
   *[other] { $words }
 }
condition_by = {" "}({ $name })
condition_note = {" "}({ $note })
provenance_provision = Положення { $provision }; { $basis }; { $instrument }, джерело { LIST($sources, by: "comma") }.
provenance_unknown = Положення невідоме; { $basis }; { $instrument }, джерело { LIST($sources, by: "comma") }.
basis = { $basis ->
    [text] прочитано в тексті
    [official] з офіційної заяви
    [press] з преси
    [analysis] з аналізу
    [recalled] із загальних знань, треба перевірити
   *[other] { $basis }
 }
word = { $words }
state = { $state ->
    [not_in_force] не чинне
    [not_triggered] не настало
    [undetermined] не визначене
    [conditional] умовне
    [waiting] очікує
    [blocked] заблоковане
    [due] належить виконати
    [no_fixed_date] без визначеної дати
    [fulfilled] виконане
    [fulfilled_late] виконане із запізненням
    [fulfilled_timeliness_uncertain] виконане, своєчасність непевна
    [overdue] прострочене
   *[target_missed] цілі не досягнуто
 }
form = { $binding ->
    [yes] юридичне
    [no] політичне
    [disputed] спірне
   *[not-stated] не сказано
 }
property_clear-trigger = Чітка умова настання
property_response = Відповідь обов’язкова, а не на розсуд
property_deadline = Строк
property_in-place = Спроможність наявна
property_cost-of-reneging = Ціна відмови від обіцянки
property_verification = Перевірка та встановлення відповідальності
property_own-strength = Сила бенефіціара
property_resilience = Діє і після виходу гарантів
property_funding = Певність фінансування
property_vetoes = Немає точок вето
property_legal-force = Юридична сила та вихід
property_wide = Названо сіру зону, блокаду, погрозу та ескалацію
answer = { $answer ->
    [yes] так
    [partly] частково
    [no] ні
    [unknown] невідомо
   *[not_applicable] не стосується
 }
reason_no-event = жодна подія нічого не запускає
reason_judgement = { LIST($ids, by: "comma") }: факт умови залежить від оцінки
reason_attack-named = названо напад чи порушення та його факти
reason_only-opinion = щось запускає лише ядерний випадок або чиясь думка
reason_no-attack = події названо, але напад чи порушення нічого не запускає
reason_response-settled = відповідь обов’язкова, і її зміст визначено
reason_response-owed = відповідь обов’язкова, засоби відкриті
reason_response-intended = щодо відповіді є намір, а не обіцянка
reason_response-open = чи відповідати, лишено відкритим
reason_no-response = відповіді на напад не названо
reason_only-adverb = лише прислівник: { LIST($adverbs, by: "comma") }
reason_no-deadline = кінцевого строку не названо
reason_soft-deadline = { LIST($ids, by: "comma") }: м’який, або його початок неоднозначний
reason_deadline-before = числа лише там, де ще нічого не сталося
reason_consultation-only = консультація має число, відповідь — ні
reason_deadline = консультація або відповідь має число
reason_nothing-in-place = до події нічого не має бути на місці
reason_owed-before = належить до того, як щось станеться
reason_intended-before = є намір, або воно чекає на умову
sign_binding = юридично зобов’язує
sign_in-force = чинний через ратифікацію або закон
sign_money = кошти в законі
sign_breach = порушення має наслідок
reason_signs = { LIST($signs, by: "semicolon") }
reason_one-sign = { $sign }, і більше нічого
reason_no-sign = { $binding ->
    [disputed] чи зобов’язує — спірно, і санкції немає
    [draft] проєкт, і санкції немає
   *[no] не зобов’язує, і санкції немає
 }
reason_gap = { $gap }
reason_no-verification = файл про це нічого не каже
reason_no-attribution = { $mechanism }; ніхто не каже, хто це зробив
reason_attribution = { $mechanism }; установлення винного: { $attribution }
reason_no-support = з часом ніщо не зміцнює власні сили бенефіціара
reason_support-funded = тривала підтримка, кошти названо
reason_support = тривала підтримка без суми
reason_no-guarantor = гаранта немає
reason_adversary = { LIST($names, by: "comma") } — і зобов’язаний, і противник
reason_no-help = допомоги не названо
reason_obligors = { $obligors ->
    [0] один зобов’язаний ({ $help }): єдина опора
    [1] один зобов’язаний ({ $help }): єдина опора
    [2] двоє зобов’язаних ({ $help })
   *[other] щонайменше { $obligors } зобов’язаних ({ $help })
 }
reason_not-all-known = { $reason }; учасники відомі не всі
reason_no-money = коштів не названо для жодного року
reason_money = названо на { $years }
reason_money-only = названо лише на { $years }
reason_money-budget = названо на { $years }, за умови бюджету
reason_veto = { $actor } ({ $kind }) щодо { $obligation }
reason_vetoes = { LIST($vetoes, by: "semicolon") }
reason_adversary-waits = { LIST($ids, by: "comma") }: чекає на те, чого противник може не допустити
reason_condition-blocks = { LIST($ids, by: "comma") }: умова блокує
reason_no-veto = у прочитаному тексті немає
reason_no-veto-known = не зазначено, а тексту не прочитано
exit_unknown = правила виходу невідомі
exit_notice = повідомлення за { $length }
exit_possible = його можна припинити
reason_draft = проєкт, який не каже, чи зобов’язує; { $exit }
reason_not-binding = не зобов’язує; { $exit }
reason_disputed = чи зобов’язує — спірно; { $exit }
reason_binding = зобов’язує; { $exit }
reason_binding-not-in-force = зобов’язує; набрання чинності невідоме; { $exit }
reason_binding-in-force = зобов’язує й чинний; { $exit }
reason_none-named = не названо: { LIST($lacks, by: "comma") }
reason_some-named = названо: { LIST($has, by: "comma") }; ні: { LIST($lacks, by: "comma") }
reason_all-named = названо: { LIST($has, by: "comma") }
check_obligation = { $instrument } { $obligation } станом на { $day }: { $name }
check_in-episode = { $instrument } { $obligation } { $episode } станом на { $day }: { $name }
check_ends = { $instrument } закінчується
check_count = { $instrument } { $obligation }: випадків
check_count-in-episode = { $instrument } { $obligation } { $episode }: випадків
check_coverage = покриття { $beneficiary } станом на { $day }: { $name }
check_none = немає
check_no-due = часу виконання немає
check_no-end = кінець невідомий
