# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The four companies trade with each other: one's e-invoice is the other's bill."""

from ..tables.companies import COMPANIES
from ..tables.trade import DEALS
from .demo import MONTHS
from .invoices import e_invoice, values

ON_PEPPOL = {row.key for row in COMPANIES if row.on_peppol}


def sell(demo):
    """Create and post what the four sell each other."""
    for number, deal in enumerate(DEALS):
        env = demo.env_of(deal.seller)
        rows = {
            _key(number, month): values(
                demo,
                env,
                f"partner_{deal.buyer}",
                demo.day(month, 10 + number),
                [
                    {"product_id": demo.get(f"product_{deal.seller}_{product}").id, "quantity": quantity}
                    for product, quantity in deal.lines
                ],
            )
            for month in _months(deal)
        }
        demo.ensure(env["account.move"], rows).action_post()


def buy(demo):
    """Let the buyers read the sellers' e-invoices as a user who uploads them would; recent ones wait to be checked."""
    for number, deal in enumerate(DEALS):
        env = demo.env_of(deal.buyer)
        for month in _months(deal):
            invoice = demo.get(_key(number, month))
            if not invoice.is_move_sent:
                continue
            bill = _receive(demo, env, f"{_key(number, month)}_bill", invoice)
            if month > 1:
                bill.action_post()


def _key(number, month):
    return f"deal_{number}_{month}"


def _months(deal):
    return range(MONTHS - 2, -1, -deal.every)


def _receive(demo, env, key, invoice):
    """Return the new bill; none if it was received before."""
    bill = (demo.find(key) or env["account.move"]).with_env(env)
    if bill.invoice_line_ids:
        return bill.browse()
    if not bill:
        journal = env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", env.company.id)], limit=1
        )
        vals = {"move_type": "in_invoice", "journal_id": journal.id}
        if invoice.peppol_message_uuid:
            vals |= {"peppol_message_uuid": invoice.peppol_message_uuid, "peppol_move_state": "done"}
        bill = env["account.move"].create(vals)
        demo.remember({key: bill})
    seller = demo.env(context={**demo.env.context, "allowed_company_ids": invoice.company_id.ids})
    attachment = env["ir.attachment"].create(
        e_invoice(invoice.with_env(seller)) | {"res_model": bill._name, "res_id": bill.id}
    )
    bill._extend_with_attachments(bill._to_files_data(attachment), new=True)
    return bill
