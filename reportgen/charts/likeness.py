"""Whether a picture still is the chart that was drawn, however Word has compressed it.

“Compress pictures” makes the picture smaller and often a JPEG.  The print of a chart is the chart
in 16 greys, which is enough to tell; it is brought to the size of the picture in the ways programs
do that.  What is left then differs by less than 5 for a compressed chart, down to 96 dpi and JPEG
quality 50, and by more than 25 where a single digit is another one (measured on the charts of the
sample, in levels of 255 on the average of a few pixels).
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter, UnidentifiedImageError
from PIL.Image import Resampling

_GREYS = 16
_BLUR = 0.5
_PATCH = 4  # radius in pixels of the chart as drawn: less than a digit
_SILENT = 12  # levels: what JPEG does everywhere
_MOST = 12  # levels, on the average of a patch
_ASPECT = 0.02
_LARGEST = 50_000_000  # pixels
_OPAQUE = 255
_WAYS = (Resampling.BOX, Resampling.BILINEAR, Resampling.BICUBIC, Resampling.LANCZOS)


def make_print(png: bytes) -> bytes:
    """A chart's print, itself a PNG; none of one that was not drawn."""
    if not png:
        return b""
    step = 255 // (_GREYS - 1)
    greys = _flatten_image(Image.open(io.BytesIO(png))).point(lambda level: round(level / step))
    print_ = Image.frombytes("P", greys.size, greys.tobytes())
    print_.putpalette([level * step for level in range(_GREYS) for _ in "rgb"])
    made = io.BytesIO()
    print_.save(made, "PNG")
    return made.getvalue()


def is_same_chart(print_: bytes, image: bytes) -> bool:
    """Whether an image shows the chart of this print; one that cannot be read does not."""
    chart, shown = _open_image(print_), _open_image(image)
    if chart is None or shown is None or not _has_same_shape(chart.size, shown.size):
        return False
    if shown.width > chart.width:
        shown = shown.resize(chart.size, Resampling.BOX)
    return any(
        _measure_difference(each, shown, chart.width) <= _MOST
        for each in _iter_resized(chart, shown.size)
    )


def _open_image(content: bytes) -> Image.Image | None:
    try:
        image = Image.open(io.BytesIO(content))
        return _flatten_image(image) if image.width * image.height <= _LARGEST else None
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _flatten_image(image: Image.Image) -> Image.Image:
    """In grey, on white; what is opaque needs no paper, which takes most of the time."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (_OPAQUE, _OPAQUE):
        return image.convert("L")
    coloured = image.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    paper.alpha_composite(coloured)
    return paper.convert("L")


def _has_same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    ratio = (one[0] * other[1]) / max(one[1] * other[0], 1)
    return abs(ratio - 1) <= _ASPECT + 1 / max(min(other), 1)


def _iter_resized(chart: Image.Image, size: tuple[int, int]) -> Iterator[Image.Image]:
    if chart.size == size:
        yield chart
    else:
        yield from (chart.resize(size, way) for way in _WAYS)


def _measure_difference(one: Image.Image, other: Image.Image, width: int) -> float:
    """The greatest difference on the average of a patch; ``width``: the chart's as drawn."""
    blurred = [each.filter(ImageFilter.GaussianBlur(_BLUR)) for each in (one, other)]
    apart = ImageChops.difference(*blurred).point(lambda level: max(0, level - _SILENT))
    patches = apart.filter(ImageFilter.BoxBlur(_PATCH * one.width / width))
    low_high = patches.getextrema()
    assert isinstance(low_high[1], int | float)
    return low_high[1]
