# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading, mapping and judging files from other programs: no Odoo, no network, no clock (dates are passed in)."""
