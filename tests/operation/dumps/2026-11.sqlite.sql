BEGIN TRANSACTION;
CREATE TABLE "accounts_failedsignin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name_digest" varchar(64) NOT NULL, "address" varchar(64) NOT NULL, "at" datetime NOT NULL);
CREATE TABLE "accounts_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "person_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "programme" varchar(60) NOT NULL, "role" varchar(30) NOT NULL, "party" varchar(200) NOT NULL, "given_by" varchar(150) NOT NULL, "given_at" datetime NOT NULL, CONSTRAINT "membership_is_given_once" UNIQUE ("person_id", "programme", "role", "party"), CONSTRAINT "membership_role_is_known" CHECK ("role" IN ('reader', 'planner', 'bookkeeper', 'register-editor', 'auditor', 'administrator')));
INSERT INTO "accounts_membership" VALUES(1,1,'harbour','bookkeeper','','a test','2026-11-29 02:38:48.378714');
INSERT INTO "accounts_membership" VALUES(2,1,'harbour','auditor','','a test','2026-11-29 02:38:48.393041');
CREATE TABLE "accounts_session" ("digest" varchar(64) NOT NULL PRIMARY KEY, "data" text NOT NULL, "user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "began_at" datetime NOT NULL, "seen_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "address" varchar(64) NOT NULL, "user_agent" varchar(300) NOT NULL);
CREATE TABLE "accounts_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "username" varchar(150) NOT NULL UNIQUE, "email" varchar(254) NOT NULL, "is_active" bool NOT NULL, "joined_at" datetime NOT NULL);
INSERT INTO "accounts_user" VALUES(1,'',NULL,'olena','',1,'2026-11-29 02:38:48.364994');
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(2,1,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(3,1,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(4,1,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(5,2,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(6,2,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(7,2,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(8,2,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(9,3,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(10,3,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(11,3,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(12,3,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(13,4,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(14,4,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(15,4,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(16,4,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(17,5,'add_membership','Can add membership');
INSERT INTO "auth_permission" VALUES(18,5,'change_membership','Can change membership');
INSERT INTO "auth_permission" VALUES(19,5,'delete_membership','Can delete membership');
INSERT INTO "auth_permission" VALUES(20,5,'view_membership','Can view membership');
INSERT INTO "auth_permission" VALUES(21,6,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(22,6,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(23,6,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(24,6,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(25,7,'add_failedsignin','Can add failed sign in');
INSERT INTO "auth_permission" VALUES(26,7,'change_failedsignin','Can change failed sign in');
INSERT INTO "auth_permission" VALUES(27,7,'delete_failedsignin','Can delete failed sign in');
INSERT INTO "auth_permission" VALUES(28,7,'view_failedsignin','Can view failed sign in');
INSERT INTO "auth_permission" VALUES(29,8,'add_programmerecord','Can add programme record');
INSERT INTO "auth_permission" VALUES(30,8,'change_programmerecord','Can change programme record');
INSERT INTO "auth_permission" VALUES(31,8,'delete_programmerecord','Can delete programme record');
INSERT INTO "auth_permission" VALUES(32,8,'view_programmerecord','Can view programme record');
INSERT INTO "auth_permission" VALUES(33,9,'add_announcementrecord','Can add announcement record');
INSERT INTO "auth_permission" VALUES(34,9,'change_announcementrecord','Can change announcement record');
INSERT INTO "auth_permission" VALUES(35,9,'delete_announcementrecord','Can delete announcement record');
INSERT INTO "auth_permission" VALUES(36,9,'view_announcementrecord','Can view announcement record');
INSERT INTO "auth_permission" VALUES(37,10,'add_sealrecord','Can add seal record');
INSERT INTO "auth_permission" VALUES(38,10,'change_sealrecord','Can change seal record');
INSERT INTO "auth_permission" VALUES(39,10,'delete_sealrecord','Can delete seal record');
INSERT INTO "auth_permission" VALUES(40,10,'view_sealrecord','Can view seal record');
INSERT INTO "auth_permission" VALUES(41,11,'add_booksrecord','Can add books record');
INSERT INTO "auth_permission" VALUES(42,11,'change_booksrecord','Can change books record');
INSERT INTO "auth_permission" VALUES(43,11,'delete_booksrecord','Can delete books record');
INSERT INTO "auth_permission" VALUES(44,11,'view_booksrecord','Can view books record');
INSERT INTO "auth_permission" VALUES(45,12,'add_spotrecord','Can add spot record');
INSERT INTO "auth_permission" VALUES(46,12,'change_spotrecord','Can change spot record');
INSERT INTO "auth_permission" VALUES(47,12,'delete_spotrecord','Can delete spot record');
INSERT INTO "auth_permission" VALUES(48,12,'view_spotrecord','Can view spot record');
INSERT INTO "auth_permission" VALUES(49,13,'add_binrecord','Can add bin record');
INSERT INTO "auth_permission" VALUES(50,13,'change_binrecord','Can change bin record');
INSERT INTO "auth_permission" VALUES(51,13,'delete_binrecord','Can delete bin record');
INSERT INTO "auth_permission" VALUES(52,13,'view_binrecord','Can view bin record');
INSERT INTO "auth_permission" VALUES(53,14,'add_entryrecord','Can add entry record');
INSERT INTO "auth_permission" VALUES(54,14,'change_entryrecord','Can change entry record');
INSERT INTO "auth_permission" VALUES(55,14,'delete_entryrecord','Can delete entry record');
INSERT INTO "auth_permission" VALUES(56,14,'view_entryrecord','Can view entry record');
INSERT INTO "auth_permission" VALUES(57,15,'add_postingrecord','Can add posting record');
INSERT INTO "auth_permission" VALUES(58,15,'change_postingrecord','Can change posting record');
INSERT INTO "auth_permission" VALUES(59,15,'delete_postingrecord','Can delete posting record');
INSERT INTO "auth_permission" VALUES(60,15,'view_postingrecord','Can view posting record');
INSERT INTO "auth_permission" VALUES(61,16,'add_goodsrecord','Can add goods record');
INSERT INTO "auth_permission" VALUES(62,16,'change_goodsrecord','Can change goods record');
INSERT INTO "auth_permission" VALUES(63,16,'delete_goodsrecord','Can delete goods record');
INSERT INTO "auth_permission" VALUES(64,16,'view_goodsrecord','Can view goods record');
INSERT INTO "auth_permission" VALUES(65,17,'add_termrecord','Can add term record');
INSERT INTO "auth_permission" VALUES(66,17,'change_termrecord','Can change term record');
INSERT INTO "auth_permission" VALUES(67,17,'delete_termrecord','Can delete term record');
INSERT INTO "auth_permission" VALUES(68,17,'view_termrecord','Can view term record');
INSERT INTO "auth_permission" VALUES(69,18,'add_privaterecord','Can add private record');
INSERT INTO "auth_permission" VALUES(70,18,'change_privaterecord','Can change private record');
INSERT INTO "auth_permission" VALUES(71,18,'delete_privaterecord','Can delete private record');
INSERT INTO "auth_permission" VALUES(72,18,'view_privaterecord','Can view private record');
INSERT INTO "auth_permission" VALUES(73,19,'add_checkpointrecord','Can add checkpoint record');
INSERT INTO "auth_permission" VALUES(74,19,'change_checkpointrecord','Can change checkpoint record');
INSERT INTO "auth_permission" VALUES(75,19,'delete_checkpointrecord','Can delete checkpoint record');
INSERT INTO "auth_permission" VALUES(76,19,'view_checkpointrecord','Can view checkpoint record');
INSERT INTO "auth_permission" VALUES(77,20,'add_totalrecord','Can add total record');
INSERT INTO "auth_permission" VALUES(78,20,'change_totalrecord','Can change total record');
INSERT INTO "auth_permission" VALUES(79,20,'delete_totalrecord','Can delete total record');
INSERT INTO "auth_permission" VALUES(80,20,'view_totalrecord','Can view total record');
INSERT INTO "auth_permission" VALUES(81,21,'add_deliveryrecord','Can add delivery record');
INSERT INTO "auth_permission" VALUES(82,21,'change_deliveryrecord','Can change delivery record');
INSERT INTO "auth_permission" VALUES(83,21,'delete_deliveryrecord','Can delete delivery record');
INSERT INTO "auth_permission" VALUES(84,21,'view_deliveryrecord','Can view delivery record');
INSERT INTO "auth_permission" VALUES(85,22,'add_instrumentversion','Can add instrument version');
INSERT INTO "auth_permission" VALUES(86,22,'change_instrumentversion','Can change instrument version');
INSERT INTO "auth_permission" VALUES(87,22,'delete_instrumentversion','Can delete instrument version');
INSERT INTO "auth_permission" VALUES(88,22,'view_instrumentversion','Can view instrument version');
INSERT INTO "auth_permission" VALUES(89,23,'add_itemrecord','Can add item record');
INSERT INTO "auth_permission" VALUES(90,23,'change_itemrecord','Can change item record');
INSERT INTO "auth_permission" VALUES(91,23,'delete_itemrecord','Can delete item record');
INSERT INTO "auth_permission" VALUES(92,23,'view_itemrecord','Can view item record');
INSERT INTO "auth_permission" VALUES(93,24,'add_loadnote','Can add load note');
INSERT INTO "auth_permission" VALUES(94,24,'change_loadnote','Can change load note');
INSERT INTO "auth_permission" VALUES(95,24,'delete_loadnote','Can delete load note');
INSERT INTO "auth_permission" VALUES(96,24,'view_loadnote','Can view load note');
INSERT INTO "auth_permission" VALUES(97,25,'add_packagerecord','Can add package record');
INSERT INTO "auth_permission" VALUES(98,25,'change_packagerecord','Can change package record');
INSERT INTO "auth_permission" VALUES(99,25,'delete_packagerecord','Can delete package record');
INSERT INTO "auth_permission" VALUES(100,25,'view_packagerecord','Can view package record');
INSERT INTO "auth_permission" VALUES(101,26,'add_planinput','Can add plan input');
INSERT INTO "auth_permission" VALUES(102,26,'change_planinput','Can change plan input');
INSERT INTO "auth_permission" VALUES(103,26,'delete_planinput','Can delete plan input');
INSERT INTO "auth_permission" VALUES(104,26,'view_planinput','Can view plan input');
INSERT INTO "auth_permission" VALUES(105,27,'add_planrun','Can add plan run');
INSERT INTO "auth_permission" VALUES(106,27,'change_planrun','Can change plan run');
INSERT INTO "auth_permission" VALUES(107,27,'delete_planrun','Can delete plan run');
INSERT INTO "auth_permission" VALUES(108,27,'view_planrun','Can view plan run');
INSERT INTO "auth_permission" VALUES(109,28,'add_savedplan','Can add saved plan');
INSERT INTO "auth_permission" VALUES(110,28,'change_savedplan','Can change saved plan');
INSERT INTO "auth_permission" VALUES(111,28,'delete_savedplan','Can delete saved plan');
INSERT INTO "auth_permission" VALUES(112,28,'view_savedplan','Can view saved plan');
INSERT INTO "auth_permission" VALUES(113,29,'add_contributionpointer','Can add contribution pointer');
INSERT INTO "auth_permission" VALUES(114,29,'change_contributionpointer','Can change contribution pointer');
INSERT INTO "auth_permission" VALUES(115,29,'delete_contributionpointer','Can delete contribution pointer');
INSERT INTO "auth_permission" VALUES(116,29,'view_contributionpointer','Can view contribution pointer');
INSERT INTO "auth_permission" VALUES(117,30,'add_publicationnote','Can add publication note');
INSERT INTO "auth_permission" VALUES(118,30,'change_publicationnote','Can change publication note');
INSERT INTO "auth_permission" VALUES(119,30,'delete_publicationnote','Can delete publication note');
INSERT INTO "auth_permission" VALUES(120,30,'view_publicationnote','Can view publication note');
INSERT INTO "auth_permission" VALUES(121,31,'add_raterecord','Can add rate record');
INSERT INTO "auth_permission" VALUES(122,31,'change_raterecord','Can change rate record');
INSERT INTO "auth_permission" VALUES(123,31,'delete_raterecord','Can delete rate record');
INSERT INTO "auth_permission" VALUES(124,31,'view_raterecord','Can view rate record');
INSERT INTO "auth_permission" VALUES(125,32,'add_sourcerecord','Can add source record');
INSERT INTO "auth_permission" VALUES(126,32,'change_sourcerecord','Can change source record');
INSERT INTO "auth_permission" VALUES(127,32,'delete_sourcerecord','Can delete source record');
INSERT INTO "auth_permission" VALUES(128,32,'view_sourcerecord','Can view source record');
INSERT INTO "auth_permission" VALUES(129,33,'add_statedtotalrecord','Can add stated total record');
INSERT INTO "auth_permission" VALUES(130,33,'change_statedtotalrecord','Can change stated total record');
INSERT INTO "auth_permission" VALUES(131,33,'delete_statedtotalrecord','Can delete stated total record');
INSERT INTO "auth_permission" VALUES(132,33,'view_statedtotalrecord','Can view stated total record');
CREATE TABLE "books" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL UNIQUE REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "currencies" text NOT NULL, "public" bool NOT NULL, "size" bigint NOT NULL, "peaks" BLOB NOT NULL, "newest_id" bigint NULL REFERENCES "books_seal" ("id") DEFERRABLE INITIALLY DEFERRED, "digest" BLOB NULL, CONSTRAINT "books_newest_is_the_last" CHECK ((("newest_id" IS NULL AND "size" = 0) OR ("newest_id" = ((("id" * 1099511627776) + "size") - 1) AND "newest_id" IS NOT NULL AND "size" > 0))));
INSERT INTO "books" VALUES(1,1,'EUR JPY USD',1,22,X'CD5F631F0AD15C0CB93AC9E1AAC5E5255059A1A23654FDFEFE7675AE5E2610707CABB5ECA4B51A63F3BBD2AFC41493A0B7253E7017F89333387054346BCF3EC5ECDBE586534623A9B194754989DDE4B09E321966718D3C17B2FA0B40A71B30AC',1099511627797,X'85EA2EAE213B36AF3706E8BD7736029A9ABC1EE2B7BECB19E100E647238B6903');
CREATE TABLE "books_bin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "place" varchar(20) NOT NULL, "line" varchar(200) NOT NULL, "currency" varchar(3) NOT NULL, "lot" varchar(200) NOT NULL, "units" bigint NOT NULL, "changed_by" bigint NOT NULL, CONSTRAINT "books_bin_once" UNIQUE ("books_id", "line", "place", "currency", "lot"), CONSTRAINT "books_bin_place" CHECK ("place" IN ('source', 'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed', 'returned', 'written_off', 'fees', 'fx', 'bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense', 'contributions', 'exchange')));
INSERT INTO "books_bin" VALUES(1,1,'source','L1','USD','',-10,1099511627789);
INSERT INTO "books_bin" VALUES(2,1,'ordered','L1','USD','',0,1099511627795);
INSERT INTO "books_bin" VALUES(3,1,'source','L2','USD','',-2000,1099511627790);
INSERT INTO "books_bin" VALUES(4,1,'ordered','L2','USD','',2000,1099511627790);
INSERT INTO "books_bin" VALUES(5,1,'source','L3','USD','',-500,1099511627791);
INSERT INTO "books_bin" VALUES(6,1,'ordered','L3','USD','',500,1099511627791);
INSERT INTO "books_bin" VALUES(7,1,'delivered','L1','USD','D1',0,1099511627793);
INSERT INTO "books_bin" VALUES(8,1,'accepted','L1','USD','D1',4,1099511627793);
INSERT INTO "books_bin" VALUES(9,1,'delivered','L1','USD','D2',6,1099511627795);
CREATE TABLE "books_checkpoint" ("id" bigint NOT NULL PRIMARY KEY, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "size" bigint NOT NULL, "made_at" datetime NOT NULL, "note" text NOT NULL, "digest" BLOB NOT NULL);
CREATE TABLE "books_entry" ("id" bigint NOT NULL PRIMARY KEY REFERENCES "books_seal" ("id") DEFERRABLE INITIALLY DEFERRED, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "position" bigint NOT NULL, "key" varchar(200) NOT NULL, "kind" varchar(40) NOT NULL, "effective_on" date NOT NULL, "recorded_at" datetime NOT NULL, "body" text NOT NULL, "takes_back_id" bigint NULL UNIQUE REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "books_entry_key" UNIQUE ("books_id", "key"), CONSTRAINT "books_entry_number" CHECK (("position" >= 0 AND "id" = (("books_id" * 1099511627776) + "position"))));
INSERT INTO "books_entry" VALUES(1099511627776,1,0,'e1','pledge','2025-08-01','2025-08-01 12:00:00','{"amount":2000000000,"contribution":"N","currency":"EUR","effective_on":"2025-08-01","id":"e1","partner":"Northland","type":"pledge"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627777,1,1,'e2','pledge','2025-08-01','2025-08-01 12:00:00','{"amount":3000000000,"contribution":"W","currency":"USD","effective_on":"2025-08-01","id":"e2","partner":"Westmark","type":"pledge"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627778,1,2,'e3','commit','2025-08-05','2025-08-05 12:00:00','{"amount":2000000000,"contribution":"N","effective_on":"2025-08-05","id":"e3","type":"commit"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627779,1,3,'e4','commit','2025-08-05','2025-08-05 12:00:00','{"amount":3000000000,"contribution":"W","effective_on":"2025-08-05","id":"e4","type":"commit"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627780,1,4,'e5','receive','2025-08-10','2025-08-10 12:00:00','{"amount":2000000000,"contribution":"N","effective_on":"2025-08-10","id":"e5","type":"receive"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627781,1,5,'e6','receive','2025-08-10','2025-08-10 12:00:00','{"amount":3000000000,"contribution":"W","effective_on":"2025-08-10","id":"e6","type":"receive"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627782,1,6,'e7','convert','2025-08-11','2025-08-11 12:00:00','{"effective_on":"2025-08-11","from_currency":"EUR","given":{"N":2000000000},"id":"e7","received":2207000000,"to_currency":"USD","type":"convert"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627783,1,7,'e8','fee','2025-08-11','2025-08-11 12:00:00','{"amount":1103500,"contributions":["N"],"currency":"USD","effective_on":"2025-08-11","id":"e8","type":"fee"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627784,1,8,'e9','allocate','2025-08-12','2025-08-12 12:00:00','{"amount":1800000000,"contribution":"N","currency":"USD","effective_on":"2025-08-12","id":"e9","line":"L1","type":"allocate"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627785,1,9,'e10','allocate','2025-08-12','2025-08-12 12:00:00','{"amount":2200000000,"contribution":"W","effective_on":"2025-08-12","id":"e10","line":"L1","type":"allocate"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627786,1,10,'e11','allocate','2025-08-12','2025-08-12 12:00:00','{"amount":400000000,"contribution":"N","currency":"USD","effective_on":"2025-08-12","id":"e11","line":"L2","type":"allocate"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627787,1,11,'e12','allocate','2025-08-12','2025-08-12 12:00:00','{"amount":200000000,"contribution":"W","effective_on":"2025-08-12","id":"e12","line":"L2","type":"allocate"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627788,1,12,'e13','allocate','2025-08-12','2025-08-12 12:00:00','{"amount":400000000,"contribution":"W","effective_on":"2025-08-12","id":"e13","line":"L3","type":"allocate"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627789,1,13,'e14','order','2025-08-15','2025-08-15 12:00:00','{"currency":"USD","effective_on":"2025-08-15","id":"e14","line":"L1","qty":10,"type":"order","unit_price":400000000}',NULL);
INSERT INTO "books_entry" VALUES(1099511627790,1,14,'e15','order','2025-08-15','2025-08-15 12:00:00','{"currency":"USD","effective_on":"2025-08-15","id":"e15","line":"L2","qty":2000,"type":"order","unit_price":300000}',NULL);
INSERT INTO "books_entry" VALUES(1099511627791,1,15,'e16','order','2025-08-15','2025-08-15 12:00:00','{"currency":"USD","effective_on":"2025-08-15","id":"e16","line":"L3","qty":500,"type":"order","unit_price":800000}',NULL);
INSERT INTO "books_entry" VALUES(1099511627792,1,16,'e17','deliver','2025-09-01','2025-09-01 12:00:00','{"cost":1600000000,"currency":"USD","effective_on":"2025-09-01","id":"e17","line":"L1","lot":"D1","qty":4,"type":"deliver"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627793,1,17,'e18','accept','2025-09-05','2025-09-08 12:00:00','{"cost":1600000000,"currency":"USD","effective_on":"2025-09-05","id":"e18","lot":"D1","qty":4,"type":"accept"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627794,1,18,'e19','price_change','2025-09-10','2025-09-10 12:00:00','{"currency":"USD","effective_on":"2025-09-10","id":"e19","line":"L1","paid_by":{"W":180000000},"type":"price_change","unit_price":430000000}',NULL);
INSERT INTO "books_entry" VALUES(1099511627795,1,19,'e20','deliver','2025-09-20','2025-09-20 12:00:00','{"cost":2580000000,"currency":"USD","effective_on":"2025-09-20","id":"e20","line":"L1","lot":"D2","qty":6,"type":"deliver"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627796,1,20,'e21','refund','2025-10-01','2025-10-01 12:00:00','{"amount":12000000,"currency":"USD","effective_on":"2025-10-01","id":"e21","lot":"D1","type":"refund"}',NULL);
INSERT INTO "books_entry" VALUES(1099511627797,1,21,'e22','swap','2025-10-05','2025-10-05 12:00:00','{"amount":11200000,"currency":"USD","effective_on":"2025-10-05","from":"W","id":"e22","line":"L3","to":"N","type":"swap"}',NULL);
CREATE TABLE "books_goods" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer NOT NULL, "bin_id" bigint NOT NULL REFERENCES "books_bin" ("id") DEFERRABLE INITIALLY DEFERRED, "units" bigint NOT NULL, PRIMARY KEY ("entry_id", "number"));
INSERT INTO "books_goods" VALUES(1099511627789,0,1,-10);
INSERT INTO "books_goods" VALUES(1099511627789,1,2,10);
INSERT INTO "books_goods" VALUES(1099511627790,0,3,-2000);
INSERT INTO "books_goods" VALUES(1099511627790,1,4,2000);
INSERT INTO "books_goods" VALUES(1099511627791,0,5,-500);
INSERT INTO "books_goods" VALUES(1099511627791,1,6,500);
INSERT INTO "books_goods" VALUES(1099511627792,0,2,-4);
INSERT INTO "books_goods" VALUES(1099511627792,1,7,4);
INSERT INTO "books_goods" VALUES(1099511627793,0,7,-4);
INSERT INTO "books_goods" VALUES(1099511627793,1,8,4);
INSERT INTO "books_goods" VALUES(1099511627795,0,2,-6);
INSERT INTO "books_goods" VALUES(1099511627795,1,9,6);
CREATE TABLE "books_posting" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer NOT NULL, "spot_id" bigint NOT NULL REFERENCES "books_spot" ("id") DEFERRABLE INITIALLY DEFERRED, "amount" bigint NOT NULL, "effective_on" date NOT NULL, CONSTRAINT "books_posting_amount" CHECK (("amount" > -100000000000000000 AND "amount" < 100000000000000000 AND NOT ("amount" = 0))), PRIMARY KEY ("entry_id", "number"));
INSERT INTO "books_posting" VALUES(1099511627776,0,1,-2000000000,'2025-08-01');
INSERT INTO "books_posting" VALUES(1099511627776,1,2,2000000000,'2025-08-01');
INSERT INTO "books_posting" VALUES(1099511627777,0,3,-3000000000,'2025-08-01');
INSERT INTO "books_posting" VALUES(1099511627777,1,4,3000000000,'2025-08-01');
INSERT INTO "books_posting" VALUES(1099511627778,0,2,-2000000000,'2025-08-05');
INSERT INTO "books_posting" VALUES(1099511627778,1,5,2000000000,'2025-08-05');
INSERT INTO "books_posting" VALUES(1099511627779,0,4,-3000000000,'2025-08-05');
INSERT INTO "books_posting" VALUES(1099511627779,1,6,3000000000,'2025-08-05');
INSERT INTO "books_posting" VALUES(1099511627780,0,5,-2000000000,'2025-08-10');
INSERT INTO "books_posting" VALUES(1099511627780,1,7,2000000000,'2025-08-10');
INSERT INTO "books_posting" VALUES(1099511627781,0,6,-3000000000,'2025-08-10');
INSERT INTO "books_posting" VALUES(1099511627781,1,8,3000000000,'2025-08-10');
INSERT INTO "books_posting" VALUES(1099511627782,0,7,-2000000000,'2025-08-11');
INSERT INTO "books_posting" VALUES(1099511627782,1,9,2000000000,'2025-08-11');
INSERT INTO "books_posting" VALUES(1099511627782,2,10,-2207000000,'2025-08-11');
INSERT INTO "books_posting" VALUES(1099511627782,3,11,2207000000,'2025-08-11');
INSERT INTO "books_posting" VALUES(1099511627783,0,11,-1103500,'2025-08-11');
INSERT INTO "books_posting" VALUES(1099511627783,1,12,1103500,'2025-08-11');
INSERT INTO "books_posting" VALUES(1099511627784,0,11,-1800000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627784,1,13,1800000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627785,0,8,-2200000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627785,1,14,2200000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627786,0,11,-400000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627786,1,15,400000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627787,0,8,-200000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627787,1,16,200000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627788,0,8,-400000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627788,1,17,400000000,'2025-08-12');
INSERT INTO "books_posting" VALUES(1099511627789,0,13,-1800000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627789,1,18,1800000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627789,2,14,-2200000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627789,3,19,2200000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627790,0,15,-400000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627790,1,20,400000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627790,2,16,-200000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627790,3,21,200000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627791,0,17,-400000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627791,1,22,400000000,'2025-08-15');
INSERT INTO "books_posting" VALUES(1099511627792,0,18,-720000000,'2025-09-01');
INSERT INTO "books_posting" VALUES(1099511627792,1,23,720000000,'2025-09-01');
INSERT INTO "books_posting" VALUES(1099511627792,2,19,-880000000,'2025-09-01');
INSERT INTO "books_posting" VALUES(1099511627792,3,24,880000000,'2025-09-01');
INSERT INTO "books_posting" VALUES(1099511627793,0,23,-720000000,'2025-09-05');
INSERT INTO "books_posting" VALUES(1099511627793,1,25,720000000,'2025-09-05');
INSERT INTO "books_posting" VALUES(1099511627793,2,24,-880000000,'2025-09-05');
INSERT INTO "books_posting" VALUES(1099511627793,3,26,880000000,'2025-09-05');
INSERT INTO "books_posting" VALUES(1099511627794,0,8,-180000000,'2025-09-10');
INSERT INTO "books_posting" VALUES(1099511627794,1,19,180000000,'2025-09-10');
INSERT INTO "books_posting" VALUES(1099511627795,0,18,-1080000000,'2025-09-20');
INSERT INTO "books_posting" VALUES(1099511627795,1,27,1080000000,'2025-09-20');
INSERT INTO "books_posting" VALUES(1099511627795,2,19,-1500000000,'2025-09-20');
INSERT INTO "books_posting" VALUES(1099511627795,3,28,1500000000,'2025-09-20');
INSERT INTO "books_posting" VALUES(1099511627796,0,25,-5400000,'2025-10-01');
INSERT INTO "books_posting" VALUES(1099511627796,1,11,5400000,'2025-10-01');
INSERT INTO "books_posting" VALUES(1099511627796,2,26,-6600000,'2025-10-01');
INSERT INTO "books_posting" VALUES(1099511627796,3,8,6600000,'2025-10-01');
INSERT INTO "books_posting" VALUES(1099511627797,0,22,-11200000,'2025-10-05');
INSERT INTO "books_posting" VALUES(1099511627797,1,8,11200000,'2025-10-05');
INSERT INTO "books_posting" VALUES(1099511627797,2,11,-11200000,'2025-10-05');
INSERT INTO "books_posting" VALUES(1099511627797,3,29,11200000,'2025-10-05');
CREATE TABLE "books_private" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "name" varchar(40) NOT NULL, "commitment" varchar(64) NOT NULL, "text" text NULL, "salt" text NULL, CONSTRAINT "books_private_text_and_salt" CHECK ((("salt" IS NULL AND "text" IS NULL) OR ("salt" IS NOT NULL AND "text" IS NOT NULL))), PRIMARY KEY ("entry_id", "name"));
CREATE TABLE "books_seal" ("id" bigint NOT NULL PRIMARY KEY, "leaf" BLOB NOT NULL, "root" BLOB NOT NULL);
INSERT INTO "books_seal" VALUES(1099511627776,X'1C86EE39219CD06AA95115EA9041B6368E4180F83A7031203C2E3B41FB1829A2',X'1C86EE39219CD06AA95115EA9041B6368E4180F83A7031203C2E3B41FB1829A2');
INSERT INTO "books_seal" VALUES(1099511627777,X'6D8AAA0E2B31C4EB0BC21110F7F11F4D2FFD78E08D9069E760A230C7932CA3F7',X'4BD0FDCCADA7DF039B1642E6D763A187380F493014C73615961A86668982CBAA');
INSERT INTO "books_seal" VALUES(1099511627778,X'C3401F2B2FB7642A9B301F130C60B8B6F45812A2DB7637DF24796BF336DADD37',X'BAFDF05347EB523832EAFE8571040FC482F46CF630338D17EFC5BCDAA54B0FB5');
INSERT INTO "books_seal" VALUES(1099511627779,X'23F46BD86C8B2F5FF7A5C3C327964B06B55CA1AE0DD08A0AA8E4B8D094FA831F',X'B6CA1E8B77B30C2FF7BA051A6D00039E449D3A9E396166BE09C8074C83829D81');
INSERT INTO "books_seal" VALUES(1099511627780,X'C17E82666B002E0304F25C6C3C352956FDAF2D2C0054391F5A7602A1EC0225D3',X'DB506D846C1D3DA4B5167DCE08B3471E9A11CC0C2B1D572B8EC00BB808B38F47');
INSERT INTO "books_seal" VALUES(1099511627781,X'45C7986E3D72D44A7FF4E76A2E992C8CCA1ACF2860745BCF7075B81CD589149A',X'4197FE6FCDC621D440CE037F43E8C683FBD2F6169FA2B204375DB53282B6995D');
INSERT INTO "books_seal" VALUES(1099511627782,X'0E07C6037A848C2685CFC3A8EE515C1FEC723C9CA7E8A3A97B0E0592C7D5AC9D',X'F42D49119EB68DACAEB8C8C72C6C14E07947E7E20442480A83848D5C5BBB0032');
INSERT INTO "books_seal" VALUES(1099511627783,X'9BB0EBEB322813665EB6BEAF31F33D9461D79A65573357CBA86DE751F6EEBB77',X'485E22F7CF7155661FCD215747BD5C519B26CF726E43246CE432963E3D280578');
INSERT INTO "books_seal" VALUES(1099511627784,X'AA4178EC6B8C4789F31C1090172DE70704B81F79968AD01D136919B3EEB480EC',X'4528A40A26FB20DACE8748C3E305BECF54925BE4E1A06B5F522465FE50D67A30');
INSERT INTO "books_seal" VALUES(1099511627785,X'1B169605D85F213B2B1C466E4F4DA591D470BA773D248D1DE1B8F4379082BB45',X'1D4AFC0C6EF05646AF0AB941A521BDC5C56DB81AFD8293821FD3D673440CFC04');
INSERT INTO "books_seal" VALUES(1099511627786,X'DCD05014C86DFDB88495C32A8786136453155762690D98D98848AB29F8AC0D37',X'D40C9608F1E12BA8450A5F2B070D555A9B6E6D2D27CA5F8F84FD611D354CE223');
INSERT INTO "books_seal" VALUES(1099511627787,X'8F76501792A29EE3C509E255D208C9A6698AB4CFDBED5EF11AE2DDE5A2A729B0',X'9365789FFB53BBE9FC89043B6B8AE3591150163641062A9FDC109AC811EA92EE');
INSERT INTO "books_seal" VALUES(1099511627788,X'1A7FD8AFD80F5392988D08232F2FBF94A865AAA7BBA8600093058D7EB37C9341',X'4826BCBDA8637D27E161A0ACDF8445273400C64B3A9D73B2EDDC4C1890C0B07D');
INSERT INTO "books_seal" VALUES(1099511627789,X'71AF3225A1CF8338A0CCB4D37F503CB842920ED2E7FA355408A4821F4DA5303B',X'3375DE8266BF0AF4CED42F037D50EF3E742B7B6354FF40A6430B1CDFF1745A10');
INSERT INTO "books_seal" VALUES(1099511627790,X'C3BDD265901FA9465A3E5E3A2CAA23360BD14AE9E5388CF2A0059C5C937B67CC',X'01AB99ABF6E32714B8B1C5C605B6E28BE005393EC9EB3DA3941C45A974259A25');
INSERT INTO "books_seal" VALUES(1099511627791,X'FEA5453040D103E877D19F0450B91DBD4C738ED4A5E4BC8C3C222F6CC183796B',X'CD5F631F0AD15C0CB93AC9E1AAC5E5255059A1A23654FDFEFE7675AE5E261070');
INSERT INTO "books_seal" VALUES(1099511627792,X'20665D2CC01996A86A8F8CC34134F0B0F94242AD4ACF47AB9277C8FC6485A36F',X'6FB5377DD46F4C19B3DB25F9D372141FCD9A414DADCF7550D8FB7979356DD505');
INSERT INTO "books_seal" VALUES(1099511627793,X'FCEF5D114C65C1E1A7241703018FCB0F217BC0CA9FA9DA7EA1CF7E788757EE0D',X'FBCBC1D12BF6E91BEA2730CB8D9666DE1F8DA99F738965D143378C450D1479EA');
INSERT INTO "books_seal" VALUES(1099511627794,X'F46F4555DA106EACC5A5249C4C4CCF3728FEE9D105CA7BA7A208853377C25CD4',X'843FF7723AAE00C290695DC2EBB6D7D2A6C66213D5DDFE3674B5EE977C18C83D');
INSERT INTO "books_seal" VALUES(1099511627795,X'8F9B73D4DDF2D509EF359E430C6A68A720E81F5647DBF47F571E4114882A4340',X'F852638C7B8E25625A8954ABB6BB22094C29FF28870B216BDFDE611AEF4E1465');
INSERT INTO "books_seal" VALUES(1099511627796,X'B4FDE20E3A15960DBDF0B7D53AD6EE61789CE4C395656F664A7F5410CB8B76B5',X'ECA395949014681463F3C2F24754637788AD49AF40915821C51274D00A06CAD4');
INSERT INTO "books_seal" VALUES(1099511627797,X'B864CF310374BB27C8AE98BC8AD33C0A925DAC287B3BE730679E57B2ECD3A7FF',X'BCD7D4C766765285866DE9CA23DC8EC1202F02726428B071A5C7785340F9B606');
CREATE TABLE "books_spot" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "books_id" bigint NOT NULL REFERENCES "books" ("id") DEFERRABLE INITIALLY DEFERRED, "account" varchar(20) NOT NULL, "contribution" varchar(200) NOT NULL, "currency" varchar(3) NOT NULL, "line" varchar(200) NOT NULL, "lot" varchar(200) NOT NULL, "balance" bigint NOT NULL, "changed_by" bigint NOT NULL, CONSTRAINT "books_spot_once" UNIQUE ("books_id", "contribution", "account", "currency", "line", "lot"), CONSTRAINT "books_spot_account" CHECK ("account" IN ('source', 'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed', 'returned', 'written_off', 'fees', 'fx', 'bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense', 'contributions', 'exchange')), CONSTRAINT "books_spot_whose" CHECK ((LENGTH("currency") = 3 AND NOT ("contribution" = ''))), CONSTRAINT "books_spot_line_and_lot" CHECK ((("account" IN ('allocated', 'ordered') AND NOT ("line" = '') AND "lot" = '') OR ("account" IN ('delivered', 'accepted') AND NOT ("line" = '') AND NOT ("lot" = '')) OR "account" IN ('written_off', 'programme_expense') OR ("account" IN ('supplier_advance', 'supplier_payable') AND "lot" = '') OR (NOT ("account" IN ('allocated', 'ordered', 'delivered', 'accepted', 'written_off')) AND NOT ("account" IN ('programme_expense', 'supplier_advance', 'supplier_payable')) AND "line" = '' AND "lot" = ''))), CONSTRAINT "books_spot_range" CHECK (("balance" > -100000000000000000 AND "balance" < 100000000000000000)));
INSERT INTO "books_spot" VALUES(1,1,'source','N','EUR','','',-2000000000,1099511627776);
INSERT INTO "books_spot" VALUES(2,1,'pledged','N','EUR','','',0,1099511627778);
INSERT INTO "books_spot" VALUES(3,1,'source','W','USD','','',-3000000000,1099511627777);
INSERT INTO "books_spot" VALUES(4,1,'pledged','W','USD','','',0,1099511627779);
INSERT INTO "books_spot" VALUES(5,1,'committed','N','EUR','','',0,1099511627780);
INSERT INTO "books_spot" VALUES(6,1,'committed','W','USD','','',0,1099511627781);
INSERT INTO "books_spot" VALUES(7,1,'available','N','EUR','','',0,1099511627782);
INSERT INTO "books_spot" VALUES(8,1,'available','W','USD','','',37800000,1099511627797);
INSERT INTO "books_spot" VALUES(9,1,'fx','N','EUR','','',2000000000,1099511627782);
INSERT INTO "books_spot" VALUES(10,1,'fx','N','USD','','',-2207000000,1099511627782);
INSERT INTO "books_spot" VALUES(11,1,'available','N','USD','','',96500,1099511627797);
INSERT INTO "books_spot" VALUES(12,1,'fees','N','USD','','',1103500,1099511627783);
INSERT INTO "books_spot" VALUES(13,1,'allocated','N','USD','L1','',0,1099511627789);
INSERT INTO "books_spot" VALUES(14,1,'allocated','W','USD','L1','',0,1099511627789);
INSERT INTO "books_spot" VALUES(15,1,'allocated','N','USD','L2','',0,1099511627790);
INSERT INTO "books_spot" VALUES(16,1,'allocated','W','USD','L2','',0,1099511627790);
INSERT INTO "books_spot" VALUES(17,1,'allocated','W','USD','L3','',0,1099511627791);
INSERT INTO "books_spot" VALUES(18,1,'ordered','N','USD','L1','',0,1099511627795);
INSERT INTO "books_spot" VALUES(19,1,'ordered','W','USD','L1','',0,1099511627795);
INSERT INTO "books_spot" VALUES(20,1,'ordered','N','USD','L2','',400000000,1099511627790);
INSERT INTO "books_spot" VALUES(21,1,'ordered','W','USD','L2','',200000000,1099511627790);
INSERT INTO "books_spot" VALUES(22,1,'ordered','W','USD','L3','',388800000,1099511627797);
INSERT INTO "books_spot" VALUES(23,1,'delivered','N','USD','L1','D1',0,1099511627793);
INSERT INTO "books_spot" VALUES(24,1,'delivered','W','USD','L1','D1',0,1099511627793);
INSERT INTO "books_spot" VALUES(25,1,'accepted','N','USD','L1','D1',714600000,1099511627796);
INSERT INTO "books_spot" VALUES(26,1,'accepted','W','USD','L1','D1',873400000,1099511627796);
INSERT INTO "books_spot" VALUES(27,1,'delivered','N','USD','L1','D2',1080000000,1099511627795);
INSERT INTO "books_spot" VALUES(28,1,'delivered','W','USD','L1','D2',1500000000,1099511627795);
INSERT INTO "books_spot" VALUES(29,1,'ordered','N','USD','L3','',11200000,1099511627797);
CREATE TABLE "books_term" ("entry_id" bigint NOT NULL REFERENCES "books_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "number" integer NOT NULL, "name" varchar(40) NOT NULL, "about" varchar(200) NOT NULL, "beside" varchar(200) NOT NULL, "value" text NOT NULL, PRIMARY KEY ("entry_id", "number"));
INSERT INTO "books_term" VALUES(1099511627776,0,'partner','N','','Northland');
INSERT INTO "books_term" VALUES(1099511627776,1,'currency','N','','EUR');
INSERT INTO "books_term" VALUES(1099511627777,0,'partner','W','','Westmark');
INSERT INTO "books_term" VALUES(1099511627777,1,'currency','W','','USD');
INSERT INTO "books_term" VALUES(1099511627789,0,'unit_price','L1','USD','400000000');
INSERT INTO "books_term" VALUES(1099511627790,0,'unit_price','L2','USD','300000');
INSERT INTO "books_term" VALUES(1099511627791,0,'unit_price','L3','USD','800000');
INSERT INTO "books_term" VALUES(1099511627792,0,'line of lot','D1','','L1');
INSERT INTO "books_term" VALUES(1099511627792,1,'currency of lot','D1','','USD');
INSERT INTO "books_term" VALUES(1099511627794,0,'unit_price','L1','USD','430000000');
INSERT INTO "books_term" VALUES(1099511627795,0,'line of lot','D2','','L1');
INSERT INTO "books_term" VALUES(1099511627795,1,'currency of lot','D2','','USD');
CREATE TABLE "books_total" ("until" bigint NOT NULL, "spot_id" bigint NOT NULL REFERENCES "books_spot" ("id") DEFERRABLE INITIALLY DEFERRED, "effective_on" date NOT NULL, "amount" bigint NOT NULL, PRIMARY KEY ("until", "spot_id", "effective_on"));
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(2,'auth','permission');
INSERT INTO "django_content_type" VALUES(3,'auth','group');
INSERT INTO "django_content_type" VALUES(4,'accounts','user');
INSERT INTO "django_content_type" VALUES(5,'accounts','membership');
INSERT INTO "django_content_type" VALUES(6,'accounts','session');
INSERT INTO "django_content_type" VALUES(7,'accounts','failedsignin');
INSERT INTO "django_content_type" VALUES(8,'records','programmerecord');
INSERT INTO "django_content_type" VALUES(9,'records','announcementrecord');
INSERT INTO "django_content_type" VALUES(10,'records','sealrecord');
INSERT INTO "django_content_type" VALUES(11,'records','booksrecord');
INSERT INTO "django_content_type" VALUES(12,'records','spotrecord');
INSERT INTO "django_content_type" VALUES(13,'records','binrecord');
INSERT INTO "django_content_type" VALUES(14,'records','entryrecord');
INSERT INTO "django_content_type" VALUES(15,'records','postingrecord');
INSERT INTO "django_content_type" VALUES(16,'records','goodsrecord');
INSERT INTO "django_content_type" VALUES(17,'records','termrecord');
INSERT INTO "django_content_type" VALUES(18,'records','privaterecord');
INSERT INTO "django_content_type" VALUES(19,'records','checkpointrecord');
INSERT INTO "django_content_type" VALUES(20,'records','totalrecord');
INSERT INTO "django_content_type" VALUES(21,'records','deliveryrecord');
INSERT INTO "django_content_type" VALUES(22,'records','instrumentversion');
INSERT INTO "django_content_type" VALUES(23,'records','itemrecord');
INSERT INTO "django_content_type" VALUES(24,'records','loadnote');
INSERT INTO "django_content_type" VALUES(25,'records','packagerecord');
INSERT INTO "django_content_type" VALUES(26,'records','planinput');
INSERT INTO "django_content_type" VALUES(27,'records','planrun');
INSERT INTO "django_content_type" VALUES(28,'records','savedplan');
INSERT INTO "django_content_type" VALUES(29,'records','contributionpointer');
INSERT INTO "django_content_type" VALUES(30,'records','publicationnote');
INSERT INTO "django_content_type" VALUES(31,'records','raterecord');
INSERT INTO "django_content_type" VALUES(32,'records','sourcerecord');
INSERT INTO "django_content_type" VALUES(33,'records','statedtotalrecord');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'accounts','0001_initial','2026-11-29 02:38:39.316031');
INSERT INTO "django_migrations" VALUES(2,'contenttypes','0001_initial','2026-11-29 02:38:39.337386');
INSERT INTO "django_migrations" VALUES(3,'contenttypes','0002_remove_content_type_name','2026-11-29 02:38:39.412258');
INSERT INTO "django_migrations" VALUES(4,'auth','0001_initial','2026-11-29 02:38:39.488777');
INSERT INTO "django_migrations" VALUES(5,'auth','0002_alter_permission_name_max_length','2026-11-29 02:38:39.532981');
INSERT INTO "django_migrations" VALUES(6,'auth','0003_alter_user_email_max_length','2026-11-29 02:38:39.568851');
INSERT INTO "django_migrations" VALUES(7,'auth','0004_alter_user_username_opts','2026-11-29 02:38:39.608750');
INSERT INTO "django_migrations" VALUES(8,'auth','0005_alter_user_last_login_null','2026-11-29 02:38:39.645561');
INSERT INTO "django_migrations" VALUES(9,'auth','0006_require_contenttypes_0002','2026-11-29 02:38:39.667888');
INSERT INTO "django_migrations" VALUES(10,'auth','0007_alter_validators_add_error_messages','2026-11-29 02:38:39.692176');
INSERT INTO "django_migrations" VALUES(11,'auth','0008_alter_user_username_max_length','2026-11-29 02:38:39.723323');
INSERT INTO "django_migrations" VALUES(12,'auth','0009_alter_user_last_name_max_length','2026-11-29 02:38:39.753256');
INSERT INTO "django_migrations" VALUES(13,'auth','0010_alter_group_name_max_length','2026-11-29 02:38:39.803907');
INSERT INTO "django_migrations" VALUES(14,'auth','0011_update_proxy_permissions','2026-11-29 02:38:39.830234');
INSERT INTO "django_migrations" VALUES(15,'auth','0012_alter_user_first_name_max_length','2026-11-29 02:38:39.859145');
INSERT INTO "django_migrations" VALUES(16,'records','0001_initial','2026-11-29 02:38:41.880280');
INSERT INTO "django_migrations" VALUES(17,'records','0002_guards','2026-11-29 02:38:42.108074');
CREATE TABLE "records_announcementrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "ref" varchar(200) NOT NULL, "partners" text NOT NULL CHECK ((JSON_VALID("partners") OR "partners" IS NULL)), "announced_on" date NOT NULL, "month_only" bool NOT NULL, "amount_minor" bigint NULL, "amount_currency" varchar(3) NULL, "reported_usd_minor" bigint NULL, "package" text NOT NULL, "stage" varchar(20) NOT NULL, "earmark" text NOT NULL, "title" text NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "relation" varchar(20) NOT NULL, "relates_to" text NOT NULL CHECK ((JSON_VALID("relates_to") OR "relates_to" IS NULL)), "note" text NOT NULL, CONSTRAINT "announcement_ref" UNIQUE ("programme_id", "ref"), CONSTRAINT "announcement_amount_and_currency" CHECK ((("amount_currency" IS NULL AND "amount_minor" IS NULL) OR ("amount_currency" IS NOT NULL AND "amount_minor" IS NOT NULL AND LENGTH("amount_currency") = 3 AND "amount_minor" > -100000000000000000 AND "amount_minor" < 100000000000000000))), CONSTRAINT "announcement_stage" CHECK ("stage" IN ('announced', 'committed', 'paid')), CONSTRAINT "announcement_relation" CHECK ("relation" IN ('', 'replaces', 'repeats', 'conflicts', 'unclear', 'withdraws')));
INSERT INTO "records_announcementrecord" VALUES(1,1,0,'C001','["NLD"]','2025-08-04',0,50000000000,'EUR',NULL,'','announced','','Announcement C001','["S001"]','','[]','');
CREATE TABLE "records_contributionpointer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "instrument" varchar(100) NOT NULL, "obligation" varchar(100) NOT NULL, "programme" varchar(60) NOT NULL, "contribution" varchar(200) NOT NULL, "points" bool NOT NULL, "reason" text NOT NULL, "said_by" varchar(150) NOT NULL, "said_at" datetime NOT NULL);
CREATE TABLE "records_deliveryrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "digest" varchar(64) NOT NULL, "when" varchar(10) NOT NULL, "packages" text NOT NULL CHECK ((JSON_VALID("packages") OR "packages" IS NULL)), "what" text NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "note" text NOT NULL, CONSTRAINT "delivery_when_packages_what" UNIQUE ("programme_id", "digest"));
INSERT INTO "records_deliveryrecord" VALUES(1,1,0,'3126074eb5b2dd23e59444edf90cbb5ef3c53fef0f59da342bab819044c84259','2025-09','["PKG01"]','The first crane arrived','["S001"]','');
CREATE TABLE "records_instrumentversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme" varchar(60) NOT NULL, "instrument" varchar(100) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "text" text NOT NULL, "is_withdrawn" bool NOT NULL, "reason" text NOT NULL, "saved_by" varchar(150) NOT NULL, "saved_at" datetime NOT NULL, CONSTRAINT "instrument_version_is_numbered_once" UNIQUE ("programme", "instrument", "number"), CONSTRAINT "instrument_version_has_text_or_is_withdrawn" CHECK ((("is_withdrawn" AND "text" = '') OR (NOT "is_withdrawn" AND NOT ("text" = '')))));
INSERT INTO "records_instrumentversion" VALUES(1,'','a-text',1,'x = 1',0,'r','olena','2026-01-01 00:00:00');
CREATE TABLE "records_itemrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "ref" varchar(200) NOT NULL, "name" text NOT NULL, "category" text NOT NULL, "unit_of_issue" text NOT NULL, "price_low_minor" bigint NOT NULL, "price_high_minor" bigint NOT NULL, "price_currency" varchar(3) NOT NULL, "price_year" text NOT NULL, "price_basis" text NOT NULL, "lead_time_months_low" bigint NULL, "lead_time_months_high" bigint NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "note" text NOT NULL, CONSTRAINT "item_ref" UNIQUE ("programme_id", "ref"), CONSTRAINT "item_prices_are_amounts" CHECK ((LENGTH("price_currency") = 3 AND "price_low_minor" > -100000000000000000 AND "price_low_minor" < 100000000000000000 AND "price_high_minor" > -100000000000000000 AND "price_high_minor" < 100000000000000000)));
INSERT INTO "records_itemrecord" VALUES(1,1,0,'crane','Harbour crane','lifting','EA',100000000,200000000,'USD','2025','press',6,12,'["S001"]','');
CREATE TABLE "records_loadnote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "loaded_on" date NOT NULL, "loaded_by" text NOT NULL, "pruned" bool NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "counts" text NOT NULL CHECK ((JSON_VALID("counts") OR "counts" IS NULL)));
INSERT INTO "records_loadnote" VALUES(1,1,'2026-01-01','a test',0,1,'{"announcements": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}, "packages": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}, "deliveries": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}, "stated_totals": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}, "items": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}, "sources": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}, "rates": {"added": 1, "changed": 0, "unchanged": 0, "kept": 0, "removed": 0}}');
CREATE TABLE "records_packagerecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "ref" varchar(200) NOT NULL, "number" bigint NULL, "announced_on" date NOT NULL, "value_minor" bigint NULL, "currency" varchar(3) NOT NULL, "funders" text NOT NULL CHECK ((JSON_VALID("funders") OR "funders" IS NULL)), "contents" text NOT NULL, "delivery_reported_on" date NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "note" text NOT NULL, CONSTRAINT "package_ref" UNIQUE ("programme_id", "ref"), CONSTRAINT "package_value_and_currency" CHECK ((("currency" = '' AND "value_minor" IS NULL) OR (LENGTH("currency") = 3 AND ("value_minor" IS NULL OR ("value_minor" > -100000000000000000 AND "value_minor" < 100000000000000000))))));
INSERT INTO "records_packagerecord" VALUES(1,1,0,'PKG01',1,'2025-08-04',50000000000,'USD','["NLD"]','cranes',NULL,'["S001"]','');
CREATE TABLE "records_planinput" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ref" varchar(24) NOT NULL UNIQUE, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "name" text NOT NULL, "origin" varchar(10) NOT NULL, "file_name" text NOT NULL, "upload" BLOB NOT NULL, "marked" BLOB NOT NULL, "problem" text NOT NULL, "digest" varchar(64) NOT NULL, "findings" text NOT NULL CHECK ((JSON_VALID("findings") OR "findings" IS NULL)), "kept" text NOT NULL CHECK ((JSON_VALID("kept") OR "kept" IS NULL)), "first_day" date NULL, "saved_at" datetime NOT NULL, "saved_by" text NOT NULL, CONSTRAINT "plan_input_origin" CHECK ("origin" IN ('workbook', 'json', 'sample', 'what-if')));
INSERT INTO "records_planinput" VALUES(1,'XycGXGVKrnOootnbAB4CDFF3',1,'Invented','json','invented.json',X'7B2263757272656E6379223A2022555344222C202263617465676F72696573223A207B2264726F6E65223A2022616972222C2022726164696F223A20227369676E616C73222C2022737472657463686572223A20226D65646963616C222C202267656E657261746F72223A2022656E65726779227D2C20227061636B61676573223A205B7B226964223A2022502D31222C20226F726465725F646179223A20307D5D2C20226C696E6573223A205B7B226964223A2022522D31222C20226974656D223A202264726F6E65222C20227175616E74697479223A2031302C20227072696F72697479223A20312C20226E6565645F6279223A2034307D2C207B226964223A2022522D32222C20226974656D223A2022726164696F222C20227175616E74697479223A20342C20227072696F72697479223A20312C20226E6565645F6279223A2032307D2C207B226964223A2022522D33222C20226974656D223A2022737472657463686572222C20227175616E74697479223A2032302C20227072696F72697479223A20327D2C207B226964223A2022522D34222C20226974656D223A202267656E657261746F72222C20227175616E74697479223A2031302C20227072696F72697479223A20322C20226E6565645F6279223A2039307D5D2C20226F6666657273223A205B7B226964223A20224F2D31222C20226974656D223A202264726F6E65222C2022756E69745F70726963655F6D696E6F72223A20353030302C20226C6561645F64617973223A2031302C2022737570706C696572223A20224D616B65722041227D2C207B226964223A20224F2D32222C20226974656D223A2022726164696F222C2022756E69745F70726963655F6D696E6F72223A2031303030302C20226C6561645F64617973223A2033302C2022737570706C696572223A20224D616B65722042227D2C207B226964223A20224F2D33222C20226974656D223A2022737472657463686572222C2022756E69745F70726963655F6D696E6F72223A20323030302C20226C6561645F64617973223A20352C2022737570706C696572223A20224D616B65722042227D2C207B226964223A20224F2D34222C20226974656D223A202267656E657261746F72222C2022756E69745F70726963655F6D696E6F72223A20393030302C20226C6561645F64617973223A2036302C2022737570706C696572223A20224D616B65722041227D5D2C2022636F6E747269627574696F6E73223A205B7B226964223A2022432D616E79222C2022706172746E6572223A20225275726974616E6961222C2022616D6F756E745F6D696E6F72223A203130303030302C202263757272656E6379223A2022555344227D2C207B226964223A2022432D6D6564222C2022706172746E6572223A202247726175737461726B222C2022616D6F756E745F6D696E6F72223A2035303030302C202263757272656E6379223A2022555344222C20226561726D61726B223A207B22616C6C6F77223A207B2263617465676F7279223A205B226D65646963616C225D7D7D7D5D7D',X'','{"currency": "USD", "categories": {"drone": "air", "generator": "energy", "radio": "signals", "stretcher": "medical"}, "packages": [{"id": "P-1", "order_day": 0}], "lines": [{"id": "R-1", "item": "drone", "quantity": 10, "priority": 1, "need_by": 40}, {"id": "R-2", "item": "radio", "quantity": 4, "priority": 1, "need_by": 20}, {"id": "R-3", "item": "stretcher", "quantity": 20, "priority": 2}, {"id": "R-4", "item": "generator", "quantity": 10, "priority": 2, "need_by": 90}], "offers": [{"id": "O-1", "item": "drone", "unit_price_minor": 5000, "lead_days": 10, "supplier": "Maker A"}, {"id": "O-2", "item": "radio", "unit_price_minor": 10000, "lead_days": 30, "supplier": "Maker B"}, {"id": "O-3", "item": "stretcher", "unit_price_minor": 2000, "lead_days": 5, "supplier": "Maker B"}, {"id": "O-4", "item": "generator", "unit_price_minor": 9000, "lead_days": 60, "supplier": "Maker A"}], "contributions": [{"id": "C-any", "amount_minor": 100000, "currency": "USD", "partner": "Ruritania"}, {"id": "C-med", "amount_minor": 50000, "currency": "USD", "earmark": {"allow": {"category": ["medical"]}}, "partner": "Graustark"}]}','35daefb2e6f9440c162274875f0402cce6ced0499e7503870fd7caf0c56780c0','[]','{"lines": 4, "offers": 4, "contributions": 2, "packages": 1}',NULL,'2026-03-01 12:00:00','ada');
CREATE TABLE "records_planrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ref" varchar(24) NOT NULL UNIQUE, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "input_id" bigint NOT NULL REFERENCES "records_planinput" ("id") DEFERRABLE INITIALLY DEFERRED, "base_id" bigint NULL REFERENCES "records_planrun" ("id") DEFERRABLE INITIALLY DEFERRED, "kind" varchar(10) NOT NULL, "change" text NOT NULL CHECK ((JSON_VALID("change") OR "change" IS NULL)), "mode" varchar(5) NOT NULL, "budget_seconds" integer unsigned NULL CHECK ("budget_seconds" >= 0), "state" varchar(8) NOT NULL, "stop_wanted" bool NOT NULL, "progress" text NOT NULL CHECK ((JSON_VALID("progress") OR "progress" IS NULL)), "result" text NULL CHECK ((JSON_VALID("result") OR "result" IS NULL)), "said" text NOT NULL, "asked_at" datetime NOT NULL, "asked_by" text NOT NULL, "began_at" datetime NULL, "beat_at" datetime NULL, "ended_at" datetime NULL, CONSTRAINT "plan_run_kind" CHECK ("kind" IN ('plan', 'what-if', 'binding', 'freeing')), CONSTRAINT "plan_run_state_is_known" CHECK ("state" IN ('waiting', 'running', 'done', 'failed', 'lost')), CONSTRAINT "plan_run_mode" CHECK ("mode" IN ('fast', 'prove')));
CREATE TABLE "records_programmerecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(60) NOT NULL UNIQUE, "name" text NOT NULL, "short_name" text NOT NULL, "about" text NOT NULL, "recipient" text NOT NULL, "validator" text NOT NULL, "supplier" text NOT NULL, "package_size_minor" bigint NOT NULL, "package_size_currency" varchar(3) NOT NULL, "base_currency" varchar(3) NOT NULL, "time_zone" text NOT NULL, "maximum_rate_age_days" integer unsigned NOT NULL CHECK ("maximum_rate_age_days" >= 0), "public_fields" text NOT NULL CHECK ((JSON_VALID("public_fields") OR "public_fields" IS NULL)), "parties" text NOT NULL CHECK ((JSON_VALID("parties") OR "parties" IS NULL)), "coverage" text NULL CHECK ((JSON_VALID("coverage") OR "coverage" IS NULL)), "official_speakers" text NOT NULL CHECK ((JSON_VALID("official_speakers") OR "official_speakers" IS NULL)), "invented" bool NOT NULL, "published" bool NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "stamp" char(32) NOT NULL, CONSTRAINT "programme_package_size_is_an_amount" CHECK ((LENGTH("package_size_currency") = 3 AND "package_size_minor" > -100000000000000000 AND "package_size_minor" < 100000000000000000)), CONSTRAINT "programme_base_currency_is_a_code" CHECK (LENGTH("base_currency") = 3));
INSERT INTO "records_programmerecord" VALUES(1,'harbour','Harbour Repair Fund (invented)','Harbour','An invented programme.','Ruritania','an invented committee','an invented supplier',50000000000,'USD','EUR','UTC',31,'{"announcements": ["earmark", "note"], "packages": ["contents", "delivery_reported_on", "note"], "deliveries": ["packages", "what", "note"], "stated_totals": ["note"], "items": ["price", "lead_time", "note"]}','{}',NULL,'[]',0,1,1,'3a95bbe144fd4513a9990d516ba0354e');
CREATE TABLE "records_publicationnote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "subject" varchar(10) NOT NULL, "is_public" bool NOT NULL, "noted_by" text NOT NULL, "noted_at" datetime NOT NULL, CONSTRAINT "publication_subject_is_known" CHECK ("subject" IN ('programme', 'books')));
INSERT INTO "records_publicationnote" VALUES(1,1,'programme',1,'this machine','2026-01-01 00:00:00');
INSERT INTO "records_publicationnote" VALUES(2,1,'books',1,'this machine','2026-01-01 00:00:00');
CREATE TABLE "records_raterecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "day" date NOT NULL, "base" varchar(3) NOT NULL, "currency" varchar(3) NOT NULL, "rate" text NOT NULL, "source" text NOT NULL, CONSTRAINT "rate_day_base_currency" UNIQUE ("programme_id", "day", "base", "currency"), CONSTRAINT "rate_between_two_currencies" CHECK ((LENGTH("base") = 3 AND LENGTH("currency") = 3 AND NOT ("base" = ("currency")))), CONSTRAINT "rate_not_negative" CHECK ((NOT ("rate" = '') AND NOT ("rate" LIKE '-%' ESCAPE '\'))));
INSERT INTO "records_raterecord" VALUES(1,1,0,'2025-08-04','EUR','USD','1.1565','S001');
CREATE TABLE "records_savedplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "run_id" bigint NOT NULL UNIQUE REFERENCES "records_planrun" ("id") DEFERRABLE INITIALLY DEFERRED, "digest" varchar(64) NOT NULL, "policy" text NOT NULL CHECK ((JSON_VALID("policy") OR "policy" IS NULL)), "answer" text NOT NULL, "seal" varchar(64) NOT NULL, "saved_at" datetime NOT NULL, "saved_by" text NOT NULL);
CREATE TABLE "records_sourcerecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "ref" varchar(200) NOT NULL, "url" text NOT NULL, "publisher" text NOT NULL, "published_on" date NULL, "title" text NOT NULL, "accessed_as" text NOT NULL, CONSTRAINT "source_ref" UNIQUE ("programme_id", "ref"));
INSERT INTO "records_sourcerecord" VALUES(1,1,0,'S001','https://example.org/S001','Example Gazette','2025-08-04','Page S001','page');
CREATE TABLE "records_statedtotalrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "programme_id" bigint NOT NULL REFERENCES "records_programmerecord" ("id") DEFERRABLE INITIALLY DEFERRED, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "digest" varchar(64) NOT NULL, "as_of" date NOT NULL, "measure" text NOT NULL, "value" text NOT NULL, "unit" text NOT NULL, "said_by" text NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "note" text NOT NULL, CONSTRAINT "stated_total_as_of_measure_said_by_value" UNIQUE ("programme_id", "digest"), CONSTRAINT "stated_total_has_a_value" CHECK (NOT ("value" = '')));
INSERT INTO "records_statedtotalrecord" VALUES(1,1,0,'d3ebe2381ba482f957646727267633b6ced6051beae426ed39cc8582c954f7b9','2025-08-04','total_contributed_usd','500000000','USD','a minister','["S001"]','');
CREATE UNIQUE INDEX "user_name_is_one_in_any_capitals" ON "accounts_user" ((LOWER("username")));
CREATE INDEX "accounts_membership_person_id_cd00e383" ON "accounts_membership" ("person_id");
CREATE INDEX "accounts_session_user_id_d5aaed01" ON "accounts_session" ("user_id");
CREATE INDEX "accounts_session_expires_at_94e81f09" ON "accounts_session" ("expires_at");
CREATE INDEX "accounts_failedsignin_at_87a4b178" ON "accounts_failedsignin" ("at");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "records_announcementrecord_programme_id_90cc79dc" ON "records_announcementrecord" ("programme_id");
CREATE INDEX "books_spot_line" ON "books_spot" ("books_id", "line");
CREATE INDEX "books_spot_lot" ON "books_spot" ("books_id", "lot");
CREATE INDEX "books_entry_by_time" ON "books_entry" ("books_id", "recorded_at", "id");
CREATE INDEX "books_posting_by_spot" ON "books_posting" ("spot_id", "effective_on", "entry_id", "amount");
CREATE INDEX "books_goods_bin_id_d9c5c248" ON "books_goods" ("bin_id");
CREATE INDEX "books_term_about" ON "books_term" ("about", "name");
CREATE INDEX "books_checkpoint_books_id_6d79d63a" ON "books_checkpoint" ("books_id");
CREATE INDEX "records_deliveryrecord_programme_id_914022e5" ON "records_deliveryrecord" ("programme_id");
CREATE INDEX "records_itemrecord_programme_id_7198f319" ON "records_itemrecord" ("programme_id");
CREATE INDEX "records_loadnote_programme_id_5b8efe55" ON "records_loadnote" ("programme_id");
CREATE INDEX "records_packagerecord_programme_id_cd4efe2f" ON "records_packagerecord" ("programme_id");
CREATE INDEX "records_planinput_programme_id_5f609f99" ON "records_planinput" ("programme_id");
CREATE INDEX "records_planrun_programme_id_0fab206c" ON "records_planrun" ("programme_id");
CREATE INDEX "records_planrun_input_id_cbd2c12c" ON "records_planrun" ("input_id");
CREATE INDEX "records_planrun_base_id_14237fc1" ON "records_planrun" ("base_id");
CREATE INDEX "plan_run_state" ON "records_planrun" ("state");
CREATE INDEX "pointer_of_obligation" ON "records_contributionpointer" ("instrument", "obligation");
CREATE INDEX "records_publicationnote_programme_id_4a165fc6" ON "records_publicationnote" ("programme_id");
CREATE INDEX "records_raterecord_programme_id_27f33c6f" ON "records_raterecord" ("programme_id");
CREATE INDEX "records_sourcerecord_programme_id_e7c56c7b" ON "records_sourcerecord" ("programme_id");
CREATE INDEX "records_statedtotalrecord_programme_id_05a89ac6" ON "records_statedtotalrecord" ("programme_id");
CREATE TRIGGER books_stays BEFORE DELETE ON books
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_spot_stays BEFORE DELETE ON books_spot
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_bin_stays BEFORE DELETE ON books_bin
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_private_stays BEFORE DELETE ON books_private
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_seal_stays BEFORE DELETE ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_entry_stays BEFORE DELETE ON books_entry
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_posting_stays BEFORE DELETE ON books_posting
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_goods_stays BEFORE DELETE ON books_goods
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_term_stays BEFORE DELETE ON books_term
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_checkpoint_stays BEFORE DELETE ON books_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_total_stays BEFORE DELETE ON books_total
BEGIN
    SELECT RAISE(ABORT, 'books: nothing is ever deleted');
END;
CREATE TRIGGER books_seal_unchanged BEFORE UPDATE ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_entry_unchanged BEFORE UPDATE ON books_entry
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_posting_unchanged BEFORE UPDATE ON books_posting
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_goods_unchanged BEFORE UPDATE ON books_goods
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_term_unchanged BEFORE UPDATE ON books_term
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_checkpoint_unchanged BEFORE UPDATE ON books_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_total_unchanged BEFORE UPDATE ON books_total
BEGIN
    SELECT RAISE(ABORT, 'books: nothing that was entered is ever changed');
END;
CREATE TRIGGER books_posting_closed BEFORE INSERT ON books_posting
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END;
CREATE TRIGGER books_goods_closed BEFORE INSERT ON books_goods
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END;
CREATE TRIGGER books_term_closed BEFORE INSERT ON books_term
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END;
CREATE TRIGGER books_private_closed BEFORE INSERT ON books_private
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed, nothing can be added to it');
END;
CREATE TRIGGER books_posting_whole BEFORE INSERT ON books_posting
WHEN typeof(NEW.amount) <> 'integer'
BEGIN
    SELECT RAISE(ABORT, 'books: an amount is a whole number');
END;
CREATE TRIGGER books_goods_whole BEFORE INSERT ON books_goods
WHEN typeof(NEW.units) <> 'integer' OR NEW.units = 0
BEGIN
    SELECT RAISE(ABORT, 'books: units are a whole number');
END;
CREATE TRIGGER books_new BEFORE INSERT ON books
WHEN NEW.size <> 0 OR EXISTS (SELECT 1 FROM books WHERE id = NEW.id OR programme_id = NEW.programme_id)
BEGIN
    SELECT RAISE(ABORT, 'books: new books are empty');
END;
CREATE TRIGGER books_entry_new BEFORE INSERT ON books_entry
WHEN EXISTS (SELECT 1 FROM books_entry WHERE id = NEW.id OR (books_id = NEW.books_id AND "key" = NEW."key") OR takes_back_id = NEW.takes_back_id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry or its key is there already');
END;
CREATE TRIGGER books_seal_new BEFORE INSERT ON books_seal
WHEN EXISTS (SELECT 1 FROM books_seal WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: the entry is sealed already');
END;
CREATE TRIGGER books_checkpoint_new BEFORE INSERT ON books_checkpoint
WHEN EXISTS (SELECT 1 FROM books_checkpoint WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: the checkpoint is there already');
END;
CREATE TRIGGER books_total_new BEFORE INSERT ON books_total
WHEN EXISTS (SELECT 1 FROM books_total WHERE until = NEW.until AND spot_id = NEW.spot_id AND effective_on = NEW.effective_on)
BEGIN
    SELECT RAISE(ABORT, 'books: the total is there already');
END;
CREATE TRIGGER books_spot_new BEFORE INSERT ON books_spot
WHEN NEW.balance <> 0 OR EXISTS (SELECT 1 FROM books_spot WHERE id = NEW.id OR (books_id = NEW.books_id AND contribution = NEW.contribution AND account = NEW.account AND currency = NEW.currency AND line = NEW.line AND lot = NEW.lot))
BEGIN
    SELECT RAISE(ABORT, 'books: a new account is empty');
END;
CREATE TRIGGER books_bin_new BEFORE INSERT ON books_bin
WHEN NEW.units <> 0 OR EXISTS (SELECT 1 FROM books_bin WHERE id = NEW.id OR (books_id = NEW.books_id AND line = NEW.line AND place = NEW.place AND currency = NEW.currency AND lot = NEW.lot))
BEGIN
    SELECT RAISE(ABORT, 'books: a new place is empty');
END;
CREATE TRIGGER books_grows BEFORE UPDATE ON books
WHEN NEW.id <> OLD.id OR NEW.programme_id <> OLD.programme_id
    OR NOT (
        (NEW.size = OLD.size AND NEW.newest_id IS OLD.newest_id AND NEW.peaks = OLD.peaks)
        OR (NEW.size = OLD.size + 1
            AND (OLD.newest_id IS NULL OR EXISTS (SELECT 1 FROM books_seal WHERE id = OLD.newest_id)))
    )
BEGIN
    SELECT RAISE(ABORT, 'books: the log grows by one sealed entry at a time');
END;
CREATE TRIGGER books_spot_moves BEFORE UPDATE ON books_spot
WHEN NEW.id <> OLD.id OR NEW.books_id <> OLD.books_id OR NEW.account <> OLD.account
    OR NEW.contribution <> OLD.contribution OR NEW.currency <> OLD.currency
    OR NEW.line <> OLD.line OR NEW.lot <> OLD.lot
    OR NEW.changed_by <= OLD.changed_by
    OR NEW.changed_by IS NOT (SELECT newest_id FROM books WHERE id = NEW.books_id)
    OR NEW.balance - OLD.balance IS NOT (
        SELECT sum(amount) FROM books_posting WHERE entry_id = NEW.changed_by AND spot_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: a balance changes by an entry only');
END;
CREATE TRIGGER books_bin_moves BEFORE UPDATE ON books_bin
WHEN NEW.id <> OLD.id OR NEW.books_id <> OLD.books_id OR NEW.place <> OLD.place
    OR NEW.line <> OLD.line OR NEW.currency <> OLD.currency OR NEW.lot <> OLD.lot
    OR NEW.changed_by <= OLD.changed_by
    OR NEW.changed_by IS NOT (SELECT newest_id FROM books WHERE id = NEW.books_id)
    OR NEW.units - OLD.units IS NOT (
        SELECT sum(units) FROM books_goods WHERE entry_id = NEW.changed_by AND bin_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'books: units change by an entry only');
END;
CREATE TRIGGER books_private_erased BEFORE UPDATE ON books_private
WHEN NEW.entry_id <> OLD.entry_id OR NEW.name <> OLD.name OR NEW.commitment <> OLD.commitment
    OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'books: a private text can be erased, and nothing else');
END;
CREATE TRIGGER books_seal_checks AFTER INSERT ON books_seal
BEGIN
    SELECT RAISE(ABORT, 'books: the entry does not exist, or is not the newest') WHERE NOT EXISTS (
        SELECT 1 FROM books_entry e JOIN books b ON b.id = e.books_id AND b.newest_id = e.id WHERE e.id = NEW.id);
    SELECT RAISE(ABORT, 'books: an entry has at least two postings') WHERE (SELECT count(*) FROM books_posting WHERE entry_id = NEW.id) < 2;
    SELECT RAISE(ABORT, 'books: a part of the entry has another day or belongs to other books') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id JOIN books_entry e ON e.id = p.entry_id
        WHERE p.entry_id = NEW.id AND (s.books_id <> e.books_id OR p.effective_on <> e.effective_on))
    OR EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id JOIN books_entry e ON e.id = g.entry_id
        WHERE g.entry_id = NEW.id AND n.books_id <> e.books_id)
    OR EXISTS (
        SELECT 1 FROM books_entry e JOIN books_entry o ON o.id = e.takes_back_id
        WHERE e.id = NEW.id AND (o.books_id <> e.books_id OR o.id >= e.id));
    SELECT RAISE(ABORT, 'books: the entry does not add up to zero for each contribution and currency') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id
        GROUP BY s.account IN ('bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense', 'contributions',
                'exchange'), s.contribution, s.currency
        HAVING sum(p.amount) <> 0);
    SELECT RAISE(ABORT, 'books: the units of the entry do not add up to zero') WHERE EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id WHERE g.entry_id = NEW.id
        GROUP BY n.line, n.currency
        HAVING sum(g.units) <> 0);
    UPDATE books_spot SET balance = balance + moved.amount, changed_by = NEW.id
    FROM (SELECT spot_id, sum(amount) AS amount FROM books_posting WHERE entry_id = NEW.id GROUP BY spot_id) AS moved
    WHERE books_spot.id = moved.spot_id;
    UPDATE books_bin SET units = books_bin.units + moved.units, changed_by = NEW.id
    FROM (SELECT bin_id, sum(units) AS units FROM books_goods WHERE entry_id = NEW.id GROUP BY bin_id) AS moved
    WHERE books_bin.id = moved.bin_id;
    SELECT RAISE(ABORT, 'books: the entry takes an account below zero') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id
        WHERE p.entry_id = NEW.id AND s.balance < 0 AND s.account IN ('pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed',
                'bank', 'receivable', 'supplier_advance')
        GROUP BY p.spot_id
        HAVING sum(p.amount) < 0);
    SELECT RAISE(ABORT, 'books: the entry takes units away that are not there') WHERE EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id
        WHERE g.entry_id = NEW.id AND n.units < 0 AND n.place IN ('ordered', 'delivered', 'accepted')
        GROUP BY g.bin_id
        HAVING sum(g.units) < 0);
    SELECT RAISE(ABORT, 'books: a balance leaves the range of amounts') WHERE EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id
        WHERE p.entry_id = NEW.id AND abs(s.balance) >= 100000000000000000);
END;
CREATE TRIGGER records_instrumentversion_no_UPDATE BEFORE UPDATE ON records_instrumentversion
BEGIN
    SELECT RAISE(ABORT, 'versions of instruments are only added');
END;
CREATE TRIGGER records_instrumentversion_no_DELETE BEFORE DELETE ON records_instrumentversion
BEGIN
    SELECT RAISE(ABORT, 'versions of instruments are only added');
END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',17);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',33);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',132);
INSERT INTO "sqlite_sequence" VALUES('auth_group',0);
INSERT INTO "sqlite_sequence" VALUES('records_programmerecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_announcementrecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_packagerecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_deliveryrecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_statedtotalrecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_itemrecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_sourcerecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_raterecord',1);
INSERT INTO "sqlite_sequence" VALUES('records_loadnote',1);
INSERT INTO "sqlite_sequence" VALUES('books',1);
INSERT INTO "sqlite_sequence" VALUES('books_spot',29);
INSERT INTO "sqlite_sequence" VALUES('books_bin',9);
INSERT INTO "sqlite_sequence" VALUES('records_publicationnote',2);
INSERT INTO "sqlite_sequence" VALUES('records_planinput',1);
INSERT INTO "sqlite_sequence" VALUES('accounts_user',1);
INSERT INTO "sqlite_sequence" VALUES('accounts_membership',2);
INSERT INTO "sqlite_sequence" VALUES('records_instrumentversion',1);
COMMIT;
