# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who can receive what over Peppol: plain Python, no Odoo import, no clock of its own.

:mod:`.identifiers` names participants, documents and processes; :mod:`.network` says which network to ask;
:func:`.lookup.look_up` asks it: the locator (SML) in the DNS, then the publisher (SMP) over HTTPS. The gateway uses
it as well, so it runs on lxml 4.9 to 6 and needs nothing but lxml, cryptography and dnspython.
"""
