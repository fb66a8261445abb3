# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931: elements and attributes that it does not use, UBL-CR-… and most of UBL-DT-….

Source: the rules of EN 16931-1:2017 and of its syntax binding CEN/TS 16931-3-2, as judged by the CEN validation
artefacts, version 1.3.16.
"""

from ..profile import Layer, unused_table
from .paths import LINE_TAGS

LAYER = Layer()


def unused(nodes, plan, root):
    """The UBL-CR and most of the UBL-DT rules: elements and attributes without a term in EN 16931."""
    paths, anywhere = unused_table()
    out = plan.unused
    line = nodes[0].tag if nodes[0].tag in LINE_TAGS else None
    for node in nodes:
        path = node.path if line is None else "LINE" + node.path[len(line) :]
        number = paths.get(path)
        if number:
            out.append(("UBL-CR-" + number, node.index, node.tag))
        for tail in _tails(node):
            if tail in anywhere:
                out.append(("UBL-CR-" + anywhere[tail], node.index, node.tag))
        for key in node.keys:
            number = paths.get(f"{path}/@{key}") or anywhere.get(f"@{key}")
            for tail in _tails(node):
                number = number or anywhere.get(f"{tail}/@{key}")
            if number:
                out.append(("UBL-CR-" + number, node.index, "@" + key))
            number = ATTRIBUTES.get(key)
            if number and not (key == "name" and node.tag == "cbc:PaymentMeansCode"):
                out.append(("UBL-DT-" + number, node.index, "@" + key))
        if node.tag == "cac:AdditionalDocumentReference":
            _object_reference(node, out)
    if root == "Invoice":
        out.extend(("UBL-CR-412", index, "cbc:PaymentDueDate") for index in _indices(nodes, PAYMENT_DUE_DATE))


PAYMENT_DUE_DATE = "cac:PaymentMeans/cbc:PaymentDueDate"
ATTRIBUTES = {
    "schemeName": "08",
    "schemeAgencyName": "09",
    "schemeDataURI": "10",
    "schemeURI": "11",
    "format": "12",
    "unitCodeListIdentifier": "13",
    "unitCodeListAgencyIdentifier": "14",
    "unitCodeListAgencyName": "15",
    "listAgencyName": "16",
    "listName": "17",
    "name": "18",
    "languageID": "19",
    "listURI": "20",
    "listSchemeURI": "21",
    "languageLocaleID": "22",
    "uri": "23",
    "currencyCodeListVersionID": "24",
    "characterSetCode": "25",
    "encodingCode": "26",
    "schemeAgencyID": "27",
    "listAgencyID": "28",
}


def _tails(node):
    """The last one to three steps of the path to a node."""
    tail = node.tag
    yield tail
    for _step in range(2):
        node = node.parent
        if node is None:
            return
        tail = f"{node.tag}/{tail}"
        yield tail


def _indices(nodes, path):
    return [node.index for node in nodes if node.path == path]


def _object_reference(node, out):
    """UBL-CR-665, -666, -673: what a reference to an invoiced object (type 130) may hold."""
    types = [kid.text for kid in node.all("cbc:DocumentTypeCode")]
    identifier = node.first("cbc:ID")
    if identifier is not None and "schemeID" in identifier.keys and (not types or any(t != "130" for t in types)):
        out.append(("UBL-CR-665", identifier.index, "@schemeID"))
    if "130" in types:
        for path, number in (("cac:Attachment", "666"), ("cbc:DocumentDescription", "673")):
            if node.has(path):
                out.append(("UBL-CR-" + number, node.first(path).index, path))


LAYER.unused = unused


@LAYER.document
def version(document):
    """UBL-CR-002 and the attributes of the root element."""
    text = document.first("cbc:UBLVersionID")
    if text is not None and "2.1" not in document.texts("cbc:UBLVersionID"):
        document.report("UBL-CR-002", *document.find("cbc:UBLVersionID")[0], name="cbc:UBLVersionID")
    for key in document.root.attrib:
        if key in ATTRIBUTES:
            document.report_once("UBL-DT-" + ATTRIBUTES[key], name="@" + key)
        if key == "unitCodeListID":
            document.report_once("UBL-CR-663", name="@" + key)
