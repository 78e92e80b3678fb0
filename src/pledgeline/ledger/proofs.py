"""The tree over the entries, and proofs from it (RFC 9162, section 2.1).

The tree says nothing that the entries do not say; it makes saying it short. Twenty hashes prove that
one entry stands among a million, and twenty more that last year's books are the beginning of this
year's. Checking such a proof is in `verifier`, which needs nothing from here.
"""

from collections.abc import Iterable

from pledgeline.ledger.verifier import Peaks, node_hash


class Tree:
    """Hashes of leaves in the order of the log. It only grows.

    Hashes of full subtrees are kept by level, so that a root or a proof needs as many steps as the
    tree is high.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Append the hash of a leaf."""
        self._levels[0].append(leaf)
        level = 0
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            left, right = self._levels[level][-2:]
            self._levels[level + 1].append(node_hash(left, right))
            level += 1

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the first `size` leaves, of all when none is given.

        Raises:  ValueError for a size that the tree never had.
        """
        size = self._checked(len(self) if size is None else size)
        return self._subtree(0, size) if size else Peaks().root()

    def inclusion(self, position: int, size: int | None = None) -> list[bytes]:
        """Prove that the leaf at `position` is in the tree of the first `size` leaves.

        Raises:  ValueError for a position that the tree does not have.
        Source:  RFC 9162, section 2.1.3.1
        """
        size = self._checked(len(self) if size is None else size)
        if not 0 <= position < size:
            raise ValueError(f"there is no leaf {position} in a tree of {size}")
        return self._path(position, 0, size)

    def consistency(self, old_size: int, size: int | None = None) -> list[bytes]:
        """Prove that the tree of the first `old_size` leaves is the beginning of the newer one.

        Raises:  ValueError for sizes that the tree never had, or in the wrong order.
        Source:  RFC 9162, section 2.1.4.1
        """
        size = self._checked(len(self) if size is None else size)
        if not 0 <= old_size <= size:
            raise ValueError(f"a tree of {old_size} leaves is not the beginning of one of {size}")
        if old_size in (0, size):
            return []
        return self._between(old_size, 0, size, whole=True)

    def _checked(self, size: int) -> int:
        if not 0 <= size <= len(self):
            raise ValueError(f"the tree has {len(self)} leaves and never had {size}")
        return size

    def _subtree(self, start: int, size: int) -> bytes:
        """Hash `size` leaves from `start`, which is a multiple of every full subtree asked for here."""
        if size & (size - 1) == 0:
            level = size.bit_length() - 1
            return self._levels[level][start >> level]
        half = _half(size)
        return node_hash(self._subtree(start, half), self._subtree(start + half, size - half))

    def _path(self, position: int, start: int, size: int) -> list[bytes]:
        if size == 1:
            return []
        half = _half(size)
        if position < half:
            return [*self._path(position, start, half), self._subtree(start + half, size - half)]
        return [
            *self._path(position - half, start + half, size - half),
            self._subtree(start, half),
        ]

    def _between(self, old: int, start: int, size: int, *, whole: bool) -> list[bytes]:
        if old == size:
            return [] if whole else [self._subtree(start, size)]
        half = _half(size)
        if old <= half:
            rest = self._subtree(start + half, size - half)
            return [*self._between(old, start, half, whole=whole), rest]
        return [
            *self._between(old - half, start + half, size - half, whole=False),
            self._subtree(start, half),
        ]


def _half(size: int) -> int:
    """Give the largest power of two below `size`: where RFC 9162 splits a tree."""
    return 1 << (size - 1).bit_length() - 1
