"""How English writes a day, with and without its time."""

DAY_FORMAT = "j M Y"
LONG_DAY_FORMAT = "j F Y"
MINUTE_FORMAT = "j M Y H:i"
COMMA_MINUTE_FORMAT = "j M Y, H:i"
SECOND_FORMAT = "j M Y, H:i:s"
WEEKDAY_FORMAT = "D j M Y"
NEAR_MINUTE_FORMAT = "j M H:i"
