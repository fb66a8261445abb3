# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exporting random invoices through core alone and with the mends, and judging both."""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from odoo.exceptions import UserError

from ...en16931 import validate
from ...mend import mend
from ...models.account_edi_xml_ubl_bis3 import AccountEdiXmlUblBis3
from .build import build
from .spec import draw


@dataclass
class Result:
    """What became of one invoice: ``faults`` are ids of fatal findings.

    ``unrecorded``: why Odoo itself could not record the invoice, such as an entry that its rounding leaves unbalanced.

    ``core_seconds`` is the time of core's export, ``mend_seconds`` what facts and mends add to it.
    """

    spec: object
    core_faults: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    core_seconds: float = 0.0
    mend_seconds: float = 0.0
    core_xml: bytes = b""
    xml: bytes = b""
    wrong_totals: str = ""
    unrecorded: str = ""


@contextmanager
def core_alone():
    """Odoo's own export, as if this add-on were not installed."""

    def own(name):
        return lambda self, *args: getattr(super(AccountEdiXmlUblBis3, self), name)(*args)

    names = ("_export_invoice", "_add_invoice_config_vals", "_export_invoice_constraints")
    with patch.multiple(AccountEdiXmlUblBis3, **{name: own(name) for name in names}):
        yield


def judge(world, seed, number, core=True, check=None):
    """Make the invoice of a number, export and judge it, and take it back.

    :param core: export it through core alone as well
    :param check: called with (move, xml) while the invoice exists
    :return: :class:`Result`; None where the database cannot hold such an invoice
    """
    spec = draw(seed, number)
    result = Result(spec)
    with world.env.cr.savepoint(flush=False) as savepoint:
        try:
            try:
                move = build(world, spec)
            except UserError as error:
                result.unrecorded = str(error)
                return result
            if move is None:
                return None
            builder = move.partner_id.commercial_partner_id._get_edi_builder("ubl_bis3")
            if core:
                with core_alone():
                    result.core_xml, result.core_faults, result.core_seconds = _export(builder, move)
            result.xml, result.faults, _seconds = _export(builder, move)
            if result.core_xml:
                started = time.perf_counter()
                mend(result.core_xml, builder._einvoice_facts(move))
                result.mend_seconds = time.perf_counter() - started
            result.wrong_totals = wrong_totals(move, result.xml)
            if check:
                check(move, result.xml)
        finally:
            world.env.cr.clear()
            savepoint.rollback()
            world.env.invalidate_all(flush=False)
    return result


def _export(builder, move):
    started = time.perf_counter()
    try:
        xml, errors = builder._export_invoice(move)
    except ValueError as error:
        return b"", [f"crash: {error}"], time.perf_counter() - started
    seconds = time.perf_counter() - started
    report = validate(xml)
    faults = sorted({finding.id for finding in (*report.fatal, *report.structure)})
    if report.root == "Invoice" and move.move_type == "in_refund":
        faults.append("credit note as invoice")
    return xml, faults + sorted(f"refused: {error}" for error in errors), seconds


def wrong_totals(move, xml):
    """Where the amounts of the document differ from the ledger's; empty where they agree."""
    model = validate(xml).model()
    if model is None:
        return "unreadable"
    vat = move.line_ids.filtered(lambda line: line.tax_line_id.amount_type == "percent")
    wrong = []
    for name, stated, ledger in (
        ("amount due", model.totals.due, move.amount_residual),
        ("VAT", model.vat_total, move.direction_sign * sum(vat.mapped("amount_currency"))),
    ):
        if move.currency_id.compare_amounts(float(stated or 0), ledger):
            wrong.append(f"{name} {stated}, ledger {ledger}")
    return "; ".join(wrong)
