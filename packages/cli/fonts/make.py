"""Makes the fonts that figures are drawn with: DejaVu Sans, cut down to what figures may say.

    apt-get install fonts-dejavu-core && pip install fonttools
    python3 make.py
"""

from pathlib import Path

from fontTools import subset

SOURCE = Path("/usr/share/fonts/truetype/dejavu")
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin
    *range(0x300, 0x305),  # hats and bars
    *range(0x370, 0x400),  # Greek
    0x1D40,  # of transposed vectors
    *range(0x2010, 0x2028),  # dashes and quotation marks
    *range(0x2030, 0x2035),
    *range(0x2070, 0x20A0),  # superscripts and subscripts
    *range(0x2190, 0x2196),  # arrows
    *range(0x2200, 0x2300),  # mathematical signs
]

for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"], hinting=False)
    font = subset.load_font(str(SOURCE / name), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=CHARACTERS)
    cut.subset(font)
    # The same bytes whenever it is made.
    font.recalcTimestamp = False
    subset.save_font(font, str(Path(__file__).parent / name), options)
