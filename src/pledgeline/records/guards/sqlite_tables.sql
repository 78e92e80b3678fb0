CREATE TABLE "books" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL UNIQUE REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "currencies" text NOT NULL, "public" bool NOT NULL, "size" bigint NOT NULL, "peaks" BLOB NOT NULL, "newest_id" bigint NULL REFERENCES "books_seal" ("id") DEFERRABLE INITIALLY DEFERRED, "digest" BLOB NULL, CONSTRAINT "books_newest_is_the_last" CHECK ((("newest_id" IS NULL AND "size" = 0) OR ("newest_id" = ((("id" * 1099511627776) + "size") - 1) AND "newest_id" IS NOT NULL AND "size" > 0))))
-- next

CREATE TABLE "books_bin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "place" varchar(20) NOT NULL, "line" varchar(200) NOT NULL, "currency" varchar(3) NOT NULL, "lot" varchar(200) NOT NULL, "units" bigint NOT NULL, "changed_by" bigint NOT NULL, CONSTRAINT "books_bin_once" UNIQUE ("books_id", "line", "place", "currency", "lot"), CONSTRAINT "books_bin_place" CHECK ("place" IN ('source', 'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed', 'returned', 'written_off', 'fees', 'fx', 'bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense', 'contributions', 'exchange')))
-- next

CREATE TABLE "books_checkpoint" ("id" bigint NOT NULL PRIMARY KEY, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "size" bigint NOT NULL, "made_at" datetime NOT NULL, "note" text NOT NULL, "digest" BLOB NOT NULL)
-- next

CREATE INDEX "books_checkpoint_books_id_6d79d63a" ON "books_checkpoint" ("books_id")
-- next

CREATE TABLE "books_entry" ("id" bigint NOT NULL PRIMARY KEY REFERENCES "books_seal" ("id") DEFERRABLE INITIALLY DEFERRED, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "position" bigint NOT NULL, "key" varchar(200) NOT NULL, "kind" varchar(40) NOT NULL, "effective_on" date NOT NULL, "recorded_at" datetime NOT NULL, "body" text NOT NULL, "takes_back_id" bigint NULL UNIQUE REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "books_entry_key" UNIQUE ("books_id", "key"), CONSTRAINT "books_entry_number" CHECK (("position" >= 0 AND "id" = (("books_id" * 1099511627776) + "position"))))
-- next

CREATE INDEX "books_entry_by_time" ON "books_entry" ("books_id", "recorded_at", "id")
-- next

CREATE TABLE "books_goods" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer NOT NULL, "bin_id" bigint NOT NULL REFERENCES "books_bin" ("id") DEFERRABLE INITIALLY DEFERRED, "units" bigint NOT NULL, PRIMARY KEY ("entry_id", "number"))
-- next

CREATE INDEX "books_goods_bin_id_d9c5c248" ON "books_goods" ("bin_id")
-- next

CREATE TABLE "books_posting" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer NOT NULL, "spot_id" bigint NOT NULL REFERENCES "books_spot" ("id") DEFERRABLE INITIALLY DEFERRED, "amount" bigint NOT NULL, "effective_on" date NOT NULL, CONSTRAINT "books_posting_amount" CHECK (("amount" > -100000000000000000 AND "amount" < 100000000000000000 AND NOT ("amount" = 0))), PRIMARY KEY ("entry_id", "number"))
-- next

CREATE INDEX "books_posting_by_spot" ON "books_posting" ("spot_id", "effective_on", "entry_id", "amount")
-- next

CREATE TABLE "books_private" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "name" varchar(40) NOT NULL, "commitment" varchar(64) NOT NULL, "text" text NULL, "salt" text NULL, CONSTRAINT "books_private_text_and_salt" CHECK ((("salt" IS NULL AND "text" IS NULL) OR ("salt" IS NOT NULL AND "text" IS NOT NULL))), PRIMARY KEY ("entry_id", "name"))
-- next

CREATE TABLE "books_seal" ("id" bigint NOT NULL PRIMARY KEY, "leaf" BLOB NOT NULL, "root" BLOB NOT NULL)
-- next

CREATE TABLE "books_spot" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "account" varchar(20) NOT NULL, "contribution" varchar(200) NOT NULL, "currency" varchar(3) NOT NULL, "line" varchar(200) NOT NULL, "lot" varchar(200) NOT NULL, "balance" bigint NOT NULL, "changed_by" bigint NOT NULL, CONSTRAINT "books_spot_once" UNIQUE ("books_id", "contribution", "account", "currency", "line", "lot"), CONSTRAINT "books_spot_account" CHECK ("account" IN ('source', 'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed', 'returned', 'written_off', 'fees', 'fx', 'bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense', 'contributions', 'exchange')), CONSTRAINT "books_spot_whose" CHECK ((LENGTH("currency") = 3 AND NOT ("contribution" = ''))), CONSTRAINT "books_spot_line_and_lot" CHECK ((("account" IN ('allocated', 'ordered') AND NOT ("line" = '') AND "lot" = '') OR ("account" IN ('delivered', 'accepted') AND NOT ("line" = '') AND NOT ("lot" = '')) OR "account" IN ('written_off', 'programme_expense') OR ("account" IN ('supplier_advance', 'supplier_payable') AND "lot" = '') OR (NOT ("account" IN ('allocated', 'ordered', 'delivered', 'accepted', 'written_off')) AND NOT ("account" IN ('programme_expense', 'supplier_advance', 'supplier_payable')) AND "line" = '' AND "lot" = ''))), CONSTRAINT "books_spot_range" CHECK (("balance" > -100000000000000000 AND "balance" < 100000000000000000)))
-- next

CREATE INDEX "books_spot_line" ON "books_spot" ("books_id", "line")
-- next

CREATE INDEX "books_spot_lot" ON "books_spot" ("books_id", "lot")
-- next

CREATE TABLE "books_term" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer NOT NULL, "name" varchar(40) NOT NULL, "about" varchar(200) NOT NULL, "beside" varchar(200) NOT NULL, "value" text NOT NULL, PRIMARY KEY ("entry_id", "number"))
-- next

CREATE INDEX "books_term_about" ON "books_term" ("about", "name")
-- next

CREATE TABLE "books_total" ("until" bigint NOT NULL, "spot_id" bigint NOT NULL REFERENCES "books_spot" ("id") DEFERRABLE INITIALLY DEFERRED, "effective_on" date NOT NULL, "amount" bigint NOT NULL, PRIMARY KEY ("until", "spot_id", "effective_on"))
