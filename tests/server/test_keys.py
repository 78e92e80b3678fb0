"""Where the secrets of an installation come from, and what is said where one cannot be used."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.signing import BadSignature, dumps, loads

from pledgeline.ledger import SigningKey
from pledgeline.server.keys import KeyUnusable, books_key, secret_keys, witness_keys

OLD, NEW = "an-old-secret-of-more-than-32-letters", "a-new-secret-of-more-than-32-letters"
KEY = f"books.example {'5a' * 32}"


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    for name in ("SECRET_KEY", "BOOKS_KEY"):
        monkeypatch.delenv(f"PLEDGELINE_{name}", raising=False)
        monkeypatch.delenv(f"PLEDGELINE_{name}_FILE", raising=False)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.delenv("PLEDGELINE_WITNESS_KEYS", raising=False)


def test_the_secret_is_made_once_and_is_for_the_owner_alone(tmp_path: Path):
    (first,) = secret_keys(tmp_path)

    assert len(first) >= 50
    assert secret_keys(tmp_path) == [first]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_get_one_secret(tmp_path: Path):
    with ThreadPoolExecutor(16) as pool:
        found = {key for (key,) in pool.map(lambda _: secret_keys(tmp_path), range(64))}

    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_the_environment_holds_a_secret_or_names_its_file_before_the_home_is_asked(tmp_path, monkeypatch):
    (tmp_path / "secret-key").write_text("one-in-the-home-folder-of-more-than-32")
    (tmp_path / "books.key").write_text(f"home {'01' * 32}")
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "secret-key").write_text(OLD)
    (credentials / "books.key").write_text(KEY)

    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert ([OLD], KEY) == (secret_keys(tmp_path), books_key(tmp_path))

    for name, content in (("SECRET_KEY", NEW), ("BOOKS_KEY", f"file {'02' * 32}")):
        (tmp_path / name).write_text(f"{content}\n")
        monkeypatch.setenv(f"PLEDGELINE_{name}_FILE", str(tmp_path / name))
    assert ([NEW], f"file {'02' * 32}\n") == (secret_keys(tmp_path), books_key(tmp_path))

    monkeypatch.setenv("PLEDGELINE_SECRET_KEY", OLD)
    with pytest.raises(KeyUnusable, match="PLEDGELINE_SECRET_KEY_FILE are both set"):
        secret_keys(tmp_path)
    monkeypatch.delenv("PLEDGELINE_SECRET_KEY_FILE")
    assert [OLD] == secret_keys(tmp_path)


def test_an_installation_without_a_key_of_its_books_has_none(tmp_path):
    assert "" == books_key(tmp_path)


def test_a_secret_is_replaced_and_what_the_old_one_signed_still_counts(tmp_path, settings):
    (tmp_path / "secret-key").write_text(f"{OLD}\n")
    (settings.SECRET_KEY,) = secret_keys(tmp_path)
    signed = dumps("a link that somebody was sent")

    (tmp_path / "secret-key").write_text(f"{NEW}\n{OLD}\n")
    settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = secret_keys(tmp_path)
    assert "a link that somebody was sent" == loads(signed)
    assert dumps("x").split(":")[-1] != signed.split(":")[-1]

    (tmp_path / "secret-key").write_text(f"{NEW}\n")
    settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = secret_keys(tmp_path)
    with pytest.raises(BadSignature):
        loads(signed)


@pytest.mark.parametrize("content", ["", "\n", "short", f"{OLD}\nshort"])
def test_a_secret_that_can_be_guessed_is_refused_without_being_shown(tmp_path, content):
    (tmp_path / "secret-key").write_text(content)

    with pytest.raises(KeyUnusable, match="holds no secret of 32 characters or more") as refused:
        secret_keys(tmp_path)
    assert str(tmp_path / "secret-key") in str(refused.value)
    assert "short" not in str(refused.value)


@pytest.mark.parametrize(
    "content", ["books.example", "books.example 5a5a", f"books.example {'zz' * 32}", "a+b+c"]
)
def test_a_key_of_the_books_that_is_none_is_refused_without_being_shown(tmp_path, content):
    (tmp_path / "books.key").write_text(content)

    with pytest.raises(KeyUnusable, match="line 1 is no key") as refused:
        books_key(tmp_path)
    assert "5a5a" not in str(refused.value)


def test_a_file_that_is_named_has_to_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("PLEDGELINE_BOOKS_KEY_FILE", str(tmp_path / "nothing"))
    with pytest.raises(KeyUnusable, match="No such file"):
        books_key(tmp_path)

    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("PLEDGELINE_BOOKS_KEY_FILE", str(tmp_path / "bytes"))
    with pytest.raises(KeyUnusable, match="not text in UTF-8"):
        books_key(tmp_path)


def test_witnesses_are_known_by_their_keys(monkeypatch):
    key = SigningKey(name="witness.example", secret=bytes(32))
    monkeypatch.setenv("PLEDGELINE_WITNESS_KEYS", f"{key.witness_text} {key.witness_text}")
    assert [key.witness_text] * 2 == witness_keys()

    monkeypatch.setenv("PLEDGELINE_WITNESS_KEYS", key.public_text)
    with pytest.raises(KeyUnusable, match=r"PLEDGELINE_WITNESS_KEYS: .* is no Ed25519 key of a witness"):
        witness_keys()
