"""The tree, its proofs, checkpoints and the verifier: what is changed is found."""

import base64
import hashlib
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.exchange.books import NotBooks, from_export, to_export
from pledgeline.ledger import Private, SigningKey, enter, read_event, verifier
from pledgeline.ledger.checkpoints import checkpoint_of
from pledgeline.ledger.proofs import Tree
from pledgeline.ledger.verifier import (
    Peaks,
    Wrong,
    canonical,
    is_consistent,
    is_included,
    is_signed,
    is_vouched_for,
    leaf_hash,
    node_hash,
    read_checkpoint,
    root_of,
    verify_export,
)
from tests.examples import examples
from tests.ledger.stories import DELIVERED, FUNDED, TODAY, submit, written

KEY = SigningKey(name="books.example", secret=bytes(range(32)))


def leaves(number):
    return [leaf_hash(str(each).encode()) for each in range(number)]


# The tree


def test_the_tree_of_rfc_6962_has_the_roots_of_its_test_vectors():
    """Source: the test vectors of the Certificate Transparency project for RFC 6962."""
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    tree = Tree(leaf_hash(bytes.fromhex(text)) for text in inputs)

    assert roots == [tree.root(size).hex() for size in range(1, 9)]
    assert hashlib.sha256().digest() == tree.root(0)
    assert root_of([]) == tree.root(0)


def test_a_proof_is_as_long_as_the_tree_is_high():
    tree = Tree(leaves(1000))

    assert 10 == len(tree.inclusion(0))
    assert [] == Tree(leaves(1)).inclusion(0)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 6, 7, 8, 11, 64, 65])
def test_a_tree_goes_on_from_its_peaks(size):
    """Who kept one hash for each full subtree can append as if all leaves were there."""
    began = Peaks()
    for leaf in leaves(size):
        began.add(leaf)

    kept = Peaks(size, began.hashes)
    kept.add(leaf_hash(b"next"))

    assert bin(size).count("1") == len(began.hashes)
    assert Tree([*leaves(size), leaf_hash(b"next")]).root() == kept.root()
    assert (size, size + 1) == (began.size, kept.size)


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65])
def test_every_leaf_is_proved_and_nothing_else(size):
    tree = Tree(leaves(size))
    root = tree.root()
    for position, leaf in enumerate(leaves(size)):
        proof = tree.inclusion(position)
        assert is_included(leaf, position, size, proof, root)
        assert not is_included(leaf_hash(b"another"), position, size, proof, root)
        assert not is_included(leaf, position, size, proof, leaf_hash(b"another"))
        assert not is_included(leaf, position, size, [*proof, root], root)
        assert not is_included(leaf, size, size, proof, root)
        assert not is_included(leaf, -1, size, proof, root)
        for other in range(size):
            if other != position:
                assert not is_included(leaf, other, size, proof, root)
        for place in range(len(proof)):
            bent = [*proof[:place], node_hash(proof[place], b""), *proof[place + 1 :]]
            assert not is_included(leaf, position, size, bent, root)
            assert not is_included(leaf, position, size, proof[:place], root)


@pytest.mark.parametrize("size", [*range(20), 31, 32, 33])
def test_every_older_tree_is_proved_to_be_the_beginning(size):
    tree = Tree(leaves(size))
    for old in range(size + 1):
        proof = tree.consistency(old)
        roots = tree.root(old), tree.root(size)
        assert is_consistent(old, roots[0], size, roots[1], proof)
        if old == 0:
            assert not is_consistent(0, leaf_hash(b""), size, roots[1], proof) or size == 0
            continue
        assert not is_consistent(old, leaf_hash(b""), size, roots[1], proof)
        assert not is_consistent(old, roots[0], size, leaf_hash(b""), proof)
        assert not is_consistent(old, roots[0], size, roots[1], [*proof, roots[0]])
        assert not is_consistent(size + 1, roots[0], size, roots[1], proof)
        for place in range(len(proof)):
            bent = [*proof[:place], node_hash(proof[place], b""), *proof[place + 1 :]]
            assert not is_consistent(old, roots[0], size, roots[1], bent)
            assert not is_consistent(old, roots[0], size, roots[1], proof[:place])


@given(st.integers(1, 300), st.data())
@settings(max_examples=examples(15), deadline=None)
def test_proofs_of_older_trees_stay_good(size, data):
    tree = Tree(leaves(300))
    old = data.draw(st.integers(1, size))
    position = data.draw(st.integers(0, old - 1))

    assert tree.root(size) == root_of(leaves(size))
    assert is_included(leaves(300)[position], position, old, tree.inclusion(position, old), tree.root(old))
    assert is_consistent(old, tree.root(old), size, tree.root(size), tree.consistency(old, size))


def test_what_the_tree_never_had_is_not_proved():
    tree = Tree(leaves(3))
    for ask in (
        lambda: tree.root(4),
        lambda: tree.root(-1),
        lambda: tree.inclusion(3),
        lambda: tree.inclusion(0, 4),
        lambda: tree.consistency(3, 2),
        lambda: tree.consistency(4),
    ):
        with pytest.raises(ValueError):
            ask()


# Signatures and checkpoints


def test_a_signature_holds_for_one_message_and_one_key():
    signature = KEY.sign(b"message")
    other = SigningKey(name="other", secret=bytes(32))

    assert is_signed(KEY.public, b"message", signature)
    assert not is_signed(KEY.public, b"massage", signature)
    assert not is_signed(other.public, b"message", signature)
    assert not is_signed(KEY.public[:31], b"message", signature)
    assert not is_signed(KEY.public, b"message", signature[:63])
    assert not is_signed(KEY.public, b"message", signature[:32] + b"\xff" * 32)
    for place in range(64):
        bent = bytearray(signature)
        bent[place] ^= 1
        assert not is_signed(KEY.public, b"message", bytes(bent))


def test_a_signature_is_not_written_in_two_ways():
    """Zero and the order of the group are the same multiple of the base; RFC 8032 takes the smaller alone."""
    nothing = (1).to_bytes(32, "little")
    for scalar, holds in ((0, True), (verifier.ORDER, False), (verifier.ORDER + 1, False)):
        signature = nothing + scalar.to_bytes(32, "little")
        assert holds == is_signed(nothing, b"message", signature)


def test_points_that_are_none_sign_nothing():
    for y in (2, verifier.PRIME, verifier.PRIME + 1, 1 | 1 << 255):
        assert not is_signed(y.to_bytes(32, "little"), b"", KEY.sign(b""))


def test_a_key_has_a_name_and_32_bytes():
    for name, secret in (("", bytes(32)), ("a b", bytes(32)), ("a+b", bytes(32)), ("a", bytes(31))):
        with pytest.raises(ValueError):
            SigningKey(name=name, secret=secret)
    assert "0102" not in repr(KEY)


def a_checkpoint(**changes):
    given = {
        "origin": "books.example",
        "size": 3,
        "root": bytes(32),
        "trial_balance": bytes(32),
        "keys": [KEY],
    }
    return checkpoint_of(**{**given, **changes})


def test_a_checkpoint_is_read_as_it_was_written():
    read = read_checkpoint(a_checkpoint())

    assert ("books.example", 3, bytes(32), bytes(32)) == read[:4]
    assert is_vouched_for(read, KEY.public_text)
    assert not is_vouched_for(read, SigningKey(name="books.example", secret=bytes(32)).public_text)
    assert () == read_checkpoint(a_checkpoint(keys=())).signatures
    assert not is_vouched_for(read_checkpoint(a_checkpoint(keys=())), KEY.public_text)


def test_a_checkpoint_with_another_text_is_not_vouched_for():
    bent = a_checkpoint().replace("\n3\n", "\n4\n")

    assert not is_vouched_for(read_checkpoint(bent), KEY.public_text)


def test_a_checkpoint_may_have_lines_that_we_do_not_know():
    note = a_checkpoint(keys=()).replace("trial-balance ", "weather ")

    assert read_checkpoint(note).trial_balance is None


@pytest.mark.parametrize(
    "note",
    [
        "",
        "books\n3\n",
        "books\n3\n\n",
        "\n3\n" + "A" * 43 + "=\n\n",
        "books\nthree\n" + "A" * 43 + "=\n\n",
        "books\n03\n" + "A" * 43 + "=\n\n",
        "books\n" + "9" * 5000 + "\n" + "A" * 43 + "=\n\n",
        "books\n٣\n" + "A" * 43 + "=\n\n",
        "books\n3\n" + "A" * 44 + "\n\n",
        "books\n3\n" + "A" * 42 + "B=\n\n",
        "books\n3\n!!!\n\n",
        "books\n3\n" + "A" * 43 + "=\n\nno signature\n",
        "books\n3\n" + "A" * 43 + "=\n\n— name\n",
        "books\n3\n" + "A" * 43 + "=\n\n— name !!!\n",
        "books\n3\n" + "A" * 43 + "=\ntrial-balance short\n\n",
    ],
)
def test_what_is_no_checkpoint_is_said_to_be_none(note):
    with pytest.raises(Wrong):
        read_checkpoint(note)


@pytest.mark.parametrize(
    "key", ["", "a", "a+b", "a+b+c", "a+00000000+AQ==", KEY.public_text.replace("+", "+0", 1)]
)
def test_what_is_no_key_is_said_to_be_none(key):
    with pytest.raises(Wrong):
        is_vouched_for(read_checkpoint(a_checkpoint()), key)


def test_an_origin_is_one_line():
    for origin in ("", " ", "a\nb"):
        with pytest.raises(ValueError):
            a_checkpoint(origin=origin)


# The books as an export


NOTED = {
    "id": "noted",
    "type": "return_to_partner",
    "contribution": "A",
    "currency": "USD",
    "amount": 7,
    "effective_on": "2025-08-01",
    "recorded_at": "2025-08-01T12:00:00.5+02:00",
    "note": "so it was agreed",
}


def books():
    book = written(DELIVERED + "2025-07-02 refund id=r lot=D1 amount=10\n2025-07-03 correct of=r amount=7")
    event = read_event(NOTED, today=TODAY)
    enter(book, replace(event, private=tuple(replace(text, salt="5a17") for text in event.private)))
    return book


def exported(book=None, **more):
    return list(to_export(book or books(), origin="books.example", keys=[KEY], **more))


def test_an_export_verifies_and_gives_the_same_books_again():
    book = books()

    report = verify_export(exported(book))
    again = from_export(exported(book))

    assert report.problems == ()
    assert (len(book), book.tree.root(), book.trial_balance_hash()) == report[:3]
    assert book.entries == again.entries
    assert book.state.money() == again.state.money()
    assert book.taken_back_by("r") == again.taken_back_by("r")


def test_a_private_text_can_be_left_out_and_the_proof_stays():
    hidden = exported(may_see=lambda entry, text: False)

    assert b"so it was agreed" not in b"".join(hidden)
    assert verify_export(hidden).problems == ()
    assert from_export(hidden).tree.root() == books().tree.root()


def test_a_text_can_be_erased_for_good_and_the_proof_stays():
    book = books()
    entry = book.entries[-1]
    erased = replace(entry, private=tuple(private.erased() for private in entry.private))

    assert entry.leaf_bytes() == erased.leaf_bytes()
    assert "agreed" not in repr(erased)


def test_the_same_text_under_another_salt_has_another_hash():
    assert verifier.commitment("yes", "1") != verifier.commitment("yes", "2")
    assert verifier.commitment("ab", "c") != verifier.commitment("b", "ca")


def test_every_single_bit_of_every_entry_is_guarded():
    """Every bit of every leaf, flipped alone: the verifier finds each, by itself or by the checkpoint."""
    book = written("2025-06-01 pledge contribution=A partner=P1 currency=USD amount=1000 use_by=2025-12-31")
    submit(book, {**NOTED, "type": "commit"})
    lines = exported(book)
    missed = 0
    for number in range(1, len(lines) - 1):
        for place in range(len(lines[number]) - 1):
            for bit in range(8):
                bent = bytearray(lines[number])
                bent[place] ^= 1 << bit
                if not verify_export([*lines[:number], bytes(bent), *lines[number + 1 :]]).problems:
                    missed += 1
    assert 0 == missed


def bent(change, number=1):
    """Change one entry of an export as an insider would: the checkpoint of the file is made anew."""
    lines = exported()
    rows = [json.loads(line) for line in lines]
    change(rows[number])
    content = [canonical(row) + b"\n" for row in rows]
    tree = Tree(leaf_hash(canonical(row["leaf"])) for row in rows[1:-1])
    note = checkpoint_of(
        origin="books.example", size=len(tree), root=tree.root(), trial_balance=_balance(rows), keys=()
    )
    return [*content[:-1], canonical({"checkpoint": note}) + b"\n"]


def _balance(rows):
    sums = {}
    for row in rows[1:-1]:
        for posting in row["leaf"]["postings"]:
            spot = tuple(posting[name] for name in ("account", "contribution", "currency", "line", "lot"))
            sums[spot] = sums.get(spot, 0) + int(posting["amount"])
    return verifier.trial_balance_hash(sums)


def test_an_insider_who_makes_everything_anew_is_found_by_a_kept_checkpoint():
    kept = read_checkpoint(books().checkpoint(origin="books.example", keys=[KEY], size=6))
    changed = bent(lambda row: row["leaf"].update(effective_on="2024-01-01"))

    assert verify_export(changed).problems == ()
    assert [
        "the checkpoint of 6 entries (books.example) has another root: entries up to there were changed"
    ] == [*verify_export(changed, [kept]).problems]
    assert verify_export(exported(), [kept]).problems == ()


def test_a_cut_off_end_is_found():
    lines = exported()
    kept = read_checkpoint(books().checkpoint(origin="books.example"))

    assert "ends without a checkpoint" in verify_export(lines[:-1]).problems[0]
    shorter = written(FUNDED)
    problems = verify_export(exported(shorter), [kept]).problems
    assert "knows more entries than the 6 here" in problems[0]
    assert verify_export([*lines[:3], lines[-1]]).problems


def test_a_checkpoint_with_other_balances_is_found():
    book = books()
    note = checkpoint_of(
        origin="books.example", size=len(book), root=book.tree.root(), trial_balance=bytes(32)
    )

    assert "other balances" in verify_export(exported(book), [read_checkpoint(note)]).problems[0]


def test_a_checkpoint_older_than_the_file_is_not_its_end():
    lines = exported()
    note = books().checkpoint(origin="books.example", size=5)

    problems = verify_export([*lines[:-1], canonical({"checkpoint": note})]).problems
    assert "knows only 5" in problems[-1]


def _posting(row, **changes):
    row["leaf"]["postings"][0].update(changes)


def _goods(row, **changes):
    row["leaf"]["goods"][1].update(changes)


@pytest.mark.parametrize(
    ("number", "change", "problem"),
    [
        (1, lambda row: row.pop("leaf"), "neither an entry nor a checkpoint"),
        (1, lambda row: row.update(leaf=7), "the entry is not as it should be"),
        (1, lambda row: row["leaf"].update(position=7), "should have position 0"),
        (2, lambda row: row["leaf"].update(position=True), "should have position 1"),
        (2, lambda row: row["leaf"].update(key="e1"), "used twice"),
        (2, lambda row: row["leaf"].update(key=7), "“key” is missing"),
        (2, lambda row: row["leaf"].update(takes_back="never"), "takes back"),
        (2, lambda row: _posting(row, amount="-601"), "does not add up to zero"),
        (2, lambda row: row["leaf"]["postings"].pop(), "does not add up to zero"),
        (2, lambda row: row["leaf"].update(postings=[]), "does not add up to zero"),
        (2, lambda row: row["leaf"].update(postings={}), "“postings” is missing"),
        (2, lambda row: row["leaf"].update(postings=[7]), "“postings” is missing"),
        (2, lambda row: _posting(row, amount="-0600"), "is no amount"),
        (2, lambda row: _posting(row, amount="six"), "is no amount"),
        (2, lambda row: _posting(row, amount="0"), "of nothing"),
        (2, lambda row: _posting(row, account="spent"), "to no account"),
        (2, lambda row: _posting(row, account="committed"), "committed"),
        (10, lambda row: _goods(row, units="4"), "units of entry"),
        (10, lambda row: (_goods(row, units="6"), row["leaf"]["goods"][0].update(units="-6")), "below zero"),
        (13, lambda row: row["private"]["note"].update(text="otherwise"), "not the one that was entered"),
        (13, lambda row: row["private"].update(note="otherwise"), "not as it should be"),
        (13, lambda row: row.update(private=[]), "not as they should be"),
        (13, lambda row: row["leaf"].update(private=[]), "not as they should be"),
    ],
)
def test_what_an_entry_may_not_be_is_found_without_any_checkpoint(number, change, problem):
    lines = exported()
    row = json.loads(lines[number])
    change(row)

    problems = verify_export([*lines[:number], canonical(row), *lines[number + 1 :]]).problems

    assert any(problem in wrong for wrong in problems), problems


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (0, b'{"format":"something else"}'),
        (1, b"7"),
        (1, b"not JSON"),
        (1, b'{"leaf":{"a":1,"a":1}}'),
        (1, b'{"leaf":1.5}'),
        (1, b'{"leaf":NaN}'),
        (1, b'"\\ud800"'),
        (1, b"[" * 100_000),
        (13, b'{"checkpoint":7}'),
    ],
)
def test_lines_that_are_no_lines_are_problems(number, line):
    lines = exported()

    assert verify_export([*lines[:number], line, *lines[number + 1 :]]).problems


def test_lines_in_another_order_or_twice_are_problems():
    lines = exported()

    assert verify_export([*lines[:2], lines[3], lines[2], *lines[4:]]).problems
    assert verify_export([*lines[:3], lines[2], *lines[3:]]).problems
    assert verify_export([*lines, lines[1]]).problems
    assert verify_export([]).problems


def test_a_file_full_of_problems_is_not_read_to_its_end():
    lines = exported()

    kept = verify_export(lines).checkpoint
    assert kept is not None
    found = verify_export([lines[0], *[b"7"] * 10_000], [kept]).problems

    assert "line 101: this is not a JSON object" == found[99]
    assert ("line 102 and what follows was not read, after 100 problems",) == found[100:]


def test_books_that_do_not_verify_are_not_taken_over():
    lines = exported()
    with pytest.raises(NotBooks):
        from_export(lines[:-1])
    with pytest.raises(NotBooks, match="cannot be read"):
        from_export(bent(lambda row: row["leaf"].update(effective_on="noon")))
    with pytest.raises(NotBooks, match="cannot be read"):
        from_export(bent(lambda row: row["leaf"].pop("terms")))
    with pytest.raises(NotBooks, match="parts"):
        from_export(bent(lambda row: row["leaf"].update(more="x")))


def test_entries_are_appended_without_gaps_and_once():
    book = books()
    with pytest.raises(ValueError):
        book.append(book.entries[0])
    with pytest.raises(ValueError):
        book.append(replace(book.entries[0], position=len(book)))


def test_the_leaf_has_amounts_as_texts_and_hides_private_ones():
    entry = replace(books().entries[0], private=(Private(name="by", text="somebody", salt="x"),))

    assert b"somebody" not in entry.leaf_bytes()
    assert '"amount":"-600"' in entry.leaf_bytes().decode()


# The verifier as a partner runs it


def run_verifier(*arguments, capsys):
    code = verifier.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_a_partner_verifies_a_file_with_a_kept_checkpoint_and_a_key(tmp_path, capsys):
    path, kept = tmp_path / "books.jsonl", tmp_path / "checkpoint.txt"
    path.write_bytes(b"".join(exported()) + b"\n")
    kept.write_text(books().checkpoint(origin="books.example", keys=[KEY], size=5), encoding="utf-8")

    arguments = (path, "--checkpoint", kept, "--key", KEY.public_text)
    code, out = run_verifier(*arguments, capsys=capsys)
    assert (0, "verified") == (code, out.splitlines()[-1])

    other = SigningKey(name="books.example", secret=bytes(32)).public_text
    code, out = run_verifier(path, "--checkpoint", kept, "--key", other, capsys=capsys)
    assert 1 == code
    assert "not signed with that key" in out

    path.write_bytes(path.read_bytes().replace(b'"600"', b'"601"'))
    code, out = run_verifier(*arguments, capsys=capsys)
    assert (1, "NOT VERIFIED") == (code, out.splitlines()[-1])

    assert 2 == run_verifier(tmp_path / "nothing", capsys=capsys)[0]
    assert 2 == run_verifier(path, "--checkpoint", path, capsys=capsys)[0]


def test_the_verifier_runs_alone(tmp_path):
    """A copy of the one file, with a Python that knows no packages."""
    copy, path = tmp_path / "verifier.py", tmp_path / "books.jsonl"
    with open(verifier.__file__, "rb") as file:
        copy.write_bytes(file.read())
    path.write_bytes(b"".join(exported()))

    done = subprocess.run(
        [sys.executable, "-I", "-S", str(copy), str(path)], capture_output=True, text=True, check=False
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.endswith("verified\n")
    assert base64.b64encode(books().tree.root()).decode() in done.stdout
