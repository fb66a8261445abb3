# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..overview.periods import PERIODS
from .common import OverviewCommon

# nine groupings, nine counts, the companies with their connections, and core's demonstration mode
MAX_QUERIES = 22

FAMILIES = {
    "invoices": ("sent", "failed", "waiting", "handed_over", "not_structured", "private"),
    "customers": ("can_receive", "other_documents", "cannot_receive", "unchecked", "no_number"),
    "bills": ("bills_structured", "bills_typed"),
}


@tagged("post_install", "-at_install")
class TestOverview(OverviewCommon):
    def _listed(self, figure, period="last_12_months", overview=None):
        """The records in the list that opens behind a figure."""
        overview = self.overview if overview is None else overview
        action = overview.get_list_action(figure, period)
        return overview.env[action["res_model"]].search(action["domain"])

    def _assert_lists_agree(self, overview, period):
        data = overview.get_overview(period)
        for family, figures in FAMILIES.items():
            lists = {figure: self._listed(figure, period, overview) for figure in figures}
            for figure in figures:
                self.assertEqual(len(lists[figure]), data[family]["figures"][figure], (figure, period))
            total = self._listed(family, period, overview)
            # each record of the family is behind exactly one of its figures
            self.assertEqual(sum(map(len, lists.values())), len(total), (family, period))
            self.assertEqual(total.browse().union(*lists.values()), total, (family, period))
        self.assertEqual(len(self._listed("to_businesses", period, overview)), data["invoices"]["whole"])
        return data

    # -- figures -------------------------------------------------------------------------------------------------------

    def test_each_figure_counts_its_documents(self):
        for figure, documents in self._fill().items():
            self.assertEqual(self._listed(figure), documents.sorted(self.env["account.move"]._order), figure)

    def test_lists_and_figures_agree_in_every_period(self):
        self._fill()
        for period in PERIODS:
            self._assert_lists_agree(self.overview, period)

    def test_figures_by_period(self):
        self._fill()
        sent = {period: self.overview.get_overview(period)["invoices"]["figures"]["sent"] for period in PERIODS}
        self.assertEqual(sent, {"month": 1, "quarter": 1, "year": 2, "last_12_months": 3})
        bills = {period: self.overview.get_overview(period)["bills"]["figures"] for period in PERIODS}
        self.assertEqual(bills["month"], {"bills_structured": 2, "bills_typed": 1})
        self.assertEqual(bills["year"], {"bills_structured": 3, "bills_typed": 2})

    def test_quarter_counts_the_months_to_come(self):
        self._new_move("out_invoice", peppol_move_state="done", day="2026-12-15")
        self.assertEqual(self._assert_lists_agree(self.overview, "quarter")["invoices"]["figures"]["sent"], 1)
        self.assertEqual(self._assert_lists_agree(self.overview, "last_12_months")["invoices"]["figures"]["sent"], 0)

    def test_share_leaves_out_private_persons(self):
        self._fill()
        invoices = self.overview.get_overview()["invoices"]
        self.assertEqual((invoices["main"], invoices["whole"], invoices["share"]), (3, 11, 27))

    def test_months(self):
        self._fill()
        months = self.overview.get_overview("month")["months"]
        self.assertEqual([month["month"] for month in months][0::11], ["2025-12", "2026-11"])
        self.assertEqual(len(months), 12)
        for month in months:
            for part, structured, everything in (
                ("sent", "sent", "to_businesses"),
                ("received", "bills_structured", "bills"),
            ):
                self.assertEqual(len(self._listed(structured, month["month"])), month[part]["main"])
                self.assertEqual(len(self._listed(everything, month["month"])), month[part]["whole"])
        by_month = {month["month"]: month for month in months}
        self.assertEqual(by_month["2026-08"]["sent"], {"main": 1, "whole": 1, "share": 100})
        # nothing to measure is not 0%
        self.assertEqual(by_month["2026-02"]["sent"], {"main": 0, "whole": 0, "share": None})
        self.assertEqual(by_month["2026-07"]["received"], {"main": 1, "whole": 1, "share": 100})
        self.assertEqual(by_month["2026-03"]["received"], {"main": 0, "whole": 1, "share": 0})

    def test_customers_not_checked_are_not_a_no(self):
        mine = self.env["res.partner"].union(*self.customers.values())
        listed = {figure: self._listed(figure) & mine for figure in FAMILIES["customers"]}
        self.assertEqual(listed["can_receive"], self.customers["valid"])
        self.assertEqual(listed["cannot_receive"], self.customers["not_valid"])
        self.assertEqual(listed["other_documents"], self.customers["not_valid_format"])
        self.assertEqual(listed["unchecked"], self.customers["not_verified"] + self.customers[False])
        data = self.overview.get_overview()["customers"]
        known = ("can_receive", "other_documents", "cannot_receive")
        self.assertEqual(data["whole"], sum(data["figures"][figure] for figure in known))
        self.customers[False].peppol_endpoint = False
        self.assertEqual(self._listed("unchecked") & mine, self.customers["not_verified"])
        self.assertEqual(self._listed("no_number") & mine, self.customers[False])
        for partner in self._listed("customers"):
            partner.with_company(self.company).peppol_verification_state = "not_verified"
        data = self.overview.get_overview()["customers"]
        self.assertIsNone(data["share"])
        self.assertTrue(data["figures"]["unchecked"])

    def test_a_customer_counts_once_and_only_if_a_business(self):
        head_office = self.customers["valid"]
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": head_office.id, "customer_rank": 1})
        self.private_person.customer_rank = 1
        sole_trader = self.env["res.partner"].create({"name": "Trader", "vat": "NL000099998B57", "customer_rank": 1})
        listed = self._listed("customers")
        self.assertIn(head_office, listed)
        self.assertIn(sole_trader, listed)
        self.assertFalse(listed & (contact + self.private_person + self.vendor))

    def test_what_customers_answered_over_cores_access_point_was_sent(self):
        """A later core writes the answer into its state of the invoice: received, accepted or refused."""
        invoices = self.env["account.move"].union(
            *(self._new_move("out_invoice", peppol_move_state="done") for _answer in ("AB", "AP", "RE"))
        )
        self.env.flush_all()
        for invoice, answer in zip(invoices, ("AB", "AP", "RE"), strict=True):
            # past the ORM, which knows these values only where core's later add-on is installed
            self.env.cr.execute("UPDATE account_move SET peppol_move_state = %s WHERE id = %s", (answer, invoice.id))
        self.env.invalidate_all()
        self.assertEqual(self._listed("sent"), invoices.sorted(lambda one: -one.id))
        self.assertFalse(self._listed("handed_over") | self._listed("not_structured") | self._listed("failed"))
        self.assertEqual(self.overview.get_overview()["invoices"]["figures"]["sent"], 3)
        for invoice in invoices:
            self.assertEqual(invoice._einvoice_not_applicable(), "sent")
        refresh = self.env["be.einvoice.check"]
        self.assertFalse(invoices.filtered_domain(refresh._unsent_domain()), "nothing of them is to be mended any more")

    def test_self_billing(self):
        """What a customer bills in our name came in; what we bill in a vendor's name went out."""
        self._new_move("out_invoice", peppol_move_state="done", imported_from_einvoice=True)
        self.company_data["default_journal_purchase"].is_self_billing = True
        self._new_move("in_invoice", peppol_message_uuid="b", peppol_move_state="done")
        self.assertFalse(self._listed("invoices"))
        self.assertFalse(self._listed("bills"))

    def test_a_duplicate_of_a_received_bill_was_typed_in(self):
        bill = self._new_move(
            "in_invoice", peppol_message_uuid="a", peppol_move_state="done", imported_from_einvoice=True
        )
        duplicate = bill.copy()
        duplicate.date = bill.date
        self.assertTrue(
            duplicate.peppol_message_uuid, "core copies it; if it no longer does, the domain can be simpler"
        )
        self.assertEqual(self._listed("bills_structured"), bill)
        self.assertEqual(self._listed("bills_typed"), duplicate)

    # -- next step and connection --------------------------------------------------------------------------------------

    def _needs(self, overview=None):
        overview = self.overview if overview is None else overview
        return {need["key"]: need["count"] for need in overview.get_overview("month")["needs"]}

    def test_needs(self):
        self.env["res.partner"].search([("customer_rank", ">", 0)]).customer_rank = 0
        self.assertEqual(self._needs(), {"connect": 1})
        self.company.account_peppol_proxy_state = "receiver"
        self.assertEqual(self._needs(), {"first_invoice": 1})
        self._new_move("out_invoice", peppol_move_state="done")
        self.assertEqual(self._needs(), {"nothing": 1})
        unchecked = self._new_customer("New one", "not_verified")
        self.assertEqual(self._needs(), {"unchecked": 1})
        self._new_move("out_invoice", peppol_move_state="ready")
        self._new_move("in_invoice", imported_from_einvoice=True, post=False)
        # a failure of last winter must not be missed because another period is shown
        failed = self._new_move("out_invoice", peppol_move_state="error", day="2026-01-02")
        self.assertEqual(list(self._needs().items()), [("failed", 1), ("bills", 1), ("waiting", 1), ("unchecked", 1)])
        self.assertEqual(self._listed("failed_otherwise"), failed)
        failed.peppol_move_state = "done"
        unchecked.customer_rank = 0
        self.assertEqual(self._needs(), {"bills": 1, "waiting": 1})

    def test_connection(self):
        self.company.account_peppol_proxy_state = "smp_registration"
        (connection,) = self.overview.get_overview()["connections"]
        expected = {"id": self.company.id, "name": self.company.name, "state": "smp_registration", "mode": "demo"}
        self.assertEqual(connection | expected, connection)
        self.assertFalse(connection["provider"])
        self.env["account_edi_proxy_client.user"].create(
            {
                "id_client": "test",
                "company_id": self.company.id,
                "proxy_type": "peppol",
                "edi_mode": "test",
                "edi_identification": "0208:0477472701",
                "private_key_id": self.env["certificate.key"]._generate_rsa_private_key(self.company, name="k").id,
                "is_token_out_of_sync": True,
            }
        )
        data = self.overview.with_user(self._new_user("auditor")).get_overview()
        self.assertEqual((data["connections"][0]["state"], data["connections"][0]["mode"]), ("out_of_sync", "test"))
        self.assertEqual(data["needs"][0]["key"], "reconnect")

    # -- companies -----------------------------------------------------------------------------------------------------

    def test_companies(self):
        self._fill()
        other = self.setup_other_company(name="Second company")["company"]
        self.customers["valid"].with_company(other).peppol_verification_state = "not_valid"
        accountant = self._new_user("accountant", company_ids=[Command.set((self.company + other).ids)])
        overview = self.env["be.peppol.overview"].with_user(accountant)
        first = overview.with_context(allowed_company_ids=self.company.ids)
        second = overview.with_context(allowed_company_ids=other.ids)
        both = overview.with_context(allowed_company_ids=(self.company + other).ids)
        self.assertEqual(second.get_overview()["invoices"]["whole"], 0)
        self._new_move(
            "out_invoice",
            journal=self.env["account.journal"].search([("company_id", "=", other.id), ("type", "=", "sale")], limit=1),
            peppol_move_state="done",
        )
        sent = [view.get_overview()["invoices"]["figures"]["sent"] for view in (first, second, both)]
        self.assertEqual(sent, [3, 1, 4])
        for view in (first, second, both):
            self._assert_lists_agree(view, "last_12_months")
        self.assertEqual([one["id"] for one in both.get_overview()["connections"]], [self.company.id, other.id])
        # what is known of a customer is known to one company
        self.assertIn(self.customers["valid"], self._listed("can_receive", overview=both))
        self.assertIn(self.customers["valid"], self._listed("cannot_receive", overview=second))

    def test_other_companys_documents_stay_hidden(self):
        other = self.setup_other_company(name="Second company")["company"]
        self._fill()
        stranger = self.env["be.peppol.overview"].with_user(self._new_user("accountant", company=other))
        data = stranger.get_overview()
        self.assertEqual(data["invoices"]["whole"] + data["bills"]["whole"], 0)
        self.assertEqual(data["companies"], [other.name])
        with self.assertRaises(AccessError):
            stranger.with_context(allowed_company_ids=self.company.ids).get_overview()

    # -- access --------------------------------------------------------------------------------------------------------

    def test_access(self):
        self._fill()
        expected = self.overview.get_overview()["invoices"]
        for role in ("accountant", "invoicing", "auditor"):
            overview = self.overview.with_user(self._new_user(role))
            data = self._assert_lists_agree(overview, "last_12_months")
            self.assertEqual(data["invoices"], expected, role)
            self.assertFalse(data["may_configure"])
            self.assertEqual(data["may_check"], role != "auditor", role)
        for role in ("employee", "portal"):
            overview = self.overview.with_user(self._new_user(role))
            with self.assertRaises(AccessError):
                overview.get_overview()
            with self.assertRaises(AccessError):
                overview.get_list_action("sent")
            with self.assertRaises(AccessError):
                overview.get_exchange_action("out", "attention")
            with self.assertRaises(AccessError):
                overview.try_exchanges_again("out", "temporary")

    def test_bad_input(self):
        with self.assertRaisesRegex(UserError, "no figure “nonsense”"):
            self.overview.get_list_action("nonsense")
        for period in ("decade", "2026-13"):
            with self.assertRaisesRegex(UserError, "is not a period"):
                self.overview.get_list_action("sent", period)
            with self.assertRaisesRegex(UserError, "is not a period"):
                self.overview.get_overview(period)

    def test_menus_open_for_those_who_see_them(self):
        root = self.env.ref("be_peppol_einvoice.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        for role, visible in (("accountant", 14), ("invoicing", 12), ("auditor", 13), ("employee", 0), ("portal", 0)):
            user = self._new_user(role)
            seen = self.env["ir.ui.menu"].with_user(user).load_menus(False) if role != "portal" else {}
            self.assertEqual(len(menus.filtered(lambda menu, seen=seen: menu.id in seen)), visible, role)
            for menu in menus.filtered(lambda menu, seen=seen: menu.id in seen and menu.action):
                action = menu.action.with_user(user).sudo().read()[0]
                if menu.action._name != "ir.actions.act_window":
                    continue
                model = self.env[action["res_model"]].with_user(user).with_company(self.company)
                model.search(safe_eval(action["domain"] or "[]"), limit=1)
                views = [(view_id if kind == "list" else False, kind) for view_id, kind in action["views"]]
                model.get_views(
                    [*views, (action["search_view_id"][0] if action["search_view_id"] else False, "search")]
                )

    # -- cost and filters ----------------------------------------------------------------------------------------------

    def test_query_count_does_not_grow(self):
        overview = self.overview.with_user(self._new_user("accountant"))

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(MAX_QUERIES):
                overview.get_overview("year")

        self._fill()
        overview.get_overview()
        read()
        for _i in range(5):
            self._fill()
            self._new_customer("One more", "valid")
        read()

    def test_search_filters_find_what_the_figures_count(self):
        self._fill()
        filters = {
            "account.view_account_invoice_filter": {"einvoice_sent": "sent", "einvoice_failed": "failed"},
            "account.view_account_bill_filter": {
                "einvoice_received": "bills_structured",
                "einvoice_typed": "bills_typed",
            },
            "base.view_res_partner_filter": {
                "einvoice_can_receive": "can_receive",
                "einvoice_cannot_receive": "cannot_receive",
                "einvoice_other_documents": "other_documents",
                "einvoice_unchecked": "unchecked",
            },
        }
        totals = {"sent": "invoices", "failed": "invoices", "bills_structured": "bills", "bills_typed": "bills"}
        for view, figures in filters.items():
            view = self.env.ref(view)
            arch = etree.fromstring(self.env[view.model].get_view(view.id, "search")["arch"])
            for name, figure in figures.items():
                (node,) = arch.xpath(f"//filter[@name='{name}']")
                total = self._listed(totals.get(figure, "customers"))
                found = total.with_company(self.company).filtered_domain(safe_eval(node.get("domain")))
                self.assertEqual(found, self._listed(figure), name)
