# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
import uuid

from odoo import Command

from ..tables.companies import COMPANIES
from ..tables.partners import PARTNERS
from ..tables.trade import PRODUCTS
from .demo import MONTHS

PER_MONTH = 3
#: E-invoicing began this many months ago; what is older went by mail.
ELECTRONIC_MONTHS = 11
CREDITED = (9, 3)
#: What the bookkeeping office invoices together.
SERVICES = (("monthly",), ("monthly", "payslip"), ("quarterly",), ("quarterly", "advice"), ("accounts",))
NAMESPACE = uuid.UUID("6f0c8c36-5d4c-5d7e-9a0b-0d2f6e3f7b11")


def build(demo):
    """Create and post the invoices that a company writes by hand, and two credit notes each."""
    for company in ("liege", "brussel", "eupen"):
        env = demo.env_of(company)
        customers = [row for row in PARTNERS if company in row.customer_of.split()]
        rows = {}
        for month in reversed(range(MONTHS)):
            for number in range(PER_MONTH):
                customer = customers[(month * PER_MONTH + number) % len(customers)]
                key = f"invoice_{company}_{month}_{number}"
                date = demo.day(month, 2 + 9 * number)
                rows[key] = values(demo, env, f"partner_{customer.key}", date, lines(demo, env, company, customer, key))
        created = demo.ensure(env["account.move"], rows)
        # The last one of the month waits to be checked and sent: something to do.
        (created - demo.get(f"invoice_{company}_0_{PER_MONTH - 1}")).action_post()
        _credit(demo, env, company)


def values(demo, env, partner_key, date, line_values):
    """Return the values of an invoice to that partner on that date."""
    return {
        "move_type": "out_invoice",
        "partner_id": demo.get(partner_key).id,
        "invoice_date": date,
        "invoice_user_id": demo.get(f"user_{_key(demo, env.company)}").id,
        "invoice_line_ids": [Command.create(line) for line in line_values],
    }


def _key(demo, company):
    return next(row.key for row in COMPANIES if demo.company(row.key) == company)


def lines(demo, env, company, customer, seed):
    """Return plausible lines of one invoice; the same seed always gives the same ones."""
    chance = random.Random(seed)
    goods = [row for row in PRODUCTS[company] if row.kind == "goods"]
    if company == "liege":
        home = "person" in customer.traits
        hours = "renovation" if home else "labour"
        result = [_line(demo, company, chance.choice(goods).key, chance.choice((1, 1, 2)))]
        result.append(_line(demo, company, hours, chance.choice((6, 9.5, 16, 24))))
        if home:  # works on a home of more than ten years: the reduced rate, materials included
            reduced = demo.chart(env, "attn_VAT-OUT-06-L")
            result[0]["tax_ids"] = [Command.set(reduced.ids)]
        return result
    if company == "eupen":
        parts = chance.sample(goods, chance.choice((1, 2, 3)))
        work = _line(demo, company, chance.choice(("service", "hour")), chance.choice((1, 1.5, 2)))
        return [work, *(_line(demo, company, part.key, 4 if part.key == "tyre" else 1) for part in parts)]
    choice = chance.choice(
        (("monthly",), ("monthly", "payslip"), ("quarterly",), ("quarterly", "advice"), ("accounts",))
    )
    return [_line(demo, company, key, 1) for key in choice]


def _line(demo, company, product, quantity):
    return {"product_id": demo.get(f"product_{company}_{product}").id, "quantity": quantity}


def _credit(demo, env, company):
    for month in CREDITED:
        key = f"credit_{company}_{month}"
        invoice = demo.get(f"invoice_{company}_{month}_1").with_env(env)
        if demo.find(key):
            continue
        wizard = (
            env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": demo.day(month, 20)})
        )
        action = wizard.reverse_moves()
        credit_note = env["account.move"].browse(action["res_id"])
        credit_note.action_post()
        demo.remember({key: credit_note})


def send(demo):
    """Send what was posted before this month, by Peppol where both sides are on it and else by mail or on paper."""
    moves = demo.made("account.move").filtered_domain(
        [
            ("state", "=", "posted"),
            ("move_type", "in", ("out_invoice", "out_refund")),
            ("invoice_date", "<", demo.day(0, 1)),
        ]
    )
    for row in COMPANIES:
        env = demo.env_of(row.key)
        sent = moves.with_env(env).filtered_domain([("company_id", "=", env.company.id)])
        if row.on_peppol:
            _send_by_peppol(
                sent.filtered_domain(
                    [
                        ("invoice_date", ">=", demo.day(ELECTRONIC_MONTHS, 1)),
                        ("commercial_partner_id.peppol_verification_state", "=", "valid"),
                    ]
                )
            )
        sent.is_move_sent = True


def _send_by_peppol(moves):
    """Do what core's demo mode does on sending, less the PDF: the e-invoice is attached and counts as delivered."""
    attachments = []
    for move in moves:
        document = e_invoice(move)
        move.peppol_message_uuid = f"demo_{uuid.uuid5(NAMESPACE, move.company_id.vat + move.name)}"
        attachments.append(document | {"res_model": move._name, "res_id": move.id, "res_field": "ubl_cii_xml_file"})
    moves.env["ir.attachment"].create(attachments)
    moves.peppol_move_state = "done"
    moves.invalidate_recordset(["ubl_cii_xml_id", "ubl_cii_xml_file"])


def e_invoice(move):
    """Return name and content of the Peppol BIS Billing 3 document that core makes of the invoice.

    :raises ValueError: core finds fault with it
    """
    builder = move.commercial_partner_id._get_edi_builder("ubl_bis3")
    content, errors = builder._export_invoice(move)
    if errors:
        raise ValueError(f"{move.name}: {errors}")
    return {"name": builder._export_invoice_filename(move), "raw": content, "mimetype": "application/xml"}
