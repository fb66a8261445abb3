# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import NotFound, TooManyRequests

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import content_disposition, request

from ..models.sme_maturity_question import CHOICES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Maturity(http.Controller):
    """The questions by web link, without an account: the token in the address is the right to answer, no more."""

    @http.route("/digital-start/<string:token>", type="http", auth="public", website=True, sitemap=False)
    def questions(self, token, lang=None, **_ignored):
        link = request.env["sme.maturity.link"]._find(token)
        if not link:
            return request.render("sme_onboarding.maturity_link_over", status=404)
        installed = dict(request.env["res.lang"].get_installed())
        if lang not in installed:
            lang = link.company_id.partner_id.lang or request.env.lang
        request.update_context(lang=lang)
        assessment = link.assessment_id.with_context(lang=lang)
        answers = {answer.question_id: answer for answer in assessment.answer_ids}
        values = {
            "link": link,
            "assessment": assessment,
            "questions": assessment.instrument_id._questions(),
            "answers": answers,
            "given": assessment._answers(),
            "choices": CHOICES,
            "languages": installed,
            "lang": lang,
            # no look into the firm's other pages from here
            "no_header": True,
            "no_footer": True,
        }
        response = request.render("sme_onboarding.maturity_questions", values)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @http.route("/digital-start/<string:token>/answer", type="jsonrpc", auth="public")
    def answer(self, token, question, value):
        """Keep one answer.

        :param str question: code
        :param value: a number, or an object option → number
        :return: dict: answered (int), total (int); or error (str)
        """
        link = request.env["sme.maturity.link"]._find(token)
        if not link:
            raise NotFound()
        if not link._count_use():
            raise TooManyRequests()
        assessment = link.assessment_id
        try:
            with request.env.cr.savepoint():
                assessment._answer(question, value, link.respondent)
        except (UserError, ValidationError) as error:
            return {"error": str(error)}
        return {"answered": assessment.answered, "total": assessment.total}

    @http.route("/digital-start/assessment/<int:assessment_id>.xlsx", type="http", auth="user", readonly=True)
    def xlsx(self, assessment_id):
        """An assessment as a spreadsheet, for those who may read it."""
        assessment = request.env["sme.maturity.assessment"].search([("id", "=", assessment_id)])
        if not assessment:
            raise NotFound()
        content = assessment._xlsx()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{assessment.display_name}.xlsx")),
        ]
        return request.make_response(content, headers)
