"""The registers that many tests ask: the shipped one, and an invented one for its edges."""

from pathlib import Path

import pytest

from pledgeline.guarantees import Register, read_folder

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "src" / "pledgeline" / "data" / "guarantees"


@pytest.fixture(scope="session")
def shipped() -> Register:
    register = read_folder(SHIPPED).register
    assert register is not None
    return register


@pytest.fixture(scope="session")
def edges() -> Register:
    register = read_folder(HERE / "register", words_from=SHIPPED).register
    assert register is not None
    return register


@pytest.fixture(scope="session")
def second() -> Register:
    register = read_folder(HERE / "register-two", words_from=SHIPPED).register
    assert register is not None
    return register


@pytest.fixture(scope="session")
def third() -> Register:
    register = read_folder(HERE / "register-three", words_from=SHIPPED).register
    assert register is not None
    return register
