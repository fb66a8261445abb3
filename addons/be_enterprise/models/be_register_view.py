# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Puts the register's widget on the fields of a form where companies are named."""


def look_up_in(arch, names, marker=None):
    """Set the widget on the fields ``names`` of a form's root model, and add the invisible field ``marker``.

    The widget that a field had stays in ``data-otherwise``: it is used wherever the register does not apply.
    """
    fields = [
        node
        for node in arch.iter("field")
        if node.get("name") in names and next(node.iterancestors("field"), None) is None
    ]
    for node in fields:
        if node.get("widget"):
            node.set("data-otherwise", node.get("widget"))
        node.set("widget", "be_register_char")
    if marker and fields and not arch.xpath(f"//field[@name='{marker}']"):
        fields[0].addprevious(fields[0].makeelement("field", {"name": marker, "invisible": "1"}))
