# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about Belgian companies in plain Python: no Odoo, no network, no clock (dates are passed in)."""
