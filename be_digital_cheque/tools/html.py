# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup


def as_list(texts):
    """Texts as a list of HTML, escaped; False, Odoo's empty field, where there are none."""
    items = Markup("").join(Markup("<li>%s</li>") % text for text in texts)
    return Markup("<ul class='mb-0'>%s</ul>") % items if items else False
