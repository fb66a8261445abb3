# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The offline register of Belgian enterprises: plain Python on the official KBO/BCE Open Data files and PostgreSQL.

No Odoo and no network. The parts: :mod:`.layout` (what the files look like), :mod:`.archive` (reading a zip that may be
hostile), :mod:`.rows` (one file's rows to a table's rows), :mod:`.names` (search keys), :mod:`.store` (the tables),
:mod:`.load` (the import), :mod:`.lookup` (the questions), :mod:`.sample` (synthetic files of the same format).
"""
