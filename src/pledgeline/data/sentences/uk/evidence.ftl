# Що оголошено, враховано чи не враховано і що могло б пояснити різницю.

treatment_counted = враховано
treatment_apart = окремо
treatment_left-out = не враховано
treatment_not-yet = ще ні

why_new = нові кошти
why_replaces = новіша сума
why_replaced = замінено новішою сумою
why_repeats = повторює інші рядки
why_conflicts = інша сума щодо тих самих коштів
why_unclear = неясно, чи це нові кошти
why_withdraws = відкликає кошти
why_withdrawn = відкликано
why_not-yet = оголошено після цього дня

valued_as-announced = як оголошено
valued_as-reported = сума в доларах за повідомленням
valued_converted = перераховано
valued_no-amount = суму не заявлено
valued_no-rate = придатного курсу немає

basis_total = усі враховані оголошення до цього дня
basis_partner = власні враховані оголошення партнера до цього дня
basis_partner-before = власні враховані оголошення партнера до попереднього дня
basis_on-the-day = враховані оголошення, оприлюднені цього дня
basis_in-the-month = враховані оголошення, оприлюднені цього місяця, до цього дня
basis_in-the-year = враховані оголошення, оприлюднені цього року, до цього дня
basis_partners = партнери з урахованим оголошенням до цього дня
basis_partners-paid = партнери з урахованим оголошенням, про сплату якого повідомлено до цього дня
basis_partners-in-the-year = партнери з урахованим оголошенням цього року, до цього дня
basis_packages-funded = пакети, оприлюднені до цього дня
basis_packages-received = пакети, про поставку яких повідомлено до цього дня
basis_none = жодна сума оголошень не відповідає цьому показнику

explanation_rounding = заявлену суму округлено
explanation_older-total = повторено старіший підсумок
explanation_other-currency = сума в іншій валюті
explanation_same-number = таке саме число заявлено в іншій валюті
explanation_no-amount = враховані рядки, суму яких ніхто не назвав
explanation_no-rate = враховані рядки без придатного курсу
explanation_unclear = рядки, що можуть бути новими коштами, а можуть і не бути
explanation_taken-back = відкликані кошти, якщо їх досі враховано
explanation_missing-shares = пакет, публічні частки якого не досягають його вартості
explanation_conflict = інша сума щодо тих самих коштів
explanation_repeated = кошти, оголошені повторно, якщо їх ураховано двічі
explanation_joint = спільні суми, до яких входить партнер
explanation_just-after = оголошення двох тижнів після цього дня
explanation_just-before = оголошення двох тижнів до цього дня
explanation_only-announced = кошти, оголошені без повідомлення про зобов’язання чи сплату
