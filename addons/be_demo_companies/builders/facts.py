# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from ..tables.companies import COMPANIES
from ..tables.subsidies import FACTS

#: Closed years of which the figures are known.
YEARS = 3


def build(demo):
    """Note what the four companies are: seat, activity, size, first day, answers to the questions of authorities."""
    for row in COMPANIES:
        company, facts = demo.company(row.key), FACTS[row.key]
        if demo.find(f"profile_{row.key}"):
            continue
        activity = demo.env["be.nace.code"].search([("version", "=", "2025"), ("code", "=", facts.nace)], limit=1)
        company.partner_id.write(
            {
                "be_legal_form": facts.form,
                "be_public_body": "no",
                "be_group_member": "no",
                "be_establishment_ids": [
                    Command.create(
                        {
                            "name": row.city,
                            "street": row.street,
                            "zip": row.zip,
                            "city": row.city,
                            "is_principal": True,
                            "started_on": facts.founded,
                            "main_nace_id": activity.id,
                        }
                    )
                ],
                "be_size_year_ids": [Command.create(_year(demo, facts, ago)) for ago in range(1, YEARS + 1)],
            }
        )
        profile = demo.env["digital.cheque.profile"]._of_company(company)
        profile.founded_on = facts.founded
        demo.remember({f"profile_{row.key}": profile})
        _answer(demo, row.key, company, facts)


def _year(demo, facts, ago):
    """Return the figures of a closed year: a little smaller for each year that it lies back."""
    shrunk = 1 - 0.04 * (ago - 1)
    return {
        "closed_on": demo.today.replace(year=demo.today.year - ago, month=12, day=31),
        "staff": facts.staff,
        "turnover": round(facts.turnover * shrunk),
        "balance": round(facts.balance * shrunk),
    }


def _answer(demo, key, company, facts):
    demo.ensure(
        demo.env["digital.cheque.answer"],
        {
            f"answer_{key}_{code}": {
                "company_id": company.id,
                "question_id": demo.env.ref(f"be_digital_cheque.question_{code}").id,
                "answer": answer,
            }
            for answer, codes in (("yes", facts.yes), ("no", facts.no))
            for code in codes
        },
    )
