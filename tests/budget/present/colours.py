"""How far two colours are apart for the eye, also for eyes that miss one kind of cone."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

# Full severity, Machado, Oliveira and Fernandes 2009, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
HPE = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0, 0, 1]])
LUMINANCE, BACKGROUND = 64 / np.pi / 5, 20.0  # sRGB's viewing conditions, average surround


def linear(colour: str) -> Array:
    """Linear RGB of #rrggbb."""
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    light = sorted(float(linear(colour) @ TO_XYZ[1]) + 0.05 for colour in (one, other))
    return light[1] / light[0]


def seen(colour: str, vision: str) -> Array:
    """The place (3,) of a colour in CAM02-UCS (Luo, Cui and Li 2006), as seen with a vision of `VISIONS`."""
    k = 1 / (5 * LUMINANCE + 1)
    flow = 0.2 * k**4 * 5 * LUMINANCE + 0.1 * (1 - k**4) ** 2 * (5 * LUMINANCE) ** (1 / 3)
    n = BACKGROUND / 100
    rgb = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    (red, green, blue), white = _cones(100 * TO_XYZ @ rgb, flow), _cones(100 * TO_XYZ @ np.ones(3), flow)
    a, b = red - 12 * green / 11 + blue / 11, (red + green - 2 * blue) / 9
    hue, weights = np.arctan2(b, a), np.array([2, 1, 1 / 20])
    base = 0.725 * n**-0.2
    lightness = 100 * ((np.array([red, green, blue]) @ weights - 0.305) / (white @ weights - 0.305)) ** (
        0.69 * (1.48 + n**0.5)
    )
    t = 50000 / 13 * base * 0.25 * (np.cos(hue + 2) + 3.8) * np.hypot(a, b) / (red + green + 1.05 * blue)
    colourful = t**0.9 * (lightness / 100) ** 0.5 * (1.64 - 0.29**n) ** 0.73 * flow**0.25
    m = np.log1p(0.0228 * colourful) / 0.0228
    return np.array([1.7 * lightness / (1 + 0.007 * lightness), m * np.cos(hue), m * np.sin(hue)])


def _cones(xyz: Array, flow: float) -> Array:
    """Adapted responses of the three kinds of cone."""
    adapted = 1 - np.exp((-LUMINANCE - 42) / 92) / 3.6
    white = CAT02 @ (100 * TO_XYZ @ np.ones(3))
    x = (flow * (HPE @ np.linalg.inv(CAT02) @ ((adapted * 100 / white + 1 - adapted) * (CAT02 @ xyz))) / 100) ** 0.42
    found: Array = 400 * x / (27.13 + x) + 0.1
    return found


def distance(one: str, other: str, vision: str) -> float:
    """Distance in CAM02-UCS."""
    return float(np.linalg.norm(seen(one, vision) - seen(other, vision)))
