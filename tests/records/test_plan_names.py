"""The name of a plan in its address: who may see it is decided by roles, and yet nobody should be able to guess one."""

from math import log2

from pledgeline.records.models.columns import RefField


def test_a_name_holds_more_than_128_bits():
    """64 equally likely letters, of which two pairs are written as one; it held 96 bits before."""
    names = [RefField().get_default() for _ in range(2_000)]
    letters = set("".join(names))
    bits_of_a_letter = 60 / 64 * log2(64) + 4 / 64 * log2(32)

    assert {24} == {len(name) for name in names}
    assert 62 == len(letters)
    assert 24 * bits_of_a_letter > 128
    assert len(names) == len(set(names))
