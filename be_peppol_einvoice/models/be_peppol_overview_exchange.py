# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What is on its way, in the order of its way
UNDER_WAY = (("out", "prepared"), ("out", "retrying"), ("out", "submitted"), ("in", "received"))
# Answers to invoices travel beside them: whoever waits for a document does not wait for those
DOCUMENTS = Domain("kind", "!=", "response")
# Reasons that may pass by themselves: then another try is what mends it
AGAIN = ("temporary", "unexpected")


class BePeppolOverview(models.AbstractModel):
    """What the first page tells of exchanges and of the companies' access points."""

    _inherit = "be.peppol.overview"

    # ------------------------------------------------------------------------------------------------------------------
    # Exchanges
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _exchange_domain(self, direction, state, reason=None):
        """The exchanges of the allowed companies behind a figure.

        :param state: a state of an exchange, or "refused": rejected by the customer and not dealt with yet
        :param reason: the kind of reason, "" for none; None for any
        """
        domain = Domain("company_id", "in", self.env.companies.ids) & Domain("direction", "=", direction)
        if state == "refused":
            open_invoice = [("state", "=", "posted"), ("payment_state", "not in", ("paid", "in_payment", "reversed"))]
            return domain & Domain("state", "=", "rejected") & Domain("move_id", "any", open_invoice)
        if (direction, state) in UNDER_WAY:
            domain &= DOCUMENTS
        if reason is not None:
            domain &= Domain("reason_kind", "=", reason or False)
        return domain & Domain("state", "=", state)

    @api.model
    def _open_exchanges(self):
        """What is not at its end, in one query.

        :return: dict with ``attention`` (dict from (direction, reason) to count) and ``under_way``: a list of dicts
            with ``direction``, ``state``, ``count`` and ``next_at`` (the next attempt, of what is tried again)
        """
        going = Domain("state", "in", tuple({state for _direction, state in UNDER_WAY})) & DOCUMENTS
        groups = self.env["peppol.exchange"]._read_group(
            Domain("company_id", "in", self.env.companies.ids) & (going | Domain("state", "=", "attention")),
            ["direction", "state", "reason_kind"],
            ["__count", "next_at:min"],
        )
        attention, under_way = {}, {}
        for direction, state, reason, count, next_at in groups:
            if state == "attention":
                attention[direction, reason or ""] = count
            else:
                before = under_way.get((direction, state), (0, next_at))
                under_way[direction, state] = (before[0] + count, min(before[1], next_at))
        return {
            "attention": attention,
            "under_way": [
                {
                    "direction": direction,
                    "state": state,
                    "count": under_way.get((direction, state), (0, None))[0],
                    "next_at": state == "retrying"
                    and (direction, state) in under_way
                    and fields.Datetime.to_string(under_way[direction, state][1]),
                }
                for direction, state in UNDER_WAY
            ],
        }

    @api.model
    def _need(self, need):
        """A :class:`~..overview.needs.Need` as JSON values, with the reason and the advice in the user's language."""
        values = {"key": need.key, "count": need.count, "company": need.company or False}
        if need.key == "attention":
            exchanges = self.env["peppol.exchange"]
            reasons = dict(exchanges._fields["reason_kind"]._description_selection(self.env))
            values |= {
                "direction": need.direction,
                "reason": need.reason,
                "reason_text": reasons.get(need.reason, ""),
                "advice": exchanges._advice().get(need.reason, ""),
                "may_try_again": need.reason in AGAIN and self.env.user.has_group("account.group_account_invoice"),
            }
        return values

    @api.model
    @api.readonly
    def get_exchange_action(self, direction, state, reason=None):
        """The window action with exactly the exchanges that a figure counts; see :meth:`_exchange_domain`.

        :raises UserError: if there is no such direction or state
        """
        self._check_overview_access()
        fields_ = self.env["peppol.exchange"]._fields
        states = dict(fields_["state"]._description_selection(self.env)) | {
            "refused": self.env._("Rejected by the customer")
        }
        if direction not in ("in", "out") or state not in states:
            raise UserError(self.env._("There is no figure “%s” on this page.", f"{direction} {state}"))
        name = states[state]
        if reason:
            name = dict(fields_["reason_kind"]._description_selection(self.env)).get(reason, name)
        action = self.env["ir.actions.act_window"]._for_xml_id("be_peppol_einvoice.action_peppol_exchange")
        action.update(domain=list(self._exchange_domain(direction, state, reason)), display_name=name, name=name)
        return action

    @api.model
    def try_exchanges_again(self, direction, reason):
        """Give all that is stuck for a reason back to the workers.

        :return: the number of documents
        """
        self._check_overview_access()
        stuck = self.env["peppol.exchange"].search(self._exchange_domain(direction, "attention", reason))
        stuck = stuck.filtered("can_try_again")
        stuck.action_try_again()
        return len(stuck)

    # ------------------------------------------------------------------------------------------------------------------
    # Connections
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _connections(self):
        """The state of each allowed company's connection to Peppol, the current company first.

        :return: list of dicts with ``id`` and ``name`` of the company, ``state`` (see
            :class:`~..overview.needs.Situation`), ``mode`` (core's; False where core's access point is not used),
            ``provider`` (name of the access point, False for core's), ``receives`` (there), ``reason`` (what the access
            point said), ``fetched_at`` and ``connection`` (id)
        """
        companies = self.env.company | self.env.companies
        # sudo: whoever works with invoices may know whether they can leave, but not how the company logs in; nothing
        # but what is listed above leaves this method
        connections = self.env["peppol.connection"].sudo().search([("company_id", "in", companies.ids)])
        providers = dict(connections._selection_provider())
        in_use = {one.company_id: one for one in connections if one.state != "draft"}
        shown = []
        for company in companies:
            values = {"id": company.id, "name": company.name, "provider": False, "receives": False, "reason": False}
            values |= {"fetched_at": False, "connection": False}
            if connection := in_use.get(company):
                values |= {
                    "state": connection.state,
                    "mode": False,
                    "provider": providers.get(connection.provider, connection.provider),
                    "receives": connection.receives,
                    "reason": connection.reason,
                    "fetched_at": connection.fetched_at and fields.Datetime.to_string(connection.fetched_at),
                    "connection": connection.id,
                }
            else:
                # sudo: as above; "out of sync: yes or no" is all that is told of the account
                out_of_sync = company.sudo().account_peppol_edi_user.is_token_out_of_sync
                values |= {
                    "state": "out_of_sync" if out_of_sync else company.account_peppol_proxy_state,
                    "mode": company._get_peppol_edi_mode(),
                }
            shown.append(values)
        return shown
