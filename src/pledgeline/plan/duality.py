"""A bound that is proven without trust: multiples of the rows, added up in whole numbers.

Whoever adds up rows of a model, each times a number of the right sign, has a bound on what every plan can
come to. A solver proposes the numbers (its dual values); they are rounded to whole ones and the sum is done
here in integers, so that a wrong proposal gives a weak bound and never a false one.
"""

from collections.abc import Mapping

import numpy as np

from pledgeline.plan.solver import Matrix, Vector


def most_by_duality(matrix: Matrix, worth: Mapping[int, int], duals: Vector) -> int | None:
    """Give a whole number that `worth` times the columns cannot exceed; None where the rows do not limit it.

    Units:   `duals` are in those of `worth`.
    Means:   only rows with whole coefficients take part: those of units, lots and stock, not those of money.

    >>> stock = Matrix(
    ...     col_lower=np.array([0.0, 0.0]), col_upper=np.array([5.0, 5.0]), is_integer=np.array([True, True]),
    ...     row_lower=np.array([-np.inf]), row_upper=np.array([6.0]),
    ...     starts=np.array([0, 2], dtype=np.int32), columns=np.array([0, 1], dtype=np.int32),
    ...     values=np.array([1.0, 1.0]),
    ... )
    >>> most_by_duality(stock, {0: 3, 1: 2}, np.array([2.0]))
    17
    >>> most_by_duality(stock, {0: 3, 1: 2}, np.array([0.0]))
    25
    """
    left = dict(worth)  # what a column is worth beyond what the rows account for
    total = 0
    for row in np.flatnonzero(np.abs(duals) > 0.5):
        start, end = matrix.starts[row], matrix.starts[row + 1]
        values = matrix.values[start:end]
        times = round(float(duals[row]))
        limit = float(matrix.row_upper[row] if times > 0 else matrix.row_lower[row])
        if not (np.isfinite(limit) and limit == round(limit) and np.all(values == np.round(values))):
            continue
        total += times * round(limit)
        for column, value in zip(matrix.columns[start:end], values, strict=True):
            left[int(column)] = left.get(int(column), 0) - times * round(float(value))
    for column, beyond in left.items():
        if beyond:
            limit = float(matrix.col_upper[column] if beyond > 0 else matrix.col_lower[column])
            if not np.isfinite(limit):
                return None
            total += beyond * round(limit)
    return total
