# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a drawn invoice to a posted document in Odoo."""

from odoo import Command

MOVE_TYPES = {
    "invoice": "out_invoice",
    "debit note": "out_invoice",
    "credit note": "out_refund",
    "self-billing": "in_invoice",
    "self-billed credit note": "in_refund",
}
DAY = "2026-11-20"


def build(world, spec, post=True):
    """Make the document that a spec describes, and what it refers to, and post it unless it shall stay a draft.

    :return: the ``account.move``; None where the database lacks what it needs (no add-on for debit notes)
    """
    company = world.company
    if spec.document == "debit note" and "debit_origin_id" not in world.env["account.move"]._fields:
        return None
    company.tax_calculation_rounding_method = spec.rounding
    if not spec.seller_has_vat:
        company.partner_id.write({"vat": False, "company_registry": "0846663213"})
    moves, values = world.env["account.move"].with_company(company), _values(world, spec)
    if spec.document in ("credit note", "self-billed credit note", "debit note"):
        day = "2026-11-01"
        origin = moves.create({**values, "move_type": _origin_type(spec), "invoice_date": day, "date": day})
        origin.action_post()
        values["debit_origin_id" if spec.document == "debit note" else "reversed_entry_id"] = origin.id
    move = moves.create(values)
    if not post:
        return move
    move.action_post()
    if spec.paid and move.amount_total > 1:
        _pay(world, move, move.currency_id.round(move.amount_total * spec.paid))
    return move


def _origin_type(spec):
    return "in_invoice" if spec.document.startswith("self") else "out_invoice"


def _values(world, spec):
    values = {
        "move_type": MOVE_TYPES[spec.document],
        "company_id": world.company.id,
        "partner_id": world.partners[spec.buyer].id,
        "invoice_date": DAY,
        "date": DAY,
        "delivery_date": DAY if spec.delivery else False,
        "currency_id": world.currencies[spec.currency].id,
        "ref": spec.reference or (f"V{spec.number}" if spec.document.startswith("self") else False),
        "narration": spec.narration,
        "invoice_payment_term_id": world.terms[spec.cash_discount].id if spec.cash_discount else False,
        "invoice_line_ids": [Command.create(_line_values(world, line)) for line in spec.lines],
    }
    if spec.document.startswith("self"):
        values["journal_id"] = world.self_billing.id
    else:
        values["partner_bank_id"] = world.bank.id if spec.bank_account else False
    if spec.cash_rounding:
        values["invoice_cash_rounding_id"] = world.cash_roundings[spec.cash_rounding].id
    if spec.delivery:
        values["partner_shipping_id"] = world.partners[spec.delivery].id
    return values


def _line_values(world, line):
    if line.kind != "item":
        return {"display_type": f"line_{line.kind}", "name": line.name}
    values = {
        "name": line.name,
        "product_id": world.products[line.product].id if line.product else False,
        "quantity": line.quantity,
        "price_unit": line.price,
        "discount": line.discount,
        "tax_ids": [Command.set([world.taxes[key].id for key in line.taxes])],
    }
    if line.unit in world.units:
        values["product_uom_id"] = world.units[line.unit].id
    return values


def _pay(world, move, amount):
    world.env["account.payment.register"].with_context(active_model="account.move", active_ids=move.ids).create(
        {"amount": amount, "payment_date": DAY}
    )._create_payments()
