# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..checking import memory, remedies, titles, verdict
from ..exchange import reception
from ..overview import needs, periods


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_doctests(self):
        for module in (memory, needs, periods, reception, remedies, titles, verdict):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    def test_today_is_in_every_period_but_a_named_month(self):
        day = date(2023, 1, 1)
        while day < date(2025, 1, 1):
            for period in periods.PERIODS:
                start, end = periods.period_bounds(period, day)
                self.assertTrue(start <= day <= end, (period, day))
                # whole months: the figures of a period are sums over months
                self.assertEqual(start.day, 1)
                self.assertEqual((end + timedelta(days=1)).day, 1)
            day += timedelta(days=1)

    def test_not_a_period(self):
        for text in ("", "week", "2026", "2026-1", "2026-00", "26-01", "2026-01-01", None, 7):
            with self.assertRaises(ValueError):
                periods.period_bounds(text, date(2026, 11, 23))
