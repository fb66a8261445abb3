# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import format_date


class SmeOnboardingTile(models.AbstractModel):
    """The tiles of the first page: the one place where another add-on shows its own figure there.

    An add-on extends this model with a method ``_tile_<what>(company)`` that returns a dict, or None where the user may
    not see it, and adds its name to ``_tile_names``; and with a method ``_open_<what>()`` that returns the action
    behind it. The dict has:

    - ``title``: what it is about, a few words
    - ``value``: the figure in words, or empty where there is none yet
    - ``note``: one sentence; where there is no value, how to get one
    - ``tone``: ``good``, ``attention`` or ``plain``: a sign and a colour beside the words
    - ``sequence``: its place on the page; the first one has 10
    """

    _name = "sme.onboarding.tile"
    _description = "Tiles of the First Page"

    @api.model
    def _tile_names(self):
        """:return: list of the names of tiles"""
        return ["maturity"]

    @api.model
    def _tiles(self, company):
        """:return: list of dict in the order of the page, see the class; each with its ``name``"""
        tiles = []
        for name in self._tile_names():
            tile = getattr(self, f"_tile_{name}")(company)
            if tile:
                tiles.append({"name": name, "tone": "plain", "sequence": 100, **tile})
        return sorted(tiles, key=lambda tile: tile["sequence"])

    @api.model
    def action_open(self, name):
        """
        :param str name: of a tile
        :return: dict, the action behind the tile
        """
        if name not in self._tile_names():
            raise ValueError(f"there is no tile {name}")
        return getattr(self, f"_open_{name}")()

    def _tile_maturity(self, company):
        assessments = self.env["sme.maturity.assessment"]
        if not assessments.has_access("read"):
            return None
        mine = assessments.search([("company_id", "=", company.id)])
        title = self.env._("Digital maturity")
        done = mine.filtered(lambda one: one.state == "done")[:1]
        under_way = mine.filtered(lambda one: one.state == "open")[:1]
        if not done:
            return {
                "title": title,
                "sequence": 10,
                "value": "",
                "note": self.env._("Under way: %(progress)s questions answered", progress=under_way.progress_text)
                if under_way
                else self.env._("Ten minutes of questions show where you stand and what to do first."),
            }
        before = done.previous_id
        changed = done._change_words(before._assess(), done._assess()) if before else ""
        return {
            "title": title,
            "sequence": 10,
            "value": f"{done.level_text} · {done.score_text}",
            "note": changed or self.env._("Measured on %(day)s", day=format_date(self.env, done.done_on)),
            "tone": "good" if changed.startswith("+") else "plain",
        }

    def _open_maturity(self):
        return self.env["sme.maturity.assessment"].action_open_mine()
