#!/usr/bin/env python3
"""Makes the pictures of this folder: what cameras, old programs and attackers make, each as small as its purpose allows.

They are stored, because other versions of Pillow write other bytes. Needs Pillow and NumPy.
"""

import struct
import zlib
from pathlib import Path

import numpy
from PIL import Image, ImageCms

HERE = Path(__file__).parent
GENERATOR = numpy.random.default_rng(7)


def photo(width, height):
    """Returns a picture with soft colours and a little noise, as photographs have them."""
    y, x = numpy.mgrid[0:height, 0:width]
    waves = [128 + 100 * numpy.sin(x / 37 + y / 91), 128 + 90 * numpy.cos(x / 53 - y / 29), 90 + 60 * numpy.sin((x + y) / 71)]
    pixels = numpy.stack(waves, -1) + GENERATOR.normal(0, 6, (height, width, 3))
    return Image.fromarray(pixels.clip(0, 255).astype("uint8"))


def png(path, width, height, bits, colour, lines):
    """Writes a PNG chunk by chunk, also one that promises what it does not hold."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    (HERE / path).write_bytes(b"\x89PNG\r\n\x1a\n" + body)


# A photograph of a phone held upright: stored lying (orientation 6), with a place and with the colours of a screen.
exif = Image.Exif()
exif[0x0112] = 6
exif[0x010E] = "SECRET-PLACE"
exif.get_ifd(0x8825)[1] = "N"
exif.get_ifd(0x8825)[2] = (38.0, 53.0, 23.0)
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
photo(600, 400).save(HERE / "phone.jpg", quality=88, exif=exif, icc_profile=profile)

photo(200, 120).convert("CMYK").save(HERE / "print.jpg", quality=80)
photo(160, 90).quantize(60).save(HERE / "palette.png")
deep = numpy.asarray(photo(80, 60)).astype(">u2") * 257
png("deep.png", 80, 60, 16, 2, b"".join(b"\0" + line.astype(">u2").tobytes() for line in deep))
frames = [photo(60, 40).quantize(32) for _ in range(3)]
frames[0].save(HERE / "moving.gif", save_all=True, append_images=frames[1:], duration=100)

clear = photo(420, 300).convert("RGBA")
clear.putalpha(Image.linear_gradient("L").resize(clear.size))
clear.save(HERE / "clear.webp", quality=70)

# 60,000 × 60,000 pixels would take ten gigabytes.
png("bomb.png", 60000, 60000, 8, 2, bytes(1000))
