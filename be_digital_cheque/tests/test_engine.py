# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest

from odoo.tests import BaseCase

from ..engine import (
    aid,
    costs,
    criteria,
    de_minimis,
    deadlines,
    entries,
    facts,
    merge,
    period,
    ranking,
    rates,
    stages,
    upload,
    wallet,
)

MODULES = (
    aid,
    costs,
    criteria,
    de_minimis,
    deadlines,
    entries,
    facts,
    merge,
    period,
    ranking,
    rates,
    stages,
    upload,
    wallet,
)


class TestEngine(BaseCase):
    def test_examples_in_the_docstrings(self):
        for module in MODULES:
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_unknown_size_is_an_error(self):
        with self.assertRaises(KeyError):
            rates.for_size([], "huge")
