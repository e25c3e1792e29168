"""Font stacks that a theme may name. They use installed fonts, because public pages load no fonts.

"" is the reader's default font. PDFs always use the bundled Inter.
"""

from __future__ import annotations

from collections.abc import Mapping

FONTS: Mapping[str, str] = {
    "Inter": "",
    "system": "",
    "humanist": 'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"DejaVu Sans",source-sans-pro,sans-serif',
    "geometric": "Avenir,Montserrat,Corbel,URW Gothic,source-sans-pro,sans-serif",
    "grotesque": 'Bahnschrift,"DIN Alternate","Franklin Gothic Medium","Nimbus Sans Narrow",sans-serif-condensed,'
    "sans-serif",
    "rounded": 'ui-rounded,"Hiragino Maru Gothic ProN",Quicksand,Comfortaa,Manjari,Calibri,sans-serif',
    "serif": 'Charter,"Bitstream Charter","Sitka Text",Cambria,serif',
    "old style": '"Iowan Old Style","Palatino Linotype","URW Palladio L",P052,serif',
    "slab": 'Rockwell,"Rockwell Nova","Roboto Slab","DejaVu Serif","Sitka Small",serif',
}
