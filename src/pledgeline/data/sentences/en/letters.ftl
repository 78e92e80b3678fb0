# How a letter is named, so that it can be told from its twin.

of-a-script = { $script ->
        [CYRILLIC] Cyrillic
        [GREEK] Greek
        [LATIN] Latin
       *[other] { $name }
    } { $letter } ({ $code })
of-no-script = { $letter } ({ $code })
unseen = { $code }
