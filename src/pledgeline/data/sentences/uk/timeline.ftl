# Часова шкала сценарію текстом для телефона та календарем. Рядки тексту мають 32 знаки і розриваються між словами.

scenario = СЦЕНАРІЙ: { $title }
as-of = Станом на { MOMENT($at, pattern: "EEE d MMM y HH:mm") } UTC
nothing-owed = Ніщо з того, що чекає на подію, не належить виконувати.
see-the-end = { $waiting }: див. у кінці.
no-event = Сценарій, а не подія. Прочитайте положення, перш ніж діяти.

ask-first = СПЕРШУ ЗАПИТАТИ
ask-first_count = спершу запитати { $entries }
owed = НАЛЕЖИТЬ ВИКОНАТИ
owed_count = належить виконати { $entries }
only-a-decision = НАЛЕЖИТЬ ЛИШЕ РІШЕННЯ
only-a-decision_count = належить лише рішення { $entries }
held-up = ЗАТРИМАНО
held-up_count = затримано { $entries }
powers = МОЖЕ БУТИ ЗРОБЛЕНО, НЕ ОБОВ’ЯЗОК
powers_count = може бути зроблено, не обов’язок { $entries }
done = ВИКОНАНО
done_count = виконано { $entries }
find-out = З’ЯСУВАТИ

waiting = { $duties ->
        [one] { $duties } обов’язок очікує
        [few] { $duties } обов’язки очікують
       *[many] { $duties } обов’язків очікують
    } на { $facts ->
        [one] { $facts } факт
        [few] { $facts } факти
       *[many] { $facts } фактів
    }
not-known = Невідомо: { $fact }.
not-known_of-an-episode = Невідомо ({ $episode }): { $fact }.
hang-on-it = Від цього залежать: { LIST($clauses, by: "comma") }

duty = { LIST($obligors, by: "comma") }: { $summary }
duty_of-a-group = { LIST($obligors, by: "comma") } (з { LIST($groups, by: "comma") }, учасники відомі не всі): { $summary }
waits-for = Очікує на: { LIST($what, by: "comma") }
waits-for_the-adversary = { waits-for } (противник може цього не допустити)
outlives = Діє довше за свій документ.
breached = Порушення встановлено: { $who }; { $source }
may-ask = Запит може подати: { LIST($who, by: "comma") }
read-as = { $strength }, { $form }; { $basis ->
        [text] текст прочитано
        [recalled] З ПАМ’ЯТІ
       *[other] { $basis }
    }; { $clause }
read-as_in-a-state = { $state }; { read-as }

within = У строк { $length } від запиту:
no-hours = { $urgency }, годин не названо:
no-time = Строку не названо:
by = До { $local } { $place } = { $utc } UTC:
by_late = До { $local } { $place } = { $utc } UTC, напевно із запізненням після { MOMENT($late, pattern: "EEE d MMM HH:mm") }:
local = { MOMENT($at, pattern: "EEE d MMM HH:mm") }
local_of-another-year = { MOMENT($at, pattern: "EEE d MMM y HH:mm") }
utc = { MOMENT($at, pattern: "HH:mm") }
utc_of-another-day = { MOMENT($at, pattern: "EEE d MMM HH:mm") }

calendar-name = Сценарій: { $title }
calendar-about = Сценарій. { $waiting }, строку для них іще немає.
entry-name = СЦЕНАРІЙ: { LIST($obligors, by: "comma") }: { $deed }
entry-name_of-many = СЦЕНАРІЙ: { $count ->
        [one] { $count } гарант
        [few] { $count } гаранти
       *[many] { $count } гарантів
    }: { $deed }
entry-who = Зобов’язані: { LIST($obligors, by: "comma") }. Документ: { $instrument }.
entry-warning = СЦЕНАРІЙ, а не подія.
entry-due = Строк: { MOMENT($at, pattern: "y-MM-dd HH:mm") }, { $zone }.
entry-due_late = Строк: { MOMENT($at, pattern: "y-MM-dd HH:mm") }, { $zone }; напевно із запізненням після { MOMENT($late, pattern: "y-MM-dd HH:mm") }.
entry-state = { LIST($states, by: "comma") }; { $form }; { $strength ->
    [shall] зобов’язується
    [will] обіцяє
    [may] може
    [intends] має намір
    [reaffirms] підтверджує обов’язок
   *[other] { $strength }
 }; { $owed_as ->
    [performance] виконання
    [decision] рішення
    [power] право
   *[other] { $owed_as }
 }.
