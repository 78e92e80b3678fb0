"""Keys: a library signs, arithmetic of our own checks, both agree; an old key is known after a new one signs."""

import base64
import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.ledger import KeyRing, SigningKey, keys, verifier
from pledgeline.ledger.checkpoints import checkpoint_of, note_of
from pledgeline.ledger.keys import PublicKey, published, read_key_ring
from pledgeline.ledger.verifier import COSIGNATURE, SIGNATURE, Checkpoint, Wrong, read_checkpoint, read_key
from tests.examples import examples

OLD = SigningKey(name="books.example", secret=bytes(32), since=date(2025, 1, 1))
NEW = SigningKey(name="books.example", secret=bytes(range(32)), since=date(2026, 7, 1))
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_signatures_are_those_of_rfc_8032_and_both_who_check_them_agree(secret, public, message, signature):
    """Source: RFC 8032, section 7.1."""
    key = SigningKey(name="vector", secret=bytes.fromhex(secret))
    said = key.public, bytes.fromhex(message), bytes.fromhex(signature)

    assert public == key.public.hex()
    assert signature == key.sign(bytes.fromhex(message)).hex()
    assert keys.is_signed(*said)
    assert verifier.is_signed(*said)


def test_a_signed_note_of_others_is_read():
    """Source: the example of Go's package golang.org/x/mod/sumdb/note."""
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    signed = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    note = Checkpoint("", 0, b"", None, text, (("PeterNeumann", base64.b64decode(signed)),))

    assert keys.is_vouched_for(note, key)
    assert verifier.is_vouched_for(note, key)
    assert not verifier.is_vouched_for(note._replace(text=f"{text} "), key)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
@settings(max_examples=examples(10), deadline=None)
def test_the_library_and_the_arithmetic_of_the_verifier_agree(secret, message, bit):
    key = SigningKey(name="k", secret=secret)
    signature = key.sign(message)
    another = SigningKey(name="k", secret=hashlib.sha256(secret).digest())
    bent = bytearray(signature)
    bent[bit // 8] ^= 1 << bit % 8

    for check in (keys.is_signed, verifier.is_signed):
        assert check(key.public, message, signature)
        assert not check(key.public, message, bytes(bent))
        assert not check(key.public, message + b"!", signature)
        assert not check(another.public, message, signature)


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65])
def test_keys_and_signatures_of_another_length_are_none_to_both(length):
    for check in (keys.is_signed, verifier.is_signed):
        assert not check(OLD.public, b"", bytes(length))
        assert not check(bytes(length), b"", OLD.sign(b""))


def test_the_verifier_holds_no_code_that_signs():
    with open(verifier.__file__, encoding="utf-8") as file:
        text = file.read()

    assert not hasattr(verifier, "sign")
    assert "secret" not in text.replace("there is no secret that time could tell", "")


def test_a_key_says_which_of_the_two_things_it_signs():
    """The number in the key is the hash of its name, of what it signs and of the key, by C2SP's signed-note."""
    for kind, text in ((SIGNATURE, OLD.public_text), (COSIGNATURE, OLD.witness_text)):
        number = hashlib.sha256(b"books.example\n" + bytes([kind]) + OLD.public).hexdigest()[:8]
        encoded = base64.b64encode(bytes([kind]) + OLD.public).decode()
        assert f"books.example+{number}+{encoded}" == text
        assert ("books.example", OLD.public) == read_key(text, kind)
    with pytest.raises(Wrong, match="no Ed25519 key of a witness"):
        read_key(OLD.public_text, COSIGNATURE)
    with pytest.raises(Wrong, match="no Ed25519 key of books"):
        read_key(OLD.witness_text, SIGNATURE)


def a_note(*signers):
    return checkpoint_of(
        origin="pledgeline/purl", size=3, root=bytes(32), trial_balance=bytes(32), keys=signers
    )


def test_a_new_key_signs_and_what_the_old_one_signed_is_known_by_the_published_list(tmp_path, capsys):
    before = read_checkpoint(a_note(OLD))
    ring = KeyRing(signing=(OLD,)).replaced_by(NEW, date(2026, 7, 1))
    again = read_key_ring("\n".join(ring.lines()))

    assert (NEW,) == again.signing
    assert (PublicKey(text=OLD.public_text, since=date(2025, 1, 1), until=date(2026, 7, 1)),) == again.before
    assert f"{NEW.public_text} 2026-07-01 -\n{OLD.public_text} 2025-01-01 2026-07-01\n" == published(again)
    assert OLD.secret.hex() not in "\n".join(again.lines())
    assert [False, True] == [keys.is_vouched_for(before, key.text) for key in again.public]
    assert [True, False] == [
        keys.is_vouched_for(read_checkpoint(a_note(*again.signing)), key.text) for key in again.public
    ]


def test_two_keys_sign_together_while_partners_change_over():
    note = a_note(
        *read_key_ring(
            f"new {'02' * 32}\n# until everybody has the new one\nold {'01' * 32} 2025-01-01\n"
        ).signing
    )
    checkpoint = read_checkpoint(note)

    assert ["new", "old"] == [name for name, _ in checkpoint.signatures]
    assert note == note_of(checkpoint)


@pytest.mark.parametrize(
    "line",
    [
        "name", "name 5a", f"name {'5a' * 32} yesterday", f"name {'5a' * 32} 2026-01-01 2026-02-01",
        f"{OLD.public_text} 2026-01-01 2026-02-01 2026-03-01", OLD.witness_text, "a+b+c",
    ],
)  # fmt: skip
def test_a_line_that_is_no_key_is_named_and_not_shown(line):
    with pytest.raises(ValueError, match="line 2 is no key") as refused:
        read_key_ring(f"# a remark\n{line}\n")
    assert "5a5a" not in str(refused.value)


def test_a_file_with_nothing_in_it_holds_no_key():
    assert KeyRing() == read_key_ring("\n# nothing yet\n")
    assert "" == published(KeyRing())
