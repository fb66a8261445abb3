# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..engine import maturity

# A new assessment is proposed after this time.
REPEAT_AFTER = relativedelta(months=6)


class SmeMaturityAssessment(models.Model):
    """Where a company stands, by one set of questions, on one day. Once finished it does not change any more."""

    _name = "sme.maturity.assessment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Maturity Assessment"
    _order = "started_on desc, id desc"

    instrument_id = fields.Many2one("sme.maturity.instrument", required=True, ondelete="restrict", readonly=True)
    method = fields.Selection(related="instrument_id.method")
    caveat = fields.Text(related="instrument_id.caveat")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one("res.users", string="Responsible", default=lambda self: self.env.user, tracking=True)
    state = fields.Selection(
        [("open", "Under way"), ("done", "Finished")], required=True, default="open", readonly=True, tracking=True
    )
    started_on = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    done_on = fields.Date(string="Finished On", readonly=True)
    answer_ids = fields.One2many("sme.maturity.answer", "assessment_id", readonly=True)
    link_ids = fields.One2many("sme.maturity.link", "assessment_id")
    answered = fields.Integer(compute="_compute_score", store=True)
    total = fields.Integer(string="Questions", compute="_compute_score", store=True)
    score = fields.Float(compute="_compute_score", store=True, digits=(5, 1), aggregator="avg", tracking=True)
    level = fields.Selection(
        [
            ("very_low", "Very low"),
            ("low", "Low"),
            ("high", "High"),
            ("very_high", "Very high"),
            ("basic", "Basic"),
            ("average", "Average"),
            ("moderate", "Moderately advanced"),
            ("advanced", "Advanced"),
        ],
        compute="_compute_score",
        store=True,
    )
    previous_id = fields.Many2one("sme.maturity.assessment", string="Previous Time", compute="_compute_previous_id")
    score_text = fields.Char(string="Score in Words", compute="_compute_texts")
    level_text = fields.Char(string="Level in Words", compute="_compute_texts")
    progress_text = fields.Char(string="Answered Questions", compute="_compute_texts")
    result = fields.Json(compute="_compute_result", help="What the result's picture shows.")

    @api.depends("instrument_id", "started_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for assessment in self:
            day = format_date(self.env, assessment.done_on or assessment.started_on)
            assessment.display_name = f"{assessment.instrument_id.name or ''}, {day}"

    @api.depends("instrument_id", "answer_ids.value")
    def _compute_score(self):
        for assessment in self:
            result = assessment._assess()
            assessment.answered = result.answered
            assessment.total = result.total
            assessment.score = float(result.score or 0)
            assessment.level = result.level or False

    @api.depends("instrument_id", "company_id", "state", "started_on")
    def _compute_previous_id(self):
        for assessment in self:
            before = [
                ("instrument_id", "=", assessment.instrument_id.id),
                ("company_id", "=", assessment.company_id.id),
                ("state", "=", "done"),
                ("id", "!=", assessment._origin.id),
            ]
            if assessment._origin.id:
                before.append(("id", "<", assessment._origin.id))
            assessment.previous_id = self.search(before, limit=1, order="id desc")

    @api.depends("score", "level", "answered", "total")
    @api.depends_context("lang")
    def _compute_texts(self):
        levels = dict(self._fields["level"]._description_selection(self.env))
        for assessment in self:
            assessment.score_text = assessment._score_words(assessment.score) if assessment.answered else ""
            assessment.level_text = levels.get(assessment.level, self.env._("Not measured"))
            assessment.progress_text = self.env._(
                "%(answered)s of %(total)s", answered=assessment.answered, total=assessment.total
            )

    def _score_words(self, score):
        if self.method == maturity.INDEX:
            return self.env._("%(points)s of 12 points", points=formatLang(self.env, float(score), digits=1))
        return self.env._("%(percent)s %%", percent=round(float(score)))

    # ------------------------------------------------------------------------------------------------- answers

    def _answers(self):
        """:return: dict question code → value, as the engine takes it"""
        self.ensure_one()
        given = {answer.question_id.code: answer._given() for answer in self.answer_ids}
        return {code: value for code, value in given.items() if value is not None}

    def _assess(self):
        self.ensure_one()
        return maturity.assess(self.instrument_id._questions()._engine(), self._answers(), self.method)

    def _ensure_open(self):
        for assessment in self:
            if assessment.state != "open":
                raise UserError(self.env._("This assessment is finished. Begin a new one to answer again."))

    @api.model_create_multi
    def create(self, vals_list):
        assessments = super().create(vals_list)
        assessments._measure()
        return assessments

    def _measure(self):
        """Ask the records what they know. What they know replaces what people said; what they know no longer is open
        again."""
        self._ensure_open()
        measure = self.env["sme.maturity.measure"]
        # sudo: nobody writes answers by hand; what is measured is the same whoever asks
        for assessment in self.sudo():
            by_question = assessment.answer_ids.grouped("question_id")
            for question in assessment.instrument_id._questions().filtered("measure_method"):
                value, outcome = measure._measure(question, assessment.company_id)
                before = by_question.get(question)
                values = {
                    "outcome": {
                        "found": list(outcome.found),
                        "model": outcome.model,
                        # a domain of dates must survive as JSON
                        "domain": _plain(outcome.domain),
                    },
                }
                if value is None:
                    if before and before.source == "answered":
                        before.write(values)
                        continue
                    values["source"] = "answered"
                else:
                    values["source"] = "measured"
                    values["respondent"] = False
                assessment._keep(question, value, values)

    def _keep(self, question, value, values):
        """Write or create the answer to a question."""
        self.ensure_one()
        answer = self.answer_ids.filtered(lambda one: one.question_id == question)
        values = values | {"value": answer._stored(value), "answered_on": fields.Datetime.now()}
        if answer:
            answer.write(values)
        else:
            answer.create(values | {"assessment_id": self.id, "question_id": question.id})

    def _answer(self, question_code, value, respondent):
        """Keep somebody's answer at once.

        :param value: a number, a dict option → number, or None to take the answer back
        :raise UserError: the assessment is finished, or there is no such question, or it is measured
        :raise ValidationError: this is no answer to that question
        """
        self._ensure_open()
        question = self.instrument_id._questions().filtered(lambda one: one.code == question_code)
        if not question:
            raise UserError(self.env._("This assessment has no such question."))
        # sudo: nobody writes answers by hand; who may answer is decided by the callers
        assessment = self.sudo()
        before = assessment.answer_ids.filtered(lambda one: one.question_id == question)
        if before.source == "measured":
            raise UserError(self.env._("This is measured from the records and is not asked."))
        assessment._keep(question, value, {"source": "answered", "respondent": respondent})

    # ------------------------------------------------------------------------------------------------- result

    @api.depends("answer_ids.value", "previous_id")
    @api.depends_context("lang")
    def _compute_result(self):
        for assessment in self:
            assessment.result = assessment._result_values()

    def _result_values(self):
        """What the picture of the result shows, in the user's language.

        :return: dict: score and level in words, range where questions are open, change since the previous time, parts
            (name, percent and percent of the previous time, None where not known), gaps (question, advice, gain),
            peers (texts and percents), trend (day and score of each finished assessment)
        """
        self.ensure_one()
        questions = self.instrument_id._questions()
        asked, answers = questions._engine(), self._answers()
        result = maturity.assess(asked, answers, self.method)
        before = self.previous_id._assess() if self.previous_id else None
        earlier = {part.code: part.percent for part in before.parts} if before else {}
        names = {one.code: one.name for one in self.instrument_id.dimension_ids}
        by_code = {one.code: one for one in questions}
        above = maturity.next_level(result.method, result.score)
        levels = dict(self._fields["level"]._description_selection(self.env))
        return {
            "score": None if result.score is None else round(float(result.score), 1),
            "score_text": self.score_text,
            "level_text": self.level_text,
            "range_text": self.env._(
                "Estimate: %(open)s questions are open. It lies between %(lowest)s and %(highest)s.",
                open=result.total - result.answered,
                lowest=self._score_words(result.lowest),
                highest=self._score_words(result.highest),
            )
            if result.estimate
            else "",
            "change_text": self._change_words(before, result),
            "next_text": self.env._(
                "%(missing)s more to the level “%(level)s”",
                missing=self._score_words(above[1]),
                level=levels[above[0]],
            )
            if above
            else "",
            "parts": [
                {
                    "code": part.code,
                    "name": names[part.code],
                    "percent": None if part.percent is None else round(float(part.percent)),
                    "percent_text": self.env._("not known")
                    if part.percent is None
                    else self.env._("%(percent)s %%", percent=round(float(part.percent))),
                    "before": None if earlier.get(part.code) is None else round(float(earlier[part.code])),
                }
                for part in result.parts
            ],
            "gaps": [
                {
                    "code": code,
                    "question": by_code[code].name,
                    "advice": by_code[code].advice,
                    "gain_text": self.env._("+ %(gain)s", gain=self._score_words(gain)),
                }
                for code, gain in maturity.gaps(asked, answers, result.method)
            ],
            "peers": [
                {
                    "name": peer.display_name,
                    "percent_text": self.env._("%(percent)s %%", percent=formatLang(self.env, peer.percent, digits=1)),
                    "source": peer.source,
                }
                for peer in self._peers()
            ],
            "trend": [
                {"id": one.id, "day": format_date(self.env, one.done_on), "score_text": one.score_text}
                for one in self._finished()
            ],
        }

    def _change_words(self, before, result):
        """By how much the score moved since the previous time, and since when; empty where that is not known."""
        moved = maturity.change(before, result)
        if moved is None:
            return ""
        return self.env._(
            "%(change)s since %(day)s",
            change=f"{'+' if moved > 0 else ''}{formatLang(self.env, float(moved), digits=1)}",
            day=format_date(self.env, self.previous_id.done_on),
        )

    def _finished(self):
        """All finished assessments of the same company by the same questions, the oldest first."""
        return self.search(
            [
                ("instrument_id", "=", self.instrument_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
            ],
            order="done_on, id",
        )

    def _peers(self):
        """The newest published figures for each region that are closest to the company's size. A firm with fewer than
        ten people is set beside the class of 10 to 49: the caveat says so."""
        peers = self.instrument_id.peer_ids.filtered(lambda one: one.figure == "basic")
        size = {"medium": "50_249", "large": "250"}.get(self.company_id.partner_id.be_size, "10_49")
        chosen = self.env["sme.maturity.peer"]
        for region in ("be", "eu"):
            of_region = peers.filtered(lambda one, region=region: one.region == region)
            exact = of_region.filtered(lambda one: one.size_class == size)
            chosen |= (exact or of_region)[:1]
            # newer, but of a wider class
            chosen |= of_region.filtered(lambda one, chosen=chosen: one.year > max(chosen.mapped("year"), default=0))[
                :1
            ]
        return chosen

    # ------------------------------------------------------------------------------------------------- actions

    def _open_form(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "context": {},
        }

    def action_measure(self):
        self.check_access("read")
        self._measure()
        return True

    def action_answer(self):
        """Open the questions for the user, who needs no right but to see the assessment."""
        self.ensure_one()
        self.check_access("read")
        self._ensure_open()
        # sudo: the links are the managers' to read; this one is the user's own
        links = self.env["sme.maturity.link"].sudo()
        name = self.env.user.name
        link = links.search(
            [("assessment_id", "=", self.id), ("create_uid", "=", self.env.uid), ("respondent", "=", name)], limit=1
        )
        if not link or link.expires_on <= fields.Datetime.now():
            link = links.create({"assessment_id": self.id, "respondent": name})
        return {"type": "ir.actions.act_url", "url": f"/digital-start/{link.token}", "target": "self"}

    def action_finish(self):
        """Keep the result as it is. What is open stays open: the result says so."""
        self.check_access("write")
        for assessment in self:
            assessment._ensure_open()
            if not assessment.answered:
                raise UserError(self.env._("Nothing is answered yet."))
        self._measure()
        self.write({"state": "done", "done_on": fields.Date.context_today(self)})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_xlsx(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/digital-start/assessment/{self.id}.xlsx", "target": "self"}

    @api.model
    def action_open_mine(self):
        """Open where the company stands: the assessment under way, else the last one, else the choice of questions."""
        latest = self.search([("company_id", "=", self.env.company.id)], order="state desc, id desc", limit=1)
        if latest:
            return latest._open_form()
        return self.env["ir.actions.act_window"]._for_xml_id("sme_onboarding.action_sme_maturity_instrument")

    @api.model
    def _cron_propose(self):
        """Propose a new assessment, once, where the last of a company is six months old and none is under way."""
        due = fields.Date.context_today(self) - REPEAT_AFTER
        for company in self.search([("state", "=", "done"), ("done_on", "<=", due)]).company_id:
            last = self.search([("company_id", "=", company.id)], limit=1)
            if last.state != "done" or last.done_on > due or last.activity_ids:
                continue
            user = last.user_id if last.user_id.active else self.env["res.users"]
            last.with_company(company).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.context_today(self) + timedelta(days=14),
                summary=self.env(context=dict(self.env.context, lang=user.lang))._("Measure again where we stand"),
                user_id=user.id or self.env.uid,
            )


def _plain(value):
    """A domain as JSON takes it: days as text."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if hasattr(value, "isoformat") else value
