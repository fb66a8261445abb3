# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random lawful Belgian invoices: drawn in plain Python, made in Odoo, exported and judged.

Used by this add-on's tests, by ``./dev fuzz invoices`` and by ``./dev bench invoices``. No file of this folder imports
Odoo's test framework.
"""
