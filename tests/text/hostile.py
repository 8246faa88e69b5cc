"""Documents that strangers could make: forms in forms, fonts without a meaning, entities in another encoding, headers without end."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

HEAD = b"From: a@example.org\nDate: Fri, 12 Sep 2025 09:00:00 +0800\n"
WORDS = "海川公司与明德大学在江城签约。"
_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of some objects, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))


def stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (more, len(packed), packed)


def page(content: bytes, resources: bytes, *more: bytes, box: bytes = b"0 0 595 842") -> bytes:
    """Return a PDF of one page; ``more``: its objects from number 5 on."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<<%b>>>>" % (box, resources),
            stream(content),
            *more,
        ]
    )


def without_meaning() -> bytes:
    """Return a page in a font of shapes by number, with nothing that says what they are."""
    shapes = b"".join(b"%04x" % (300 + each) for each in range(60))
    return page(
        b"BT /F 12 Tf 50 700 Td <%b> Tj ET" % shapes,
        b"/Font<</F 5 0 R>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    )


def form_in_itself() -> bytes:
    """Return a page whose drawing draws itself twice."""
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    return page(b"/X Do", b"/XObject<</X 5 0 R>>", stream(b"/X Do /X Do", own))


def pages_in_themselves() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>"])


def odd_box() -> bytes:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    text = b"BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (abc) Tj /F 0 Tf (abc) Tj /F 9 Tf (abc) Tj ET"
    return page(text, b"/Font<</F 5 0 R>>", font, box=b"1e30 -1e30 0 1e39")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def ofd(content: str, resources: str = "") -> bytes:
    """Return an OFD document of one page."""
    listed = "<ofd:PublicRes>R.xml</ofd:PublicRes>" if resources else ""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D/Document.xml": f'<ofd:Document {_SPACE}><ofd:CommonData>{area}{listed}</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
            "D/P.xml": f"<ofd:Page {_SPACE}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>",
            "D/R.xml": f"<ofd:Res {_SPACE}><ofd:CompositeGraphicUnits>{resources}</ofd:CompositeGraphicUnits></ofd:Res>",
        }
    )


def placed(boundary: str = "20 20 100 10", more: str = 'Size="4"', steps: str = "g 999999999 4") -> str:
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{WORDS}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{boundary}" {more}>{code}</ofd:TextObject>'


def unit_in_itself() -> bytes:
    inner = '<ofd:CompositeObject ResourceID="9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{placed()}{inner}{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    return ofd(inner, unit)


def endless_numbers() -> bytes:
    return ofd(placed("1e308 nan inf 9", 'Size="1e308" CTM="1e308 1e308 1e308 1e308 0 0"', "1e308 nan -inf"))


def subject_without_end() -> bytes:
    return HEAD + b"Subject: " + b"=?utf-8?B?5rW35bed?= " * 100_000 + b"\n\n" + WORDS.encode()


def parameters_without_end() -> bytes:
    return HEAD + b"Content-Type: text/plain; " + b"a*0=b; " * 200_000 + b"\n\n" + WORDS.encode()


def leading_out(name: str) -> bytes:
    """Return a document of any packed kind whose parts lead to a file of the system."""
    return packed(
        {
            "META-INF/container.xml": '<c><rootfiles><rootfile full-path="../../../etc/passwd"/></rootfiles></c>',
            "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>../../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "word/document.xml": "<a/>",
            name: "",
        }
    )
