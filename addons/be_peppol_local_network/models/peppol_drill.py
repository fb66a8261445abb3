# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class PeppolDrill(models.Model):
    """A fault of the local network that can be switched on. The network itself knows which there are and which are on;
    the records keep what a user has chosen for the next time."""

    _name = "peppol.drill"
    _description = "Drill on the local Peppol network"
    _order = "target, sequence, id"
    _rec_name = "title"

    name = fields.Char(required=True, readonly=True)
    target = fields.Selection(
        [
            ("sml", "Look-up: locator (SML)"),
            ("smp", "Look-up: publisher (SMP)"),
            ("ap1", "Access point 1: Liège"),
            ("ap2", "Access point 2: Ghent"),
        ],
        string="Where",
        required=True,
        readonly=True,
        group_expand=True,
    )
    sequence = fields.Integer(readonly=True)
    title = fields.Char(compute="_compute_texts")
    what = fields.Char(string="What it does", compute="_compute_texts")
    then = fields.Char(string="What you should see", compute="_compute_texts")
    delayed = fields.Boolean(readonly=True)
    counted = fields.Boolean(readonly=True)
    seconds = fields.Float(string="Delay (seconds)", digits=(6, 1))
    running = fields.Boolean(string="On", compute="_compute_running")
    times = fields.Integer(string="Times left", compute="_compute_running")

    _name_target_unique = models.Constraint("UNIQUE(name, target)", "There is one such drill at one place.")

    @api.depends("name", "target")
    @api.depends_context("lang")
    def _compute_texts(self):
        texts = self._texts()
        for drill in self:
            kind = "ap" if drill.target in ("ap1", "ap2") else drill.target
            drill.title, drill.what, drill.then = texts.get((drill.name, kind), (drill.name, "", ""))

    def _compute_running(self):
        on = {
            (drill["name"], drill["target"]): drill["times"]
            for drill in self.env["peppol.local.network"]._ask("GET", "/drills")["drills"]
            if drill["on"]
        }
        for drill in self:
            drill.running = (drill.name, drill.target) in on
            drill.times = on.get((drill.name, drill.target)) or 0

    @api.model
    def action_open(self):
        """The page with all drills that the network offers."""
        self.check_access("read")
        offered = self.env["peppol.local.network"]._ask("GET", "/drills")["drills"]
        # sudo: the page's own records; the drills themselves are the network's
        drills = self.sudo()
        targets = [values["target"] for values in offered]
        known = {(drill.name, drill.target): drill for drill in drills.search([("target", "in", targets)])}
        for sequence, values in enumerate(offered):
            drill = known.pop((values["name"], values["target"]), None)
            facts = {"sequence": sequence, "delayed": values["delayed"], "counted": values["counted"]}
            if drill is None:
                drills.create(
                    {**facts, "name": values["name"], "target": values["target"], "seconds": values["seconds"]}
                )
            else:
                drill.write(facts)
        drills.concat(*known.values()).unlink()
        return self.env["ir.actions.act_window"]._for_xml_id("be_peppol_local_network.action_drills")

    def action_on(self):
        """Switch the drill on until it is switched off."""
        return self._switch("PUT", {})

    def action_once(self):
        """Let the drill act once."""
        return self._switch("PUT", {"times": 1})

    def action_off(self):
        return self._switch("DELETE")

    def action_all_off(self):
        self.check_access("write")
        self.env["peppol.local.network"]._ask("DELETE", "/drills")
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _switch(self, method, values=None):
        self.ensure_one()
        self.check_access("write")
        if values is not None and self.delayed:
            values["seconds"] = self.seconds
        self.env["peppol.local.network"]._ask(method, f"/drills/{self.name}/{self.target}", values)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _texts(self):
        """``{(name, "sml", "smp" or "ap"): (title, what it does, what one should then see)}``."""
        unknown = self.env._(
            "“Unknown”, never “not on Peppol”. What was known of the customer before stays; it is tried again."
        )
        again = self.env._("The invoice stays “under way” and is tried again by itself; nothing has to be sent twice.")
        texts = {}
        texts["dns_down", "sml"] = (
            self.env._("Locator down"),
            self.env._("Queries are left without an answer."),
            unknown,
        )
        texts["dns_slow", "sml"] = (self.env._("Locator slow"), self.env._("Queries are answered late."), unknown)
        texts["dns_fails", "sml"] = (
            self.env._("Locator fails"),
            self.env._("Queries are answered with a server error."),
            unknown,
        )
        texts["not_registered", "sml"] = (
            self.env._("Not registered"),
            self.env._("The locator denies that it knows any participant."),
            self.env._("“Not on Peppol”: the invoice goes by e-mail, or waits for your decision."),
        )
        texts["down", "smp"] = (self.env._("Publisher down"), self.env._("The publisher's server is off."), unknown)
        texts["slow", "smp"] = (self.env._("Publisher slow"), self.env._("Requests are answered late."), unknown)
        texts["bad_signature", "smp"] = (
            self.env._("Wrong signature"),
            self.env._("The answers are changed after they were signed, as an attacker would."),
            self.env._(
                "“Unknown”: an answer that nobody vouches for is not believed, and no invoice goes to its address."
            ),
        )
        texts["expired_certificate", "smp"] = (
            self.env._("Expired certificate"),
            self.env._("The answers are signed with a certificate that has expired."),
            self.env._(
                "“Unknown”: an answer that nobody vouches for is not believed, and no invoice goes to its address."
            ),
        )
        texts["redirected", "smp"] = (
            self.env._("Redirected"),
            self.env._("The publisher sends on to another one, which signs with a certificate of its own."),
            self.env._("Nothing: one redirect is followed, and the invoice is delivered."),
        )
        texts["redirected_twice", "smp"] = (
            self.env._("Redirected twice"),
            self.env._("The publisher sends on to another one, and that one sends on again."),
            self.env._("“Unknown”: Peppol allows one redirect; more could lead in circles. It is tried again."),
        )
        texts["not_registered", "smp"] = (
            self.env._("Not registered"),
            self.env._("The publisher denies that it knows any participant."),
            self.env._("“Not on Peppol”: the invoice goes by e-mail, or waits for your decision."),
        )
        texts["late", "ap"] = (
            self.env._("Late"),
            self.env._("Messages to this access point are held back."),
            self.env._("The invoice stays “under way” for a while; then it is delivered, once."),
        )
        texts["lost", "ap"] = (
            self.env._("Lost"),
            self.env._("Messages to this access point vanish on their way."),
            again,
        )
        texts["receipt_lost", "ap"] = (
            self.env._("Receipt lost"),
            self.env._("The message arrives, but the sender does not learn of it."),
            self.env._("It is sent again and recognised as a duplicate: the customer has one bill, not two."),
        )
        texts["duplicated", "ap"] = (
            self.env._("Duplicated"),
            self.env._("Each message arrives twice."),
            self.env._("The customer has one bill, not two."),
        )
        texts["corrupted", "ap"] = (
            self.env._("Corrupted"),
            self.env._("One byte of each message is changed on its way."),
            self.env._(
                "The receiver refuses it: the invoice stands under “What needs you” with its reason, and can be tried "
                "again."
            ),
        )
        texts["refused", "ap"] = (
            self.env._("Refused"),
            self.env._("The access point says that it does not serve the customer."),
            self.env._("The invoice stands under “What needs you” with its reason; it is not tried again by itself."),
        )
        texts["expired_certificate", "ap"] = (
            self.env._("Expired certificate"),
            self.env._("The publisher names a certificate of this access point that has expired."),
            self.env._("Nothing is encrypted for it. The invoice stays “under way” until the certificate is renewed."),
        )
        texts["expired_tls", "ap"] = (
            self.env._("Expired web certificate"),
            self.env._("The access point's web server shows a certificate that has expired."),
            again,
        )
        texts["down", "ap"] = (self.env._("Server down"), self.env._("The access point's server is off."), again)
        return texts
