"""Office documents made by hand, as small as they can be."""

import io
import zipfile

TYPES = "[Content_Types].xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def zipped(**parts: str | bytes) -> bytes:
    """Return a zip file; names have `__` for `/`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return made.getvalue()


def docx(*paragraphs: str, **more: str | bytes) -> bytes:
    """Return a document of these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped(**{TYPES: "<Types/>", "word__document.xml": document, **more})


def xlsx(*rows: tuple[str, ...]) -> bytes:
    """Return a workbook of one sheet; words are shared, numbers stand in their cells."""
    words = [cell for row in rows for cell in row if not cell.isdecimal()]
    shared = "".join(f"<si><t>{word}</t></si>" for word in words)

    def cell(value: str) -> str:
        if value.isdecimal():
            return f"<c><v>{value}</v></c>"
        return f'<c t="s"><v>{words.index(value)}</v></c>'

    lines = "".join("<row>" + "".join(map(cell, row)) + "</row>" for row in rows)
    return zipped(
        **{
            TYPES: "<Types/>",
            "xl__workbook.xml": f"<workbook {S}/>",
            "xl__sharedStrings.xml": f"<sst {S}>{shared}</sst>",
            "xl__worksheets__sheet1.xml": (
                f"<worksheet {S}><sheetData>{lines}</sheetData></worksheet>"
            ),
        }
    )


def pptx(*slides: str) -> bytes:
    """Return a presentation."""
    pages = {
        f"ppt__slides__slide{number}.xml": f"<sld {A}><a:p><a:r><a:t>{said}</a:t></a:r></a:p></sld>"
        for number, said in enumerate(slides, 1)
    }
    return zipped(**{TYPES: "<Types/>", "ppt__presentation.xml": "<a/>", **pages})


def locked(archive: bytes) -> bytes:
    """Return a zip file that says its parts are encrypted."""
    found = bytearray(archive)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(signature)
        while at >= 0:
            found[at + place] |= 1
            at = found.find(signature, at + 4)
    return bytes(found)


LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
LOCKED_PDF = b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF"
