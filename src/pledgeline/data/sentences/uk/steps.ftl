### Кроки ланцюга: що каже кнопка, що каже історія і чому крок неможливий.

requirement-write = Записати
    .done = записано
requirement-submit = Подати на підтвердження
    .done = подано на підтвердження
requirement-validate = Підтвердити
    .done = підтверджено
requirement-return = Повернути
    .done = повернуто
requirement-reject = Відхилити
    .done = відхилено
requirement-list = Поставити до переліку
    .done = поставлено до переліку
requirement-withdraw = Відкликати
    .done = відкликано
requirement-supersede = Замінити новою редакцією
    .done = замінено новою редакцією
offer-write = Записати
    .done = записано
offer-submit = Запропонувати
    .done = запропоновано
offer-withdraw = Відкликати
    .done = відкликано
order-write = Записати
    .done = записано
order-request = Запросити пропозицію
    .done = запрошено пропозицію
order-offer = Запропонувати
    .done = запропоновано
order-accept = Погодити замовлення
    .done = погоджено
order-cancel = Скасувати замовлення
    .done = скасовано
order-cancel-rest = Скасувати решту
    .done = решту скасовано
order-ask-approval = Подати на затвердження
    .done = подав(-ла) на затвердження другою особою
order-approve = Затвердити
    .done = затвердив(-ла)
order-refuse-approval = Відхилити
    .done = відхилив(-ла)
package-ask-approval = Подати на затвердження
    .done = подав(-ла) на затвердження другою особою
package-approve = Затвердити
    .done = затвердив(-ла)
package-refuse-approval = Відхилити
    .done = відхилив(-ла)
discrepancy-ask-approval = Подати на затвердження
    .done = подав(-ла) на затвердження другою особою
discrepancy-approve = Затвердити
    .done = затвердив(-ла)
discrepancy-refuse-approval = Відхилити
    .done = відхилив(-ла)
order-amend = Змінити ціни чи кількість
    .done = змінив(-ла) після погодження
shipment-write = Записати
    .done = записано
shipment-dispatch = Відправити
    .done = відправлено
shipment-arrive = У місці передання
    .done = зазначено, що вантаж у місці передання
shipment-lose = Втрачено
    .done = зазначено, що вантаж утрачено
shipment-receive = Отримати
    .done = отримано
receipt-write = Порахувати
    .done = пораховано
receipt-accept = Затвердити акт приймання
    .done = затверджено
package-write = Сформувати
    .done = сформовано
package-split = Поділити
    .done = відокремлено частину
package-merge = Об’єднати з іншим
    .done = об’єднано з іншим
package-take-in = Прийняти
    .done = прийнято позиції пакета
package-cancel = Скасувати пакет
    .done = скасовано
package-close = Закрити пакет
    .done = закрито
discrepancy-write = Відкрити
    .done = відкрито
discrepancy-replace = Вимагати заміни
    .done = вирішено замінити
discrepancy-refund = Постачальник повертає кошти
    .done = зазначено, що постачальник повертає кошти
discrepancy-write-off = Списати
    .done = списано
programme-create = Створити
    .done = створено
programme-change = Змінити налаштування
    .done = налаштування змінено
source-enter = Внести
    .done = внесено
source-correct = Виправити
    .done = виправлено
source-remove = Вилучити
    .done = вилучено
announcement-enter = Внести
    .done = внесено
announcement-correct = Виправити
    .done = виправлено
announcement-remove = Вилучити
    .done = вилучено
stated-total-enter = Внести
    .done = внесено
stated-total-correct = Виправити
    .done = виправлено
stated-total-remove = Вилучити
    .done = вилучено
state = { $state ->
    [draft] чернетка
    [submitted] подано
    [returned] повернуто
    [rejected] відхилено
    [validated] підтверджено
    [listed] у переліку
    [offered] запропоновано
    [withdrawn] відкликано
    [open] відкрито
    [cancelled] скасовано
    [requested] запрошено
    [accepted] погоджено
    [closed] закрито, решту скасовано
    [dispatched] відправлено
    [arrived] у місці передання
    [received] отримано
    [lost] втрачено
    [counted] пораховано
    [merged] об’єднано з іншим
    [replaced] буде замінено
    [refunded] кошти повернуто
    [written-off] списано
   *[superseded] замінено новою редакцією
}
unknown = Об’єкт ланцюга або його крок, якого немає.
unknown_noun = Немає такого об’єкта: { $noun } «{ $key }».
    .way-out = Знайдіть його в переліку.
unknown_step = Кроку «{ $step }» тут немає: { $noun }.
    .way-out = Оберіть один із кроків, які пропонує сторінка.
taken = Назва, яку вже має щось інше.
taken_key = Така назва вже є: { $noun } «{ $key }».
    .way-out = Оберіть іншу назву або відкрийте наявний запис.
changed-meanwhile = Хтось інший змінив це, поки воно було відкрите на екрані.
changed-meanwhile_by-somebody = { $key }: змінено після того, як ви це відкрили.
    .way-out = Перегляньте теперішній стан і повторіть, якщо це досі правильно.
waits = Чекає на рішення, доти змінити не можна.
waits_for-a-decision = { $key } чекає на рішення.
    .way-out = Спершу попросіть повернути.
settled = Остаточно вирішено, лишається як є.
settled_as-it-is = { $key }: остаточно вирішено, змінити не можна.
    .way-out = Відкрийте сторінку: вона пропонує те, що можна зробити зараз.
no-books = Програма не веде обліку.
no-books_programme = Програма не веде обліку: без коштів неможливо записати ({ $noun }).
    .way-out = Спершу відкрийте облік.
not-from-here = Крок, неможливий у цьому стані.
not-from-here_state = { $key }: { state }; цей крок неможливий.
    .way-out = Відкрийте сторінку: вона пропонує кроки, можливі зараз.
no-right = Крок для іншої ролі.
no-right_step = Ваші ролі не дозволяють зробити це: { $key }.
    .way-out = Попросіть роль в адміністратора програми.
no-right_write = Ваші ролі не дозволяють це записати: { $noun }.
    .way-out = Попросіть роль в адміністратора програми.
four-eyes = Крок, який має зробити друга особа.
four-eyes_same-person = { $key }: потрібна друга особа, бо попередній крок зробили ви.
    .way-out = Попросіть когось іншого, хто має цю роль.
rests-on-it = Рядок даних, на якому ґрунтуються інші, вилучити не можна.
rests-on-it_rows = { $key } вилучити не можна: на ньому ґрунтується { $rows }.
    .way-out = Спершу виправте або вилучіть їх.
no-reason = Крок, який потребує причини.
no-reason_step = Причини не зазначено.
    .way-out = Напишіть одним реченням чому.
webhook = Повідомлення іншій установі, яке не можна надіслати так, як просять, або яке не прийняли.
webhook_kinds = Не вибрано жодного виду подій, або такого немає.
    .way-out = Виберіть хоча б один зі списку.
webhook_role = Такої ролі немає.
    .way-out = Виберіть роль зі списку або жодної: тоді повідомляється лише те, що бачать усі.
webhook_party = Сторони з такою назвою немає.
    .way-out = Напишіть її коротку назву, як у списку сторін.
webhook_too-many = Уже повідомляється стільки адрес, скільки дозволено.
    .way-out = Припиніть повідомляти одну з них.
webhook_ended = { $key }: більше не повідомляється.
    .way-out = Додайте адресу знову.
webhook_address-form = Повідомлення надсилаються на адреси, що починаються з https://, латиницею, без імені й пароля.
    .way-out = Попросіть таку адресу в іншої установи.
webhook_address-private = Адреса лежить у приватній мережі або вказує на цей комп’ютер.
    .way-out = Візьміть адресу відкритого інтернету, або нехай той, хто тримає сайт, задасть PLEDGELINE_WEBHOOKS_PRIVATE.
webhook_no-connection = Зʼєднання не встановлено.
    .way-out = Спитайте в іншої установи, чи адреса правильна й чи працює.
webhook_no-answer = Відповідь не надійшла вчасно.
    .way-out = Спитайте в іншої установи, чи відповідає її програма за десять секунд.
webhook_elsewhere = Відповідь веде на іншу адресу; за такими не переходять.
    .way-out = Вкажіть адресу, де приймають повідомлення.
webhook_refused = Повідомлення відхилено.
    .way-out = Спитайте в іншої установи, що каже її програма; потім надішліть знову.
