"""How Ukrainian writes a day, with and without its time: the month stands in the genitive and in small letters."""

DAY_FORMAT = LONG_DAY_FORMAT = "j E Y"
MINUTE_FORMAT = "j E Y H:i"
COMMA_MINUTE_FORMAT = "j E Y, H:i"
SECOND_FORMAT = "j E Y, H:i:s"
WEEKDAY_FORMAT = "D j E Y"
NEAR_MINUTE_FORMAT = "j E H:i"
