"""The array type of all models and the checks at their doors."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


def as_array(
    name: str, values: npt.ArrayLike, shape: tuple[int | None, ...], *, nan: bool = False, signed: bool = False
) -> Array:
    """Values as float64 >= 0 of that shape (None: any length); NaN only where `nan`, below 0 where `signed`.

    `ValueError` otherwise.
    """
    array = np.asarray(values, dtype=np.float64)
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name}: found shape {array.shape}, expected {shape}; give one value per cell")
    if not nan and np.isnan(array).any():
        raise ValueError(f"{name}: found NaN, expected numbers; leave out or fill what was not reported")
    if np.isinf(array).any() or (not signed and (array < 0).any()):
        raise ValueError(f"{name}: found negative or infinite values, expected numbers >= 0; check the input's signs")
    return array


def ratio_of(top: Array, bottom: Array, empty: float = 0.0) -> Array:
    """`top / bottom`, `empty` where bottom is 0; without warnings."""
    some = bottom != 0
    return np.where(some, top / np.where(some, bottom, 1.0), empty)
