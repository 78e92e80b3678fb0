# Як названо літеру, щоб відрізнити її від двійника.

of-a-script = { $script ->
        [CYRILLIC] кирилична
        [GREEK] грецька
        [LATIN] латинська
       *[other] { $name }
    } { $letter } ({ $code })
of-no-script = { $letter } ({ $code })
unseen = { $code }
