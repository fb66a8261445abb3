# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..exchange.states import CORE_SENT
from ..overview.needs import Situation, needs
from ..overview.periods import PERIODS, last_of_month, months_shown, period_bounds, share

BUSINESS_FIGURES = ("sent", "failed", "waiting", "handed_over", "not_structured")
INVOICE_FIGURES = (*BUSINESS_FIGURES, "private")
BILL_FIGURES = ("bills_structured", "bills_typed")
CUSTOMER_FIGURES = ("can_receive", "other_documents", "cannot_receive", "unchecked", "no_number")


class BePeppolOverview(models.AbstractModel):
    _name = "be.peppol.overview"
    _description = "E-invoicing overview"

    # ------------------------------------------------------------------------------------------------------------------
    # What each figure counts: the one place from which both the figure and the list behind it come
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _figure_domains(self):
        """The records that each figure counts, without its period.

        :return: dict from a figure's key to ``(model name, name of the date field or None, Domain)``

        The figures of a family (``INVOICE_FIGURES``, ``CUSTOMER_FIGURES``, ``BILL_FIGURES``) exclude one another and
        together make up the family's total (``invoices``, ``customers``, ``bills``).
        """
        domains = {key: ("account.move", "invoice_date", domain) for key, domain in self._invoice_domains().items()}
        domains |= {key: ("account.move", "date", domain) for key, domain in self._bill_domains().items()}
        domains |= {key: ("res.partner", None, domain) for key, domain in self._customer_domains().items()}
        # what waits for someone must not be missed because it is old
        domains |= {key: ("account.move", None, domains[key][2]) for key in ("failed_otherwise", "bills_to_check")}
        return domains

    @api.model
    def _invoice_domains(self):
        """Posted customer invoices and credit notes of the allowed companies.

        Self-billed ones that customers made and sent us are not ours to send, so they do not count.
        """
        invoices = (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("move_type", "in", ("out_invoice", "out_refund"))
            & Domain("state", "=", "posted")
            & Domain("imported_from_einvoice", "=", False)
        )
        sent = Domain("peppol_move_state", "in", CORE_SENT)
        failed = Domain("peppol_move_state", "=", "error")
        queued = Domain("peppol_move_state", "=", "to_send")
        ready = Domain("peppol_move_state", "=", "ready")
        has_file = Domain("ubl_cii_xml_file", "!=", False)
        untouched = ~Domain("peppol_move_state", "in", (*CORE_SENT, "error", "to_send"))
        private = Domain("commercial_partner_id.is_company", "=", False) & Domain(
            "commercial_partner_id.vat", "in", (False, "", "/")
        )
        on_paper = untouched & ~ready & ~has_file
        domains = {
            "sent": sent,
            "failed": failed,
            "waiting": queued | (ready & ~has_file),
            "handed_over": untouched & has_file,
            "not_structured": on_paper & ~private,
            "private": on_paper & private,
            # those that no other line of what needs the user tells of
            "failed_otherwise": failed
            & ~Domain("exchange_ids", "any", [("direction", "=", "out"), ("state", "=", "attention")])
            & ~Domain("einvoice_check_ids", "any", [("state", "=", "problems")]),
            "to_businesses": ~(on_paper & private),
            "invoices": Domain.TRUE,
        }
        return {key: invoices & domain for key, domain in domains.items()}

    @api.model
    def _bill_domains(self):
        """Vendor bills and refunds of the allowed companies, drafts included; self-billed ones are made by us."""
        bills = (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("move_type", "in", ("in_invoice", "in_refund"))
            & Domain("state", "!=", "cancel")
            & Domain("journal_id.is_self_billing", "=", False)
        )
        # core copies the message id to a duplicate of the bill, but not the state
        over_peppol = Domain("peppol_message_uuid", "!=", False) & Domain("peppol_move_state", "!=", False)
        structured = over_peppol | Domain("imported_from_einvoice", "=", True)
        return {
            "bills": bills,
            "bills_structured": bills & structured,
            "bills_typed": bills & ~structured,
            "bills_to_check": bills & structured & Domain("state", "=", "draft"),
        }

    @api.model
    def _customer_domains(self):
        """Businesses among the customers, one record for each.

        What core knows of a customer on Peppol is kept per company: this is what the current company knows.
        """
        customers = (
            Domain(self.env["res.partner"]._check_company_domain(self.env.company))
            & Domain("customer_rank", ">", 0)
            & (Domain("is_company", "=", True) | Domain("vat", "not in", (False, "", "/")))
            & (Domain("is_company", "=", True) | Domain("parent_id", "=", False))
        )
        # no state at all means that core has never looked the customer up
        unknown = Domain("peppol_verification_state", "in", ("not_verified", False))
        no_number = Domain("peppol_endpoint", "in", (False, ""))
        domains = {
            "can_receive": Domain("peppol_verification_state", "=", "valid"),
            "other_documents": Domain("peppol_verification_state", "=", "not_valid_format"),
            "cannot_receive": Domain("peppol_verification_state", "=", "not_valid"),
            "unchecked": unknown & ~no_number,
            "no_number": unknown & no_number,
            "customers": Domain.TRUE,
        }
        return {key: customers & domain for key, domain in domains.items()}

    @api.model
    def _within(self, date_field, domain, start, end):
        """A figure's domain between two dates, both included; core keeps no date of what customers can receive."""
        if not date_field:
            return domain
        return domain & Domain(date_field, ">=", start) & Domain(date_field, "<=", end)

    # ------------------------------------------------------------------------------------------------------------------
    # The figures
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_overview(self, period="last_12_months"):
        """All that the first page shows.

        :param period: one of ``overview.periods.PERIODS``
        :return: dict of JSON values: ``period``, ``companies`` (names), ``invoices``, ``customers`` and ``bills`` (each
            with ``figures``: key to count, ``main``, ``whole`` and the ``share`` of one in the other in per cent,
            None if there is nothing to measure), ``months`` (twelve, oldest first, each with ``sent`` and ``received``:
            ``main``, ``whole``, ``share``), ``connections`` (one per allowed company), ``under_way`` and ``needs`` (see
            :meth:`_under_way` and :meth:`_needs`)
        :raises AccessError: if the user has no part in invoicing
        """
        self._check_overview_access()
        today = fields.Date.context_today(self)
        start, end = self._period_bounds(period, today)
        months = months_shown(today)
        counts = self._count_by_month(
            (*INVOICE_FIGURES, *BILL_FIGURES), min(start, months[0]), max(end, last_of_month(today))
        )
        in_period = {
            figure: sum(count for month, count in by_month.items() if start <= month <= end)
            for figure, by_month in counts.items()
        }
        lately = {figure: sum(counts[figure].get(month, 0) for month in months) for figure in INVOICE_FIGURES}
        customers = self._count_customers()
        connections = self._connections()
        exchanges = self._open_exchanges()
        situation = Situation(
            connections={connection["id"]: connection["state"] for connection in connections},
            attention=exchanges["attention"],
            counts={
                "problems": self._count_problems(),
                "failed": self._count("failed_otherwise"),
                "refused": self.env["peppol.exchange"].search_count(self._exchange_domain("out", "refused")),
                "bills": self._count("bills_to_check"),
                "waiting": lately["waiting"],
                "unchecked": customers["unchecked"],
            },
            invoices=sum(lately.values()),
        )
        return {
            "period": period,
            "companies": self.env.companies.mapped("name"),
            "invoices": self._family(in_period, "sent", BUSINESS_FIGURES, ("private",)),
            # unknown is not "no": those who have not been checked do not weigh on the share
            "customers": self._family(customers, "can_receive", CUSTOMER_FIGURES[:3], CUSTOMER_FIGURES[3:]),
            "bills": self._family(in_period, "bills_structured", BILL_FIGURES),
            "months": [self._month(month, counts) for month in months],
            "connections": connections,
            "may_configure": self.env.user.has_group("base.group_system"),
            "may_check": self.env["be.peppol.readiness"]._may_check(),
            "may_invoice": self.env.user.has_group("account.group_account_invoice"),
            "under_way": exchanges["under_way"],
            "needs": [self._need(need) for need in needs(situation)],
        }

    @api.model
    def _count_by_month(self, figures, start, end):
        """dict from figure to dict from the first day of a month to a count; months without records are absent."""
        domains = self._figure_domains()
        counts = {}
        for figure in figures:
            model, date_field, domain = domains[figure]
            period = self._within(date_field, domain, start, end)
            counts[figure] = dict(self.env[model]._read_group(period, [f"{date_field}:month"], ["__count"]))
        return counts

    @api.model
    def _count_customers(self):
        domains = self._figure_domains()
        return {figure: self.env["res.partner"].search_count(domains[figure][2]) for figure in CUSTOMER_FIGURES}

    @api.model
    def _count_problems(self):
        """How many unsent invoices cannot leave as they are, by the last check of each; see its list of problems."""
        checks = self.env["be.einvoice.check"]
        return checks.search_count(
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("state", "=", "problems")
            & Domain(checks._listed_domain())
        )

    @api.model
    def _family(self, counts, main, weighed, outside=()):
        """The figures of a family, and the share of the main one among those that are ``weighed``."""
        whole = sum(counts[figure] for figure in weighed)
        return {
            "figures": {figure: counts[figure] for figure in (*weighed, *outside)},
            "main": counts[main],
            "whole": whole,
            "share": share(counts[main], whole),
        }

    @api.model
    def _month(self, month, counts):
        def part(figures, main):
            family = self._family({figure: counts[figure].get(month, 0) for figure in figures}, main, figures)
            return {key: family[key] for key in ("main", "whole", "share")}

        return {
            "month": f"{month:%Y-%m}",
            "sent": part(BUSINESS_FIGURES, "sent"),
            "received": part(BILL_FIGURES, "bills_structured"),
        }

    @api.model
    def _count(self, figure):
        """How many records a figure without a date counts."""
        model, _date_field, domain = self._figure_domains()[figure]
        return self.env[model].search_count(domain)

    # ------------------------------------------------------------------------------------------------------------------
    # The lists behind the figures
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_list_action(self, figure, period="last_12_months"):
        """The window action with exactly the records that a figure counts.

        :param figure: a key of ``_figure_domains()``
        :param period: one of ``overview.periods.PERIODS``, or a month as ``YYYY-MM``; without effect on customers
        :raises UserError: if there is no such figure or period
        """
        self._check_overview_access()
        actions = self._figure_actions()
        if figure not in actions:
            raise UserError(self.env._("There is no figure “%s” on this page.", figure))
        start, end = self._period_bounds(period, fields.Date.context_today(self))
        xml_id, name = actions[figure]
        _model, date_field, domain = self._figure_domains()[figure]
        action = self.env["ir.actions.act_window"]._for_xml_id(f"be_peppol_einvoice.{xml_id}")
        action.update(domain=list(self._within(date_field, domain, start, end)), display_name=name, name=name)
        return action

    @api.model
    def _figure_actions(self):
        """dict from figure to (window action of this module, title of the list)."""
        invoices, bills, customers = "action_overview_invoices", "action_overview_bills", "action_overview_customers"
        return {
            "sent": (invoices, self.env._("Sent over Peppol")),
            "failed": (invoices, self.env._("Sending failed")),
            "failed_otherwise": (invoices, self.env._("Sending failed")),
            "waiting": (invoices, self.env._("Ready to be sent over Peppol")),
            "handed_over": (invoices, self.env._("E-invoice file made, handed over another way")),
            "not_structured": (invoices, self.env._("To businesses, without an e-invoice")),
            "private": (invoices, self.env._("To private persons, without an e-invoice")),
            "to_businesses": (invoices, self.env._("Customer invoices, private persons left out")),
            "invoices": (invoices, self.env._("Customer invoices and credit notes")),
            "can_receive": (customers, self.env._("Customers who can receive e-invoices")),
            "other_documents": (customers, self.env._("Customers on Peppol, but not for e-invoices")),
            "cannot_receive": (customers, self.env._("Customers not found on Peppol")),
            "unchecked": (customers, self.env._("Customers not checked yet")),
            "no_number": (customers, self.env._("Customers without a number to look up")),
            "customers": (customers, self.env._("Business customers")),
            "bills_structured": (bills, self.env._("Vendor bills that came in as e-invoices")),
            "bills_typed": (bills, self.env._("Vendor bills typed in, or from a PDF or scan")),
            "bills_to_check": (bills, self.env._("Bills that arrived and wait for your check")),
            "bills": (bills, self.env._("Vendor bills and refunds")),
        }

    # ------------------------------------------------------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _period_bounds(self, period, today):
        try:
            return period_bounds(period, today)
        except ValueError:
            raise UserError(
                self.env._(
                    "“%(period)s” is not a period. Choose one of: %(periods)s.",
                    period=period,
                    periods=", ".join(PERIODS),
                )
            ) from None

    @api.model
    def _check_overview_access(self):
        """A portal user may read his own invoices, but the company's figures are not for him."""
        user = self.env.user
        if not (user.has_group("account.group_account_invoice") or user.has_group("account.group_account_readonly")):
            raise AccessError(self.env._("This page is for those who work with invoices: ask for access to Invoicing."))
