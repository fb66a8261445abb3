# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..engine import number
from ..models.be_quality import _number
from ..wizards import be_quality_fix
from .common import ONE, OTHER, EnterpriseCase, enterprise_number

WRONG = "0477472702"


@tagged("post_install", "-at_install")
class TestQuality(EnterpriseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Quality = cls.env["be.quality"]
        cls.ready = cls.company_contact(name="Ready", vat=f"BE{ONE}", email="a@example.com", lang="en_US")

    def contact(self, **values):
        """Create a contact whose values are not checked, as they may have been before this add-on."""
        partner = self.company_contact(email="a@example.com", lang="en_US")
        raw = {key: values.pop(key) for key in ("company_registry", "vat", "lang", "email") if key in values}
        partner.write(values)
        self.env.flush_all()
        if raw:
            assignments = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(key), value or None) for key, value in raw.items()
            )
            self.env.cr.execute(SQL("UPDATE res_partner SET %s WHERE id = %s", assignments, partner.id))
            partner.invalidate_recordset()
        return partner

    def having(self, code):
        return self.env["res.partner"].search([("be_quality_issue", "=", code)])

    def count(self, code):
        return next(issue["count"] for issue in self.Quality.overview()["issues"] if issue["code"] == code)

    def check(self, code, *partners):
        """Exactly these contacts of the test have the issue, in the list and in the count."""
        found = self.having(code)
        for partner in partners:
            self.assertIn(partner, found)
        self.assertNotIn(self.ready, found)
        self.assertEqual(self.count(code), len(found))

    def test_each_issue_is_counted_and_listed(self):
        cases = {
            "no_number": {},
            "wrong_number": {"company_registry": WRONG},
            "writing": {"company_registry": number.format_enterprise(OTHER)},
            "disagree": {"company_registry": enterprise_number(10_000_777), "vat": f"BE{OTHER}"},
            "no_email": {"company_registry": enterprise_number(10_000_778), "email": ""},
            "no_language": {"company_registry": enterprise_number(10_000_779), "lang": ""},
        }
        for code, values in cases.items():
            with self.subTest(code):
                before = self.count(code)
                partner = self.contact(**values)
                self.check(code, partner)
                self.assertEqual(self.count(code), before + 1)
                titles = self.Quality._titles()
                self.assertEqual(partner.be_quality_issue, titles[code][0])
        self.assertFalse(self.ready.be_quality_issue)

    def test_wrong_vat_number_counts_as_wrong(self):
        self.check("wrong_number", self.contact(company_registry=OTHER, vat=f"BE{WRONG}"))

    def test_foreign_contacts_and_refused_vat_numbers_are_no_problem(self):
        dutch = self.contact(country_id=self.env.ref("base.nl").id, company_registry="12345678", vat="NL123456782B90")
        slash = self.contact(company_registry=OTHER, vat="/")
        for code in ("no_number", "wrong_number", "writing", "disagree"):
            self.assertFalse(self.having(code) & (dutch + slash), code)

    def test_persons_need_no_number(self):
        person = self.contact(is_company=False, name="Anne")
        self.assertNotIn(person, self.having("no_number"))

    def test_duplicates_within_what_one_company_sees(self):
        one = self.contact(company_registry=OTHER)
        self.assertNotIn(one, self.having("duplicate"))
        two = self.contact(company_registry=number.format_enterprise(OTHER))
        self.check("duplicate", one, two)
        other_company = self.env["res.company"].create({"name": "Other", "country_id": self.belgium.id})
        one.company_id = self.env.company
        two.company_id = other_company
        self.assertFalse(self.having("duplicate") & (one + two))

    def test_ceased_is_not_measured_without_a_register(self):
        with patch.object(type(self.env["be.quality"]), "_ceased_numbers", lambda self: None):
            self.assertIsNone(self.count("ceased"))
            self.assertFalse(self.having("ceased"))

    def test_ceased_according_to_a_register(self):
        gone = self.contact(company_registry=OTHER)
        with patch.object(type(self.env["be.quality"]), "_ceased_numbers", lambda self: SQL("SELECT %s", OTHER)):
            self.check("ceased", gone)

    def test_ready_counts_contacts_without_any_issue(self):
        before = self.Quality.overview()
        self.contact(company_registry=WRONG, email="", lang="")
        after = self.Quality.overview()
        self.assertEqual((after["total"], after["ready"]), (before["total"] + 1, before["ready"]))

    def test_sql_reads_numbers_as_the_engine_does(self):
        texts = [
            ONE, f"BE{ONE}", number.format_enterprise(ONE), ONE[1:], "0477472702", "2000000042", "0000000097",
            "0000009797", "0000009700", "", "abc", "BE", "04774727011", " be 0477.472.701", "477/472/701",
            f"TVA BE {ONE}", f"btw-be{ONE}", f"NL{ONE}",
        ]  # fmt: skip
        for text in texts:
            sql = SQL("SELECT %s FROM (SELECT %s AS t) AS x", _number("x.t"), text)
            [[digits]] = self.env.execute_query(sql)
            right = number.is_enterprise(text)
            self.assertEqual(digits, number.enterprise(text) if right else text and "!", text)

    # -- Putting right ------------------------------------------------------------------------------------------------

    def fix(self, code, *partners):
        action = self.Quality.action_fix(code, [partner.id for partner in partners])
        return self.env["be.quality.fix"].browse(action["res_id"])

    def test_preview_changes_nothing_and_apply_does(self):
        cases = [
            ("no_number", {"vat": f"BE{OTHER}"}, "company_registry", OTHER),
            ("writing", {"company_registry": number.format_enterprise(OTHER)}, "company_registry", OTHER),
            ("wrong_number", {"company_registry": WRONG, "vat": f"BE{OTHER}"}, "company_registry", OTHER),
            ("wrong_number", {"company_registry": OTHER, "vat": f"BE{WRONG}"}, "vat", f"BE{OTHER}"),
        ]
        for code, values, field, expected in cases:
            with self.subTest(code=code, field=field):
                partner = self.contact(**values)
                before = partner[field]
                fix = self.fix(code, partner)
                self.assertEqual(fix.line_ids.new_value, expected)
                self.assertEqual(partner[field], before)
                fix.action_apply()
                self.assertEqual(partner[field], expected)
                self.assertTrue(fix.line_ids.applied)
                self.assertNotIn(partner, self.having(code))

    def test_language_of_the_address_where_there_is_one(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        dutch, both = (self.contact(lang="", zip=code, company_registry=OTHER) for code in ("9000", "1000"))
        fix = self.fix("no_language", dutch, both)
        self.assertEqual((fix.line_ids.partner_id, fix.line_ids.new_value), (dutch, "nl_BE"))
        self.assertEqual(fix.without_answer, 1)
        fix.action_apply()
        self.assertEqual((dutch.lang, bool(both.lang)), ("nl_BE", False))

    def test_nothing_is_proposed_where_nothing_gives_the_answer(self):
        partner = self.contact(company_registry=WRONG)
        fix = self.fix("wrong_number", partner)
        self.assertFalse(fix.line_ids)
        self.assertEqual((fix.found, fix.without_answer), (1, 1))

    def test_a_register_tells_which_of_two_numbers_is_meant(self):
        third = enterprise_number(10_000_777)
        partner = self.contact(company_registry=third, vat=f"BE{OTHER}")
        self.assertFalse(self.fix("disagree", partner).line_ids)
        for known, field, value in (({OTHER}, "company_registry", OTHER), ({third}, "vat", f"BE{third}")):
            with patch.object(
                type(self.env["be.quality"]), "_known_numbers", lambda self, numbers, known=known: numbers & known
            ):
                line = self.fix("disagree", partner).line_ids
                self.assertEqual((line.field_name, line.new_value), (field, value))
        with patch.object(type(self.env["be.quality"]), "_known_numbers", lambda self, numbers: numbers):
            self.assertFalse(self.fix("disagree", partner).line_ids)

    def test_contacts_without_an_answer_do_not_stand_in_the_way(self):
        self.contact(name="A")
        answered = [
            self.contact(name=name, vat=f"BE{enterprise_number(10_002_000 + n)}") for n, name in enumerate("BC")
        ]
        with patch.object(be_quality_fix, "_AT_ONCE", 1):
            fix = self.env["be.quality.fix"].browse(self.Quality.action_fix("no_number")["res_id"])
            self.assertEqual((fix.line_ids.partner_id, fix.more), (answered[0], True))
            fix.action_apply()
            fix = self.env["be.quality.fix"].browse(fix.action_next()["res_id"])
            self.assertEqual((fix.line_ids.partner_id, fix.more), (answered[1], False))

    def test_a_preview_is_offered_only_where_it_can_help(self):
        self.contact(company_registry=enterprise_number(10_000_777), vat=f"BE{OTHER}")

        def fixable():
            return {issue["code"] for issue in self.Quality.overview()["issues"] if issue["fixable"]}

        with patch.object(type(self.env["be.quality"]), "_known_numbers", lambda self, numbers: None):
            self.assertNotIn("disagree", fixable())
        with patch.object(type(self.env["be.quality"]), "_known_numbers", lambda self, numbers: numbers):
            self.assertIn("disagree", fixable())

    def test_unticked_and_changed_contacts_are_left_alone(self):
        unticked, changed, other = (self.contact(vat=f"BE{enterprise_number(10_001_000 + n)}") for n in range(3))
        fix = self.fix("no_number", unticked, changed, other)
        fix.line_ids.filtered(lambda line: line.partner_id == unticked).apply = False
        changed.company_registry = ONE
        fix.action_apply()
        self.assertFalse(unticked.company_registry)
        self.assertEqual(changed.company_registry, ONE)
        self.assertEqual(other.company_registry, other.vat[2:])
        self.assertEqual(fix.done_count, 1)
        self.assertTrue(fix.line_ids.filtered(lambda line: line.partner_id == changed).error)

    def test_unknown_issue(self):
        with self.assertRaises(UserError):
            self.Quality.action_fix("nonsense")

    def test_merge_goes_through_core(self):
        one = self.contact(company_registry=OTHER)
        two = self.contact(company_registry=OTHER)
        action = self.Quality.action_merge()
        self.assertEqual(action["res_model"], "base.partner.merge.automatic.wizard")
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        while wizard.partner_ids and wizard.partner_ids != one + two:
            wizard.action_skip()
        self.assertEqual(wizard.partner_ids, one + two)
        wizard.action_merge()
        self.assertEqual(len((one + two).exists()), 1)

    # -- Who may see and do it ----------------------------------------------------------------------------------------

    def test_an_employee_sees_and_only_contact_managers_put_right(self):
        employee = new_test_user(self.env, "quality_employee", groups="base.group_user")
        self.contact(vat=f"BE{OTHER}")
        self.contact(company_registry=enterprise_number(10_000_777))
        self.contact(company_registry=enterprise_number(10_000_777))
        overview = self.Quality.with_user(employee).overview()
        self.assertFalse([issue for issue in overview["issues"] if issue["fixable"] or issue["mergeable"]])
        self.assertTrue(self.Quality.with_user(employee).action_list("no_number")["domain"])
        with self.assertRaises(AccessError):
            self.Quality.with_user(employee).action_fix("no_number")
        with self.assertRaises(AccessError):
            self.Quality.with_user(employee).action_merge()

    def test_a_portal_user_sees_nothing(self):
        customer = new_test_user(self.env, "quality_portal", groups="base.group_portal")
        for method, arguments in (("overview", ()), ("action_list", ("no_number",)), ("action_fix", ("no_number",))):
            with self.assertRaises(AccessError):
                getattr(self.Quality.with_user(customer), method)(*arguments)

    def test_only_contacts_of_allowed_companies_are_counted(self):
        other_company = self.env["res.company"].create({"name": "Other", "country_id": self.belgium.id})
        user = new_test_user(self.env, "quality_company", groups="base.group_user,base.group_partner_manager")
        before = self.Quality.with_user(user).overview()["total"]
        theirs = self.contact(company_registry=OTHER, company_id=other_company.id)
        self.assertEqual(self.Quality.with_user(user).overview()["total"], before)
        theirs.company_id = False
        self.assertEqual(self.Quality.with_user(user).overview()["total"], before + 1)
