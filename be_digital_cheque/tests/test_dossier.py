# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .dossier_common import DossierCase


@tagged("post_install", "-at_install")
class TestDossier(DossierCase):
    def test_it_takes_over_the_procedure_of_the_rules_of_the_day(self):
        dossier = self.dossier()
        self.assertEqual(dossier.version_id, self.version)
        self.assertEqual(len(dossier.step_ids), len(self.version.step_ids))
        self.assertEqual(len(dossier.document_ids), len(self.version.document_ids))
        self.assertRegex(dossier.reference, r"^SUB/\d{4}/\d{4,}$")
        apply = dossier.step_ids.filtered(lambda step: step.act == "apply")
        self.assertEqual(apply.deadline, date(2027, 1, 10))
        self.assertEqual(dossier.next_deadline, date(2027, 1, 10))
        self.assertEqual(dossier.next_step_id, apply)
        dossier.planned_start = "2027-02-01"
        self.assertEqual(apply.deadline, date(2027, 1, 31))

    def test_every_open_programme_has_steps_and_documents(self):
        programmes = self.env["digital.cheque.programme"].search([])
        for programme in programmes.filtered("in_force"):
            with self.subTest(programme.code):
                version = programme.current_version_id
                self.assertTrue(version.step_ids)
                self.assertTrue(version.document_ids)

    def test_the_kmo_wallet_has_its_three_deadlines(self):
        dossier = self.dossier(
            programme_id=self.env.ref("be_digital_cheque.programme_fla_kmo").id, planned_start="2026-12-01"
        )
        limits = {step.act: step.deadline for step in dossier.step_ids}
        self.assertEqual(limits["apply"], date(2026, 12, 15))
        self.assertFalse(limits["share"])
        dossier.applied_on = "2026-12-10"
        limits = {step.act: step.deadline for step in dossier.step_ids}
        self.assertEqual(limits["share"], date(2027, 1, 9))
        self.assertEqual(limits["end"], date(2027, 12, 31))

    def test_the_whole_way(self):
        dossier = self.dossier()
        with self.assertRaisesRegex(UserError, "Next may be"):
            dossier.state = "granted"
        self.move(dossier, "prepared", "submitted")
        self.assertEqual(dossier.applied_on, date(2026, 11, 24))
        self.assertEqual(dossier.step_ids.filtered(lambda step: step.act == "apply").state, "done")
        with self.assertRaisesRegex(UserError, "Aid Granted"):
            dossier.state = "granted"
        self.move(dossier, "info_asked", "submitted")
        self.move(dossier, "granted", granted_amount=2800)
        self.move(dossier, "in_execution", "claimed")
        self.move(dossier, "paid", paid_amount=2800)
        self.move(dossier, "closed")
        self.assertFalse(dossier.next_deadline)

    def test_missing_documents_stop_until_somebody_goes_on_knowingly(self):
        dossier = self.dossier(state="idea")
        dossier.state = "prepared"
        with self.assertRaisesRegex(UserError, "Documents that are missing"):
            dossier.state = "submitted"
        wizard = Form(
            self.env["digital.cheque.dossier.move"].with_context(
                default_dossier_id=dossier.id, default_target="submitted"
            )
        ).save()
        self.assertIn("De minimis declaration", wizard.problems)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "Sent by post"
        wizard.action_confirm()
        self.assertEqual(dossier.state, "submitted")
        self.assertIn("Sent by post", "".join(dossier.message_ids.mapped("body")))

    def test_an_application_after_the_start_is_told(self):
        dossier = self.dossier(started_on="2026-11-02", state="idea")
        dossier.state = "prepared"
        with self.assertRaisesRegex(UserError, "the aid is lost"):
            dossier.state = "submitted"
        apply = dossier.step_ids.filtered(lambda step: step.act == "apply")
        self.assertEqual(apply.breach, "overdue")
        self.assertIn(apply, self.env["digital.cheque.dossier.step"].search([("breach", "in", ["overdue"])]))

    def test_its_line_in_the_register(self):
        dossier = self.dossier()
        self.move(dossier, "prepared")
        self.assertFalse(dossier.aid_id)
        self.move(dossier, "submitted")
        aid = dossier.aid_id
        self.assertEqual((aid.state, aid.amount, aid.granted_on), ("planned", 3000, False))
        self.assertEqual(aid.beneficiary_id, self.company.partner_id)
        self.move(dossier, "granted", granted_amount=2800, decided_on="2026-11-20")
        self.assertEqual((aid.state, aid.amount, aid.granted_on), ("granted", 2800, date(2026, 11, 20)))
        self.move(dossier, "withdrawn")
        self.assertEqual(aid.state, "refused")

    def test_a_grant_over_the_room_is_stopped_with_the_figures(self):
        undertaking = self.env["digital.cheque.undertaking"]._of_company(self.company)
        self.env["digital.cheque.aid"].create(
            {"name": "Old", "undertaking_id": undertaking.id, "amount": 299000, "granted_on": "2026-01-10"}
        )
        dossier = self.dossier()
        self.move(dossier, "prepared", "submitted")
        with self.assertRaisesRegex(ValidationError, r"300,000.*1,800"), self.cr.savepoint():
            self.move(dossier, "granted", granted_amount=2800, decided_on="2026-11-20")
        dossier.invalidate_recordset()
        self.assertEqual(dossier.state, "submitted")

    def test_aid_of_an_unknown_category_is_the_users_to_decide(self):
        dossier = self.dossier(programme_id=self.env.ref("be_digital_cheque.programme_fla_kmo").id)
        self.assertFalse(dossier.counts_de_minimis)
        dossier.counts_de_minimis = True
        self.move(dossier, "prepared", "submitted")
        self.assertEqual(dossier.aid_id.state, "planned")

    def test_an_update_with_new_rules_leaves_an_open_dossier_its_own(self):
        dossier = self.dossier()
        self.move(dossier, "prepared", "submitted")
        steps = dossier.step_ids
        Version = self.env["digital.cheque.programme.version"]
        Version._load_records(
            [
                {
                    "xml_id": "be_digital_cheque.version_bru_digital_2024",
                    "values": {"programme_id": self.programme.id, "date_to": "2026-10-31"},
                    "noupdate": True,
                },
                {
                    "xml_id": "be_digital_cheque.version_bru_digital_2026",
                    "values": {
                        "programme_id": self.programme.id,
                        "date_from": "2026-11-01",
                        "status": "open",
                        "aid_category": "gber",
                    },
                    "noupdate": True,
                },
            ],
            update=True,
        )
        newer = self.env.ref("be_digital_cheque.version_bru_digital_2026")
        self.env.invalidate_all()
        self.assertEqual(self.programme.current_version_id, newer)
        self.assertEqual(dossier.version_id, self.version)
        self.assertEqual(dossier.step_ids, steps)
        self.assertEqual(dossier.aid_category, "de_minimis")
        self.assertEqual(dossier.newer_version_id, newer)
        self.assertEqual(self.dossier().version_id, newer)

    def test_before_the_application_the_newer_rules_may_be_taken(self):
        dossier = self.dossier()
        self.version.date_to = "2026-10-31"
        newer = self.version.copy({"date_from": "2026-11-01", "date_to": False})
        newer.step_ids.filtered(lambda step: step.act == "end").unlink()
        dossier.invalidate_recordset()
        self.assertEqual(dossier.newer_version_id, newer)
        dossier.action_take_newer_version()
        self.assertEqual(dossier.version_id, newer)
        self.assertEqual(dossier.step_ids.programme_step_id, newer.step_ids)
        self.assertEqual(dossier.document_ids.programme_document_id, newer.document_ids)

    def test_a_sent_dossier_keeps_its_rules_and_is_not_deleted(self):
        dossier = self.dossier()
        self.move(dossier, "prepared", "submitted")
        mine = dossier.with_user(self.user)
        with self.assertRaisesRegex(UserError, "keeps its programme"):
            mine.programme_id = self.env.ref("be_digital_cheque.programme_bru_consultancy")
        with self.assertRaises(UserError):
            dossier.unlink()

    def test_deadlines_become_activities_of_the_responsible_person_once(self):
        dossier = self.dossier(planned_start="2026-12-01", user_id=self.user.id)
        other = self.dossier(planned_start="2027-06-01", user_id=self.user.id)
        Dossier = self.env["digital.cheque.dossier"]
        Dossier._cron_remind()
        Dossier._cron_remind()
        activity = dossier.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual((activity.user_id, activity.date_deadline), (self.user, date(2026, 11, 30)))
        self.assertIn("loses the right", activity.note)
        self.assertFalse(other.activity_ids)
        dossier.planned_start = "2026-12-05"
        Dossier._cron_remind()
        self.assertEqual(activity.date_deadline, date(2026, 12, 4))
        self.move(dossier, "prepared", "submitted")
        Dossier._cron_remind()
        self.assertFalse(dossier.activity_ids)

    def test_a_step_is_ticked_off_and_undone(self):
        dossier = self.dossier()
        step = dossier.step_ids.filtered(lambda step: step.act == "start")
        step.action_done()
        self.assertEqual((step.state, dossier.started_on), ("done", date(2026, 11, 24)))
        step.action_undo()
        self.assertEqual((step.state, dossier.started_on), ("todo", False))
        step.action_skip()
        self.assertEqual(step.state, "skipped")
        own = dossier.step_ids.create({"dossier_id": dossier.id, "name": "Call the adviser"})
        own.action_done()
        self.assertEqual((own.name, own.state), ("Call the adviser", "done"))

    def test_access_by_role_and_company(self):
        dossier = self.dossier()
        mine = dossier.with_user(self.user)
        mine.planned_cost = 13000
        self.assertTrue(mine.step_ids.name if len(mine.step_ids) == 1 else mine.step_ids[0].name)
        self.move(mine, "prepared", "submitted")
        self.assertEqual(mine.aid_id.state, "planned")
        self.assertFalse(mine.has_access("unlink"))
        clerk = new_test_user(self.env, "dossier_clerk", "base.group_user")
        with self.assertRaises(AccessError):
            dossier.with_user(clerk).read(["name"])
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "dossier_stranger",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        for records in (dossier, dossier.step_ids, dossier.document_ids):
            self.assertFalse(records.with_user(stranger).search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                records[:1].with_user(stranger).read(["name"])
        # rules of the catalogue are a manager's to correct
        for records in (self.version.step_ids, self.version.document_ids):
            self.assertFalse(records[:1].with_user(self.user).has_access("write"))
