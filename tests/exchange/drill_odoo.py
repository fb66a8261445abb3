# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the drill does inside Odoo: a company at an access point with invoices to send, and what became of them."""

import time
from datetime import timedelta
from io import BytesIO
from statistics import median

from reportlab.pdfgen.canvas import Canvas

from odoo import Command, fields

from odoo.addons.be_peppol_einvoice.exchange import backoff, envelope
from odoo.addons.be_peppol_einvoice.models import account_move_check, peppol_exchange_work
from odoo.addons.be_peppol_einvoice.providers import contract

COMPANY = "Drill BV"
PARTNER = "The other one BV"
#: How much faster than in life the waits between attempts and the leases of dead workers pass.
HURRY = 100


def settle(env, *, own, other, access_point, network, count, prefix):
    """Make the company, its connection and ``count`` confirmed invoices that core's job is to send.

    :param str own, other: enterprise numbers of the company and of its only customer
    :param dict access_point: ``url`` and ``token``
    :param str network: file of the network in which customers are looked up
    """
    parameters = env["ir.config_parameter"]
    parameters.set_param("be_peppol_einvoice.network", "file")
    parameters.set_param("be_peppol_einvoice.network_file", network)
    company = env["res.company"].create({"name": COMPANY, "country_id": env.ref("base.be").id})
    env.user.write({"company_ids": [Command.link(company.id)], "company_id": company.id})
    env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
    company.partner_id.write({"vat": f"BE{own}", "street": "Handelskaai 1", "zip": "1000", "city": "Brussel"})
    company.peppol_purchase_journal_id = env["account.journal"].search(
        [("company_id", "=", company.id), ("type", "=", "purchase")], limit=1
    )
    connection = env["peppol.connection"].create(
        {**access_point, "company_id": company.id, "provider": "gateway", "receives": True}
    )
    connection.action_connect()
    make_invoices(env, company, _partner(env, company, other), count, prefix)
    env.cr.commit()


def _partner(env, company, number):
    partner = env["res.partner"].create(
        {
            "name": PARTNER,
            "is_company": True,
            "street": "Dorpsstraat 2",
            "zip": "9000",
            "city": "Gent",
            "country_id": env.ref("base.be").id,
            "vat": f"BE{number}",
            "email": "boekhouding@andere.example",
            "invoice_sending_method": "peppol",
        }
    )
    partner.with_company(company).peppol_verification_state = "valid"
    return partner


def make_invoices(env, company, partner, count, prefix):
    """Confirmed invoices, named ``prefix`` and a number, that core's job will send."""
    tax = env["account.tax"].search(
        [("company_id", "=", company.id), ("type_tax_use", "=", "sale"), ("amount", "=", 21)], limit=1
    )
    moves = env["account.move"].with_company(company)
    for first in range(0, count, 100):
        batch = moves.create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "name": f"{prefix}/2026/{number:05}",
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": f"Work of job {number}, part {line}",
                                "quantity": 1 + line,
                                "price_unit": 10 + number % 90,
                                "tax_ids": [Command.set(tax.ids)],
                            }
                        )
                        for line in range(2)
                    ],
                }
                for number in range(first, min(first + 100, count))
            ]
        )
        batch.action_post()
        batch.sending_data = {"author_user_id": env.uid, "author_partner_id": env.user.partner_id.id}
        env.flush_all()
        env.invalidate_all()


def hurry():
    """Let the minutes between attempts, and those of a dead worker's lease, pass faster in this process.

    A lease stays longer than a call can take, as in life.
    """
    backoff.WAITS = tuple(minutes / HURRY for minutes in backoff.WAITS)
    backoff.CHECKS = tuple(minutes / HURRY for minutes in backoff.CHECKS)
    peppol_exchange_work.LEASE = timedelta(seconds=30)


class Stopwatch:
    """Adds up the processor time of judging documents by the official rules."""

    seconds = 0.0

    def watch(self):
        validate = account_move_check.validate

        def watched(*args, **options):
            began = time.process_time()
            try:
                return validate(*args, **options)
            finally:
                self.seconds += time.process_time() - began

        account_move_check.validate = watched


def without_rendering(registry):
    """An invoice's PDF is always the same here: making it takes longer than all else, and is none of the exchange."""

    page = BytesIO()
    canvas = Canvas(page)
    canvas.drawString(100, 700, "An invoice")
    canvas.save()

    def stand_in(_self, invoices_data):
        for move, move_data in invoices_data.items():
            move_data["pdf_attachment_values"] = {
                "name": f"{move.name.replace('/', '_')}.pdf",
                "raw": page.getvalue(),
                "mimetype": "application/pdf",
                "res_model": move._name,
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }

    registry["account.move.send"]._prepare_invoice_pdf_report = stand_in


def more_invoices(env, count, prefix):
    company = env["res.company"].search([("name", "=", COMPANY)])
    partner = env["res.partner"].search([("name", "=", PARTNER)], limit=1)
    make_invoices(env(user=env.user, context={"allowed_company_ids": company.ids}), company, partner, count, prefix)
    env.cr.commit()


def try_again(env):
    """What a user does when the network is well again: the button of each document that needs attention."""
    stuck = env["peppol.exchange"].search([("state", "=", "attention"), ("company_id.name", "=", COMPANY)])
    stuck.action_try_again()
    env.cr.commit()
    return len(stuck)


def account(env):
    """What there is to judge.

    :return: dict with ``sent`` (invoice number → list of exchanges), ``received`` (number → list of exchanges), each
        exchange a dict; ``bills`` (number → list of dicts); ``invoices`` (number → total) and ``core_states``
        (number → core's ``peppol_move_state``)
    """
    ours = [("company_id", "=", env["res.company"].search([("name", "=", COMPANY)]).id)]
    exchanges = env["peppol.exchange"].search(ours)
    invoices = env["account.move"].search([*ours, ("move_type", "=", "out_invoice")])
    files = dict(
        env["ir.attachment"]._read_group(
            [("res_model", "=", "account.move"), ("res_field", "=", False)], ["res_id"], ["mimetype:array_agg"]
        )
    )
    sent, received, bills = {}, {}, {}
    for exchange in exchanges:
        kept = exchange.attachment_id.raw or b""
        (sent if exchange.direction == "out" else received).setdefault(exchange.number, []).append(
            {
                "state": exchange.state,
                "reason_kind": exchange.reason_kind,
                "reason": exchange.reason,
                "acknowledged": exchange.acknowledged,
                "whole": bool(kept) and env["ir.attachment"]._compute_checksum(kept) == exchange.attachment_id.checksum,
                "move": exchange.move_id.id,
            }
        )
    for bill in env["account.move"].search([*ours, ("move_type", "=", "in_invoice")]):
        bills.setdefault(bill.ref or "", []).append(
            {
                "id": bill.id,
                "lines": len(bill.invoice_line_ids),
                "total": bill.amount_total,
                "files": sorted(files.get(bill.id, [])),
            }
        )
    return {
        "sent": sent,
        "received": received,
        "bills": bills,
        "invoices": {move.name: move.amount_total for move in invoices},
        "core_states": {move.name: move.peppol_move_state for move in invoices},
    }


def compare_imports(env, count):
    """Make bills of the same received files by our import and by core's, in turns, and take the time.

    Each importer gets the files under numbers of its own, of the same length, so that none is a duplicate. Core's is
    what it does with a document that it has fetched: its file as an attachment, then the bill. Ours is timed without
    and with what it does before: storing the document as an exchange.

    :return: dict with ``documents`` and the medians ``core``, ``ours`` and ``stored`` in seconds of processor time
    """
    company = env["res.company"].search([("name", "=", COMPANY)])
    env = env(context={"allowed_company_ids": company.ids})
    exchanges = env["peppol.exchange"]
    connection = env["peppol.connection"].search([("company_id", "=", company.id)])
    user = env["account_edi_proxy_client.user"].new({"company_id": company.id})
    received = exchanges.search([("direction", "=", "in"), ("state", "=", "imported")], limit=count)
    times = {"core": [], "ours": [], "stored": []}
    for exchange in received:
        # without the SBDH, whose instance would tell that it came before
        xml, number = envelope.read(exchange.attachment_id.raw).xml, exchange.number.encode()
        for importer in ("core", "ours"):
            renamed = xml.replace(number, importer[0].upper().encode() + number[1:], 1)
            env.cr.commit()
            env.invalidate_all()
            began = time.process_time()
            if importer == "core":
                attachment = env["ir.attachment"].create(
                    {"name": "bill.xml", "raw": renamed, "mimetype": "application/xml"}
                )
                user._peppol_import_invoice(attachment, "done", f"core-{exchange.id}")
            else:
                waiting = contract.Waiting(f"bench-{exchange.id}", exchange.sender, exchange.receiver)
                one = exchanges._begin(exchanges._incoming_values(connection, waiting, renamed), renamed)
                env.cr.commit()
                stored = time.process_time()
                one._import()
                assert one.state == "imported", one.state
            env.cr.commit()
            ended = time.process_time()
            times[importer].append(ended - (began if importer == "core" else stored))
            if importer == "ours":
                times["stored"].append(ended - began)
    return {"documents": len(received), **{name: median(values) for name, values in times.items()}}
