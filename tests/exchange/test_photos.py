"""A photograph is kept as a picture and nothing else: upright, no larger than needed, without what was beside it."""

import io
from hashlib import sha256

import pytest
from PIL import Image

from pledgeline.exchange import photos
from pledgeline.exchange.photos import LONGEST_SIDE, Photo, read_photo

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(kind="JPEG", size=(40, 20), *, mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, 128).save(out, kind, **more)
    return out.getvalue()


def with_exif(**said):
    exif = Image.Exif()
    exif[MAKER] = "SECRET-PHONE"
    exif[ORIENTATION] = 6  # turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    return picture(exif=exif, comment=b"SECRET-PLACE")


def test_what_a_telephone_writes_beside_a_picture_is_not_kept_and_it_stands_upright():
    data = with_exif()
    assert b"SECRET-PHONE" in data
    photo = read_photo(data)
    assert isinstance(photo, Photo)
    assert b"SECRET" not in photo.content
    with Image.open(io.BytesIO(photo.content)) as kept:
        assert (kept.format, kept.size, dict(kept.getexif()), kept.info.get("comment")) == (
            "JPEG",
            (20, 40),
            {},
            None,
        )
    assert (photo.width, photo.height) == (20, 40)
    assert photo.digest == sha256(photo.content).hexdigest()
    assert photo.handed_in == sha256(data).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG"),
        picture("WEBP"),
        picture("PNG", mode="RGBA"),
        picture("PNG", mode="P"),
        picture(mode="CMYK"),
    ],
)
def test_each_form_that_is_documented_is_read(data):
    assert isinstance(read_photo(data), Photo)


def test_a_large_picture_is_made_smaller():
    photo = read_photo(picture(size=(4000, 1000)))
    assert isinstance(photo, Photo)
    assert (photo.width, photo.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo.not-a-photo.kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.not-a-photo.kind"),
        (picture("GIF", mode="L"), "photo.not-a-photo.kind"),
        (picture("PNG", size=(300, 300))[:-40], "photo.damaged.file"),
        (b"x" * (photos.MOST_BYTES + 1), "photo.too-large.bytes"),
    ],
)
def test_what_is_no_photograph_is_refused(data, code):
    said = read_photo(data)
    assert not isinstance(said, Photo)
    assert said.code == code
    assert said.part("way-out")


def test_a_picture_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 100)
    said = read_photo(picture("PNG", size=(20, 20)))
    assert not isinstance(said, Photo)
    assert said.code == "photo.too-large.pixels"
