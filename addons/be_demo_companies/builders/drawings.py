# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Logos and product pictures, drawn here so that the demo carries no one's artwork."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = 256


def tile(letters, colour):
    """Return a base64 PNG: white letters on a rounded square of that colour (``#rrggbb``)."""
    image = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((8, 8, SIZE - 8, SIZE - 8), radius=48, fill=colour)
    draw.rounded_rectangle((24, 24, SIZE - 24, SIZE - 24), radius=36, outline="white", width=4)
    font = ImageFont.load_default(size=int(SIZE / (1 + len(letters) * 0.6)))
    draw.text((SIZE / 2, SIZE / 2), letters, fill="white", font=font, anchor="mm")
    stream = BytesIO()
    image.save(stream, format="PNG", optimize=True)
    return base64.b64encode(stream.getvalue())
