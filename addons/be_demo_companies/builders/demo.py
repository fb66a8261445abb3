# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from datetime import timedelta

from dateutil.relativedelta import relativedelta

#: Not the add-on's own name: what carries that one would be deleted together with the add-on.
XMLID_MODULE = "__be_demo__"
#: Of core's auth_password_policy, which sme_cyber brings along.
PASSWORD_LENGTH = "auth_password_policy.minlength"
#: How many months of trade there are, the current one included.
MONTHS = 14


class Demo:
    """What the builders share: the day they work for, and finding or creating records by a key.

    :param env: environment of the superuser
    :param today: date on which the demo is looked at; no document is younger
    """

    def __init__(self, env, today):
        # No follower, tracking or "record created" messages: they would be most of the work and nobody reads them.
        self.env = env(
            context={
                **env.context,
                "lang": "en_US",
                "mail_create_nolog": True,
                "mail_create_nosubscribe": True,
                "mail_notrack": True,
                "no_reset_password": True,
                "tracking_disable": True,
            }
        )
        self.today = today
        #: model name -> the records that this run created
        self.new = {}

    def find(self, key):
        """Return the record with that key, or None."""
        return self.env.ref(f"{XMLID_MODULE}.{key}", raise_if_not_found=False)

    def get(self, key):
        """Return the record with that key.

        :raises ValueError: there is none
        """
        return self.env.ref(f"{XMLID_MODULE}.{key}")

    def company(self, key):
        """Return the demo company with that key."""
        return self.get(f"company_{key}")

    def env_of(self, company_key):
        """Return the environment of somebody who works in one company only."""
        return self.env(context={**self.env.context, "allowed_company_ids": self.company(company_key).ids})

    @contextmanager
    def any_password(self):
        """Let users have a password that is their login, however long the database asks passwords to be."""
        parameters = self.env["ir.config_parameter"].sudo()
        length = parameters.get_param(PASSWORD_LENGTH)
        parameters.set_param(PASSWORD_LENGTH, "0")
        yield
        parameters.set_param(PASSWORD_LENGTH, length)

    def remember(self, records):
        """Give records their keys.

        :param records: dict of key -> record, all of one model
        """
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": f"{XMLID_MODULE}.{key}", "record": record, "noupdate": True} for key, record in records.items()]
        )
        for model_name in {record._name for record in records.values()}:
            self.new[model_name] = self.made(model_name).union(*records.values()).with_env(self.env)

    def ensure(self, model, rows):
        """Create the records that do not exist yet, all at once.

        :param model: model as seen in the environment of the right company
        :param rows: dict of key -> values
        :return: the records that were created now
        """
        missing = {key: vals for key, vals in rows.items() if not self.find(key)}
        records = model.create(list(missing.values()))
        self.remember(dict(zip(missing, records, strict=True)))
        return records

    def made(self, model_name):
        """Return the records of that model that this run has created."""
        return self.new.get(model_name, self.env[model_name])

    def day(self, months_ago, day):
        """Return a day of a month, at the latest today; months_ago is 0 for the current month."""
        first = self.today.replace(day=1) - relativedelta(months=months_ago)
        return min(first + timedelta(days=day - 1), self.today)

    def chart(self, env, xmlid):
        """Return an account, tax or fiscal position of the company's chart by its name in the template."""
        return env["account.chart.template"].ref(xmlid)
