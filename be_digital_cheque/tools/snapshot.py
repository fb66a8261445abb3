# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of records as plain JSON, to compare and to show them."""

from odoo.tools import float_round, format_amount, format_date


def snapshot(record, names):
    """Return the values of the named fields in a form that compares equal when nothing changed.

    Texts are taken in English, the language in which they are supplied.
    """
    record = record.with_context(lang="en_US")
    return {name: _plain(record, name) for name in names}


def _plain(record, name):
    field = record._fields[name]
    value = record[name]
    if field.type in ("many2one", "many2many", "one2many"):
        # _origin: the records of a draft (`new`) stand for real ones.
        ids = sorted(value._origin.ids)
        return (ids[0] if ids else False) if field.type == "many2one" else ids
    if field.type == "date":
        return value.isoformat() if value else False
    if field.type in ("float", "monetary"):
        return float_round(value, precision_digits=4)
    return value or False


def readable(record, name, value):
    """Return a value of a snapshot as the user reads it ("–" where there is none)."""
    env, field = record.env, record._fields[name]
    if value is False or value is None or value == []:
        return env._("no") if field.type == "boolean" else "–"
    if field.type == "boolean":
        return env._("yes")
    if field.type == "selection":
        return dict(field._description_selection(env)).get(value, value)
    if field.type in ("many2one", "many2many"):
        ids = [value] if isinstance(value, int) else value
        return ", ".join(env[field.comodel_name].browse(ids).exists().mapped("display_name")) or "–"
    if field.type == "date":
        return format_date(env, value)
    if field.type == "monetary":
        return format_amount(env, value, record[field.get_currency_field(record)])
    if field.type == "float":
        return percentage(env, value)
    return str(value)


def percentage(env, ratio):
    """Return a ratio as a percentage in the user's language: 0.45 is "45%" (French: "45 %")."""
    number = f"{ratio * 100:.2f}".rstrip("0").rstrip(".")
    lang = env["res.lang"]._get_data(code=env.lang or "en_US")
    if lang and lang.decimal_point:
        number = number.replace(".", lang.decimal_point)
    return env._("%(number)s%%", number=number)


def percentage_range(env, low, high):
    """Return "30%", or "30% to 45%" where the two ratios differ, in the user's language."""
    low, high = percentage(env, low), percentage(env, high)
    return low if low == high else env._("%(low)s to %(high)s", low=low, high=high)
