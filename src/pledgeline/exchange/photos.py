"""A photograph as it is kept: the picture alone, without what a telephone writes beside it.

It is opened, turned upright, made no larger than people look at, and written anew: where it was taken, when, with which
telephone, and whatever else the file held stays out.
"""

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageOps, UnidentifiedImageError

from pledgeline.programme.sentences import Sentence, sentence

MOST_BYTES = 8_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1_600
QUALITY = 82

FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture as JPEG, its digest, and that of the file which was handed in."""

    content: bytes
    digest: str
    handed_in: str
    width: int
    height: int


def read_photo(data: bytes) -> Photo | Sentence:
    """Read a photograph, or say why it is none."""
    if len(data) > MOST_BYTES:
        return sentence("photo.too-large.bytes", megabytes=str(MOST_BYTES // 1_000_000))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return sentence("photo.too-large.pixels")
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except UnidentifiedImageError:
        return sentence("photo.not-a-photo.kind")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return sentence("photo.damaged.file")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    content = out.getvalue()
    return Photo(
        content=content,
        digest=sha256(content).hexdigest(),
        handed_in=sha256(data).hexdigest(),
        width=bare.width,
        height=bare.height,
    )
