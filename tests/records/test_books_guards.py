"""What the database refuses by itself, whoever asks: each statement here tries to bend the books past the program."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.books import give_checkpoint, open_books, replay_into
from pledgeline.actions.records import load_record
from pledgeline.ledger.event_files import event_file_of
from pledgeline.programme.record import PublicRecord
from pledgeline.records import guards
from pledgeline.records.books import books_of
from pledgeline.records.models.books import PLACES
from tests.builders import a_programme
from tests.ledger.stories import DELIVERED, TODAY, events_of

pytestmark = pytest.mark.django_db
FROZEN = "books_seal books_entry books_posting books_goods books_term books_checkpoint books_total".split()
TABLES = ["books", "books_spot", "books_bin", "books_private", *FROZEN]


@pytest.fixture
def books():
    load_record(
        programme=a_programme(), record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test"
    )
    open_books("harbour", currencies=("USD",))
    story = events_of(DELIVERED)
    story[0]["note"] = "a private text"
    replay_into("harbour", event_file_of(story, "story"), today=TODAY)
    give_checkpoint("harbour")
    return books_of("harbour", MACHINE)


def run(*statements):
    """Run statements as one transaction, and what is checked at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            connection.check_constraints()
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def is_refused(*statements):
    try:
        run(*statements)
    except DatabaseError:
        return True
    return False


def entry(books, *, position=0, key="x", day="2025-08-01", back="NULL", recorded="2025-08-01 12:00:00"):
    """Give the statement of an entry after the newest one, by `position` more."""
    place = len(books) + position
    return (
        'INSERT INTO books_entry (id, books_id, position, "key", kind, effective_on, recorded_at, body, takes_back_id)'
        f" VALUES ({books.number * PLACES + place}, {books.number}, {place}, '{key}', 'journal', '{day}', "
        f"'{recorded}', '{{}}', {back})"
    )


def spot(account, contribution="A"):
    return f"(SELECT min(id) FROM books_spot WHERE account = '{account}' AND contribution = '{contribution}')"


def posting(books, number, where, amount, day="2025-08-01", position=0):
    return (
        "INSERT INTO books_posting (entry_id, number, spot_id, amount, effective_on) VALUES "
        f"({books.number * PLACES + len(books) + position}, {number}, {where}, {amount}, '{day}')"
    )


def grow(books, position=0):
    number = books.number * PLACES + len(books) + position
    return f"UPDATE books SET size = size + 1, newest_id = {number}, peaks = peaks WHERE id = {books.number}"


def seal(books, position=0):
    empty = "x''" if connection.vendor == "sqlite" else "''"
    number = books.number * PLACES + len(books) + position
    return f"INSERT INTO books_seal (id, leaf, root) VALUES ({number}, {empty}, {empty})"


def two(books, amount=1, origin="pledged", target="committed", **more):
    return posting(books, 0, spot(origin), -amount, **more), posting(books, 1, spot(target), amount, **more)


def test_an_entry_that_keeps_the_rules_can_be_written_by_hand(books):
    """So what is refused below is refused for the one thing that is wrong with it."""
    ends = ("source", "pledged")

    run(entry(books), *two(books, 5, *ends), grow(books), seal(books))

    assert 5 == sum(m for s, m in books.balances().items() if s.account == "pledged")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(books, table):
    assert is_refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        assert is_refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", FROZEN)
def test_nothing_that_was_entered_is_changed(books, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in cursor.description]
    for column in columns:
        assert is_refused(f'UPDATE {table} SET "{column}" = "{column}"')


BENT = {
    "an entry without a seal": lambda b: (entry(b), *two(b, 5, "source", "pledged"), grow(b)),
    "an entry that does not count": lambda b: (entry(b), *two(b, 5, "source", "pledged"), seal(b)),
    "an entry that leaves a gap": lambda b: (
        entry(b, position=1), *two(b, 5, "source", "pledged", position=1), grow(b, 1), seal(b, 1),
    ),
    "an entry recorded before the one that it follows": lambda b: (
        entry(b, recorded="2025-07-01 11:59:59.999999"), *two(b, 5, "source", "pledged"), grow(b), seal(b),
    ),
    "a log that grows by nothing": lambda b: (grow(b),),
    "a log that is shortened": lambda b: ("UPDATE books SET size = size - 1, newest_id = newest_id - 1",),
    "other peaks": lambda b: ("UPDATE books SET peaks = (SELECT root FROM books_seal LIMIT 1)",),
    "no posting": lambda b: (entry(b), grow(b), seal(b)),
    "one posting": lambda b: (entry(b), posting(b, 0, spot("source"), -5), grow(b), seal(b)),
    "a posting of nothing": lambda b: (entry(b), *two(b, 0, "source", "pledged"), grow(b), seal(b)),
    "a posting beyond all amounts": lambda b: (entry(b), *two(b, 10**17, "source", "pledged"), grow(b), seal(b)),
    "a sum that is not zero": lambda b: (
        entry(b), posting(b, 0, spot("source"), -5), posting(b, 1, spot("pledged"), 6), grow(b), seal(b),
    ),
    "money of one contribution for another": lambda b: (
        entry(b), posting(b, 0, spot("source"), -5), posting(b, 1, spot("pledged", "B"), 5), grow(b), seal(b),
    ),
    "below zero": lambda b: (entry(b), *two(b, 1, "pledged", "source"), grow(b), seal(b)),
    "another day than the entry": lambda b: (
        entry(b), *two(b, 5, "source", "pledged", day="2025-08-02"), grow(b), seal(b),
    ),
    "a key again": lambda b: (entry(b, key="e1"), *two(b, 5, "source", "pledged"), grow(b), seal(b)),
    "a posting after the seal": lambda b: (
        entry(b), *two(b, 5, "source", "pledged"), grow(b), seal(b), posting(b, 2, spot("source"), 5),
    ),
    "a posting to an old entry": lambda b: (posting(b, 9, spot("source"), 5, "2025-07-01", -1),),
    "taking back what comes later": lambda b: (
        entry(b, back=str(b.number * PLACES + len(b))), *two(b, 5, "source", "pledged"), grow(b), seal(b),
    ),
    "a balance by hand": lambda b: ("UPDATE books_spot SET balance = balance + 1",),
    "a balance by hand, with a later entry": lambda b: (
        "UPDATE books_spot SET balance = balance + 1, changed_by = changed_by + 1",
    ),
    "units by hand": lambda b: ("UPDATE books_bin SET units = units + 1",),
    "another name of an account": lambda b: ("UPDATE books_spot SET contribution = 'Z'",),
    "a new account with money in it": lambda b: (
        "INSERT INTO books_spot (books_id, account, contribution, currency, line, lot, balance, changed_by) "
        f"VALUES ({b.number}, 'pledged', 'Z', 'USD', '', '', 5, -1)",
    ),
    "an account that does not exist": lambda b: (
        "INSERT INTO books_spot (books_id, account, contribution, currency, line, lot, balance, changed_by) "
        f"VALUES ({b.number}, 'pocket', 'Z', 'USD', '', '', 0, -1)",
    ),
    "delivered money without a lot": lambda b: (
        "INSERT INTO books_spot (books_id, account, contribution, currency, line, lot, balance, changed_by) "
        f"VALUES ({b.number}, 'delivered', 'Z', 'USD', 'L1', '', 0, -1)",
    ),
    "free money with a line": lambda b: (
        "INSERT INTO books_spot (books_id, account, contribution, currency, line, lot, balance, changed_by) "
        f"VALUES ({b.number}, 'available', 'Z', 'USD', 'L1', '', 0, -1)",
    ),
    "units from nowhere": lambda b: (
        entry(b),
        *two(b, 5, "source", "pledged"),
        "INSERT INTO books_goods (entry_id, number, bin_id, units) "
        f"SELECT {b.number * PLACES + len(b)}, 0, min(id), 5 FROM books_bin",
        grow(b),
        seal(b),
    ),
    "another private text": lambda b: ("UPDATE books_private SET text = 'other', salt = 'other'",),
    "another hash of a private text": lambda b: (
        "UPDATE books_private SET commitment = 'x', text = NULL, salt = NULL",
    ),
    "new books that are not empty": lambda b: (
        "INSERT INTO books (programme_id, currencies, public, size, peaks, newest_id) "
        "SELECT programme_id + 1, '', public, 1, peaks, newest_id FROM books",
    ),
}  # fmt: skip
ON_SQLITE = {
    "an entry put in the place of another": lambda b: (
        entry(b, position=-1).replace("INSERT", "INSERT OR REPLACE", 1),
    ),
    "a posting put in the place of another": lambda b: (
        posting(b, 0, spot("source"), 5, "2025-07-01", -1).replace("INSERT", "INSERT OR REPLACE", 1),
    ),
    "a seal put in the place of another": lambda b: (seal(b, -1).replace("INSERT", "INSERT OR REPLACE", 1),),
    "an account put in the place of another": lambda b: (
        "INSERT OR REPLACE INTO books_spot (id, books_id, account, contribution, currency, line, lot, balance, "
        "changed_by) SELECT id, books_id, account, contribution, currency, line, lot, 0, changed_by FROM books_spot",
    ),
    "an amount that is a fraction": lambda b: (
        entry(b), *two(b, 0.5, "source", "pledged"), grow(b), seal(b),
    ),
    "an amount that is a text": lambda b: (
        entry(b), posting(b, 0, spot("source"), "'five'"), posting(b, 1, spot("pledged"), 5), grow(b), seal(b),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BENT)
def test_what_breaks_a_rule_is_refused(books, name):
    before = books.root(), books.balances()

    assert is_refused(*BENT[name](books))
    assert before == (books_of("harbour", MACHINE).root(), books.balances())


@pytest.mark.parametrize("name", ON_SQLITE)
def test_what_only_sqlite_would_let_through_is_refused(books, name):
    if connection.vendor != "sqlite":
        pytest.skip("this is said in the words of SQLite")

    assert is_refused(*ON_SQLITE[name](books))


def test_a_private_text_can_be_erased_and_the_books_still_verify(books):
    run("UPDATE books_private SET text = NULL, salt = NULL")

    assert () == books_of("harbour", MACHINE).verify().problems


def test_a_guard_that_is_gone_is_found(books):
    on = "" if connection.vendor == "sqlite" else " ON books_spot"
    assert [] == guards.missing(connection)

    run(f"DROP TRIGGER books_spot_moves{on}")

    assert ["books_spot_moves"] == guards.missing(connection)
    (problem,) = books.verify().problems
    assert problem.startswith("the guard books_spot_moves is not in place")


def test_a_guard_that_does_nothing_any_more_is_found(books):
    """It has its name and stands at its table, and refuses nothing."""
    if connection.vendor == "sqlite":
        run("DROP TRIGGER books_new")
        run(
            "CREATE TRIGGER books_new BEFORE INSERT ON books WHEN NEW.size < 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    else:
        run("DROP TRIGGER books_new ON books")
        run(
            "CREATE TRIGGER books_new BEFORE INSERT ON books FOR EACH ROW WHEN (NEW.size < 0) "
            "EXECUTE FUNCTION books_refuse_filled()"
        )

    assert ["books_new"] == guards.missing(connection)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no functions")
@pytest.mark.parametrize("decoy", [False, True])
def test_a_guard_that_asks_another_function_is_found(books, decoy):
    said = "BEGIN RETURN NEW; END"
    if decoy:
        run("CREATE SCHEMA elsewhere")
        run(
            f"CREATE FUNCTION elsewhere.books_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {said} $$"
        )
        run("DROP TRIGGER books_entry_stays ON books_entry")
        run(
            "CREATE TRIGGER books_entry_stays BEFORE DELETE ON books_entry "
            "FOR EACH ROW EXECUTE FUNCTION elsewhere.books_refuse_change()"
        )
        assert ["books_entry_stays"] == guards.missing(connection)
    else:
        run(
            f"CREATE OR REPLACE FUNCTION books_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {said} $$"
        )
        assert ["books_refuse_change"] == guards.missing(connection)


@pytest.mark.parametrize(
    ("column", "value"),
    [("currencies", "USD XXX"), ("public", "NOT public"), ("digest", None), ("programme_id", "other")],
)
def test_what_was_settled_when_the_books_were_opened_cannot_be_changed_unseen(books, column, value):
    if value == "other":
        load_record(
            programme=a_programme(slug="elsewhere"),
            record=PublicRecord(),
            prune=False,
            today=date(2026, 1, 1),
            by="a test",
        )
        on = "" if connection.vendor == "sqlite" else " ON books"
        run(f"DROP TRIGGER books_grows{on}")
        changed = "(SELECT id FROM records_programmerecord WHERE slug = 'elsewhere')"
    else:
        changed = value if value == "NOT public" else "NULL" if value is None else f"'{value}'"

    run(f"UPDATE books SET {column} = {changed}")

    assert any("those of their opening" in problem for problem in books.verify().problems)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="definitions are text in a file of SQLite only")
def test_a_damaged_definition_of_a_table_is_found(books):
    """A comma where a letter was can be a column more; all rows are as they were."""
    assert [] == guards.changed_tables(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'bigint NOT NULL CHECK', 'bigint CHECK') "
            "WHERE name = 'books_posting'"
        )
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'amount', 'Amount') WHERE name = 'books_posting'"
        )
        cursor.execute("PRAGMA writable_schema = OFF")

    assert ["books_posting"] == guards.changed_tables(connection)
    assert any("books_posting" in problem for problem in books.verify().problems)
