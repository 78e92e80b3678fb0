"""Attacks on an export, and what the verifier says that a partner runs on it.

Whoever keeps the books can write any file. What a partner can rely on is the checkpoint it kept and the
key it was given; everything else that is wrong with a file is found by computing it again.
"""

import io
import json
import sys

import pytest

from pledgeline.exchange.books import to_export
from pledgeline.ledger import SigningKey, verifier
from pledgeline.ledger.checkpoints import checkpoint_of
from pledgeline.ledger.verifier import canonical, leaf_hash, read_checkpoint, root_of, verify_export
from tests.ledger.stories import DELIVERED, FUNDED, written

KEY = SigningKey(name="books.example", secret=bytes(range(32)))
OTHER = SigningKey(name="books.example", secret=bytes(32))
MORE = "2025-08-01 pledge id=z1 contribution=Z partner=P9 currency=USD amount=1"


def book():
    return written(DELIVERED)


def exported(ours=None, keys=(KEY,), origin="books.example"):
    return list(to_export(ours or book(), origin=origin, keys=keys))


def kept(size=None, ours=None, keys=(KEY,), origin="books.example"):
    return read_checkpoint((ours or book()).checkpoint(origin=origin, keys=keys, size=size))


def problems(lines, *saved):
    return " / ".join(verify_export(lines, saved).problems)


def run(tmp_path, lines, *arguments, capsys):
    """Run it as a partner does; give the exit code and what it wrote."""
    path = tmp_path / "books.jsonl"
    path.write_bytes(b"".join(lines))
    code = verifier.main([str(path), *map(str, arguments)])
    return code, capsys.readouterr().out


# Entries


def test_the_books_as_they_are_have_no_problem():
    assert "" == problems(exported(), kept(), kept(5), kept(0))


@pytest.mark.parametrize("size", range(1, 10))
def test_a_tail_that_was_cut_off_and_vouched_for_anew_is_found_by_a_later_checkpoint(size):
    lines = exported()
    shorter = [
        *lines[: size + 1],
        canonical({"checkpoint": book().checkpoint(origin="books.example", size=size)}),
    ]

    assert "" == problems(shorter)
    assert "entries are missing" in problems(shorter, kept(size + 1))


def test_entries_that_changed_places_are_found():
    lines = exported()
    for number in range(1, len(lines) - 2):
        swapped = [*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]]
        assert "should have position" in problems(swapped)


def test_entries_that_changed_places_and_numbers_are_found_by_the_checkpoint():
    rows = [json.loads(line) for line in exported()]
    rows[1]["leaf"], rows[3]["leaf"] = rows[3]["leaf"], rows[1]["leaf"]
    rows[1]["leaf"]["position"], rows[3]["leaf"]["position"] = 0, 2
    lines = [canonical(row) for row in rows]

    assert "another root" in problems(lines, kept(3))


def test_an_entry_that_stands_twice_or_after_the_end_is_found():
    lines = exported()

    assert "should have position" in problems([*lines[:2], *lines[1:]])
    assert "after the checkpoint" in problems([*lines, lines[-2]])
    assert "after the checkpoint" in problems([*lines, lines[-1]])
    assert "neither" in problems([lines[0], *lines])


def moved(number, *changes):
    """Change postings of one entry, and say what is found: nobody vouched for anything but the end."""
    lines = exported()
    row = json.loads(lines[number])
    for place, change in enumerate(changes):
        row["leaf"]["postings"][place].update(change)
    return problems([*lines[:number], canonical(row), *lines[number + 1 :]])


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (2, ({}, {"contribution": "B"})),  # A signs, and B may spend
        (2, ({}, {"currency": "EUR"})),  # dollars are promised, euros are signed
        (2, ({}, {"account": "bank"})),  # a promise turns up in the bank
        (2, ({"account": "contributions"}, {})),  # income is booked, and a stage rises
    ],
)
def test_money_does_not_change_its_owner_its_currency_or_its_book(number, changes):
    assert "does not add up to zero for each contribution and currency" in moved(number, *changes)


def test_units_do_not_change_their_line_or_their_currency():
    """Line L1 loses three units, and another line receives a lot of three."""
    lines = exported()
    for name, other in (("line", "L2"), ("currency", "EUR")):
        row = json.loads(lines[10])
        row["leaf"]["goods"][1][name] = other
        assert "do not add up to zero" in problems([*lines[:10], canonical(row), *lines[11:]])


def test_books_in_which_all_is_delivered_and_all_is_spent_have_no_problem():
    """To take the last unit and the last cent leaves nothing there, which is not below zero."""
    ours = written("2025-07-05 deliver id=d2 line=L1 lot=D2 currency=USD qty=2 cost=200", book())

    assert "" == problems(exported(ours))


# The text of a line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"position":0', b'"position": 0'),
        (b'"position":0', b'"position":0.0'),
        (b'"position":0', b'"position":0e0'),
        (b'"position":0', b'"position":-0'),
        (b'"position":0', b'"position":false'),
        (b'"position":0', b'"position":null'),
        (b'"position":0', b'"position":' + b"9" * 5000),
        (b'"position":0', b'"position":0,"position":0'),
        (b'"private":{}', b'"private":{},"private":{}'),
        (b'"currency":"USD"', b'"currency":"USD","currency":"USD"'),
        (b'"USD"', b'"\\u0055SD"'),
        (b'"USD"', b'"USD\\u200b"'),
        (b'"USD"', b'"\\ud800"'),
        (b'"-600"', b'"-6e2"'),
        (b'"-600"', b'"-0600"'),
        (b'"-600"', b'"\\u2212600"'),
        (b'"-600"', '"-６００"'.encode()),
        (b'"-600"', b'"-600 "'),
        (b'"-600"', b'"-6_00"'),
        (b'"-600"', b"-600"),
        (b'"-600"', b'"-' + b"9" * 30 + b'"'),
        (b'"-600"', b'"-' + b"9" * 5000 + b'"'),
        (b'{"leaf"', b'\xef\xbb\xbf{"leaf"'),
        (b'{"leaf"', b'{"Leaf"'),
        (b'"leaf":{', b'"leaf":' + b'{"x":' * 3000 + b"{"),
        (b'"USD"', b'"\xff"'),
    ],
)
def test_a_line_is_written_in_one_way_only(old, new):
    lines = exported()
    assert old in lines[1]

    assert problems([lines[0], lines[1].replace(old, new, 1), *lines[2:]])


def test_names_in_another_order_are_another_text():
    lines = exported()
    row = json.loads(lines[1])
    turned = json.dumps(dict(reversed(row.items())), separators=(",", ":")).encode()

    assert "canonical" in problems([lines[0], turned, *lines[2:]])


def test_an_amount_has_nineteen_digits_at_most():
    """What a column of 64 bits holds; a longer text is no amount, however it adds up."""
    for digits, wrong in ((19, "below zero"), (20, "is no amount")):
        number = "9" * digits
        said = moved(3, {"amount": f"-{number}"}, {"amount": number})
        assert wrong in said


# Checkpoints


def test_a_checkpoint_of_no_entries_has_the_root_of_nothing():
    """All books begin there; another root, or balances before the first entry, are made up."""
    true = kept(0)
    forged = {
        "another root": {"root": bytes(32), "trial_balance": true.trial_balance},
        "other balances": {"root": true.root, "trial_balance": bytes(32)},
    }
    for value, given in forged.items():
        note = checkpoint_of(origin="books.example", size=0, keys=(), **given)
        assert value in problems(exported(), read_checkpoint(note))


def test_a_checkpoint_needs_three_lines_and_no_more():
    """The trial balance is ours; other logs sign an origin, a size and a root."""
    origin, size, root = kept().text.split("\n")[:3]

    read = read_checkpoint(f"{origin}\n{size}\n{root}\n\n")
    assert ("books.example", 10, kept().root, None) == read[:4]
    assert "" == problems(exported(), read)
    with pytest.raises(verifier.Wrong, match="begins with three lines"):
        read_checkpoint(f"{origin}\n{size}\n\n")


def test_a_number_of_entries_has_eighteen_digits_at_most():
    note = book().checkpoint(origin="books.example")

    assert 10**18 - 1 == read_checkpoint(note.replace("\n10\n", f"\n{'9' * 18}\n")).size
    for wrong in ("9" * 19, "ten"):
        with pytest.raises(verifier.Wrong, match=f"“{wrong}” is no number of entries"):
            read_checkpoint(note.replace("\n10\n", f"\n{wrong}\n"))


def test_a_checkpoint_of_other_books_is_said():
    """Also one of no entries, whose root all books have."""
    for size in (0, 5, 10):
        assert "is of other books" in problems(exported(), kept(size, origin="others.example"))
    assert "another root" in problems(exported(), kept(7, ours=written(MORE, written(FUNDED))))


def test_a_checkpoint_with_the_right_root_and_other_balances_is_found_at_any_size():
    for size in (3, 10):
        true = kept(size)
        forged = checkpoint_of(
            origin="books.example", size=size, root=true.root, trial_balance=bytes(32), keys=()
        )
        assert "other balances" in problems(exported(), read_checkpoint(forged))


@pytest.mark.parametrize(
    "bend",
    [
        lambda note: note.replace("\n10\n", "\n010\n"),
        lambda note: note.replace("\n10\n", "\n1e1\n"),
        lambda note: note.replace("\n10\n", "\n+10\n"),
        lambda note: note.replace("\n10\n", "\n１０\n"),
        lambda note: note.replace("\n10\n", "\n" + "9" * 5000 + "\n"),
        lambda note: note.replace("trial-balance ", "trial-balance " + "A" * 43 + "=\ntrial-balance "),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("— ", "- "),
        lambda note: note[: note.rindex("=")],
        lambda note: note.replace("\n", "\u2028", 1),
        lambda note: note.replace("\n", "\x0b", 1),
        lambda note: "",
    ],
)
def test_a_checkpoint_is_written_in_one_way_only(bend):
    note = book().checkpoint(origin="books.example", keys=[KEY])
    bent = bend(note)
    assert bent != note

    with pytest.raises(verifier.Wrong):
        read_checkpoint(bent)


def test_what_one_key_signed_is_not_signed_by_another():
    note = book().checkpoint(origin="books.example", keys=[KEY])
    for forged in (
        note.replace("\n10\n", "\n9\n"),
        note.replace("books.example\n10", "books.example \n10"),
        book().checkpoint(origin="books.example", keys=[OTHER]),
        book().checkpoint(origin="books.example"),
    ):
        assert not verifier.is_vouched_for(read_checkpoint(forged), KEY.public_text)
    assert verifier.is_vouched_for(read_checkpoint(note), KEY.public_text)


def test_several_signatures_are_fine_where_one_of_them_is_ours():
    note = book().checkpoint(origin="books.example", keys=[OTHER])
    both = note + book().checkpoint(origin="books.example", keys=[KEY]).partition("\n\n")[2]

    assert verifier.is_vouched_for(read_checkpoint(both), KEY.public_text)
    assert verifier.is_vouched_for(read_checkpoint(both), OTHER.public_text)


# As a partner runs it


@pytest.mark.parametrize("keys", [(), (OTHER,)])
def test_entries_since_the_kept_checkpoint_need_the_signature_of_the_key(keys, tmp_path, capsys):
    """The part that the partner knows is untouched; what comes after it was made up, and nobody signed it."""
    path = tmp_path / "kept.txt"
    path.write_text(book().checkpoint(origin="books.example", keys=[KEY]), encoding="utf-8")
    longer = written(MORE, book())
    arguments = ("--checkpoint", path, "--key", KEY.public_text)

    code, out = run(tmp_path, exported(longer, keys), *arguments, capsys=capsys)
    assert 1 == code
    assert "WRONG  the checkpoint of 11 entries (books.example) is not signed with that key" in out
    assert 1 == run(tmp_path, exported(longer, keys), "--key", KEY.public_text, capsys=capsys)[0]

    assert 0 == run(tmp_path, exported(longer), *arguments, capsys=capsys)[0]


def test_a_checkpoint_that_went_through_an_editor_still_counts(tmp_path, capsys):
    note = book().checkpoint(origin="books.example", keys=[KEY])
    path = tmp_path / "kept.txt"
    for content in (
        b"\xef\xbb\xbf" + note.encode(),
        note.replace("\n", "\r\n").encode(),
        note.rstrip().encode(),
    ):
        path.write_bytes(content)
        arguments = ("--checkpoint", path, "--key", KEY.public_text)
        assert 0 == run(tmp_path, exported(), *arguments, capsys=capsys)[0]


@pytest.mark.parametrize(
    "name", ["Z\n10 entries, root AAAA\nverified\n", "Z\x1b[2K\rverified", "Z\u202edeifirev"]
)
def test_nothing_in_a_file_can_pass_for_a_line_of_the_verifier(name, tmp_path, capsys):
    rows = [json.loads(line) for line in exported()]
    for posting in rows[6]["leaf"]["postings"]:
        posting["contribution"] = name
    code, out = run(tmp_path, [canonical(row) + b"\n" for row in rows], capsys=capsys)

    assert 1 == code
    assert ["NOT VERIFIED"] == [line for line in out.splitlines() if line.lower().endswith("verified")]
    assert out.replace("\n", "").isprintable()
    assert "Z\\u" in out


def test_the_verifier_writes_to_a_terminal_that_knows_few_letters(tmp_path, monkeypatch):
    poor = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", poor)
    lines = exported(origin="книги.example", keys=())
    path = tmp_path / "books.jsonl"
    path.write_bytes(b"".join(lines[:-1]))

    assert 1 == verifier.main([str(path)])
    poor.flush()
    assert b"NOT VERIFIED" in poor.buffer.getvalue()


def test_a_name_in_another_script_is_written_where_the_terminal_knows_it(tmp_path, monkeypatch):
    rich = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", rich)
    path = tmp_path / "books.jsonl"
    path.write_bytes(b"".join(exported(origin="книги.example", keys=())))

    assert 1 == verifier.main([str(path), "--key", KEY.public_text])
    rich.flush()
    assert "(книги.example) is not signed" in rich.buffer.getvalue().decode()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\xff", b"[]", b"1", b'"', b"{}", b"[" * 100_000])
def test_a_file_that_is_no_export_is_said(content, tmp_path, capsys):
    code, out = run(tmp_path, [content], capsys=capsys)

    assert (1, True) == (code, out.endswith("NOT VERIFIED\n"))
    path = tmp_path / "kept.txt"
    path.write_bytes(content)
    assert 2 == run(tmp_path, exported(), "--checkpoint", path, capsys=capsys)[0]
    assert 2 == verifier.main([str(tmp_path)])
    assert 2 == run(tmp_path, exported(), "--key", "no key", capsys=capsys)[0]


def test_the_root_is_that_of_the_leaves_in_the_file():
    lines = exported()

    leaves = [leaf_hash(canonical(json.loads(line)["leaf"])) for line in lines[1:-1]]

    assert root_of(leaves) == verify_export(lines).root
