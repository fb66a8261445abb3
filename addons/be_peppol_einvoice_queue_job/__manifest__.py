# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Belgian E-invoicing: job queue",
    "summary": "Several machines share the sending and receiving of e-invoices, with OCA's queue_job",
    "version": "19.0.2.0.0",
    "category": "Hidden",
    "author": "Belgian Digital SME contributors",
    "license": "LGPL-3",
    "depends": ["be_peppol_einvoice", "queue_job"],
    "data": ["data/queue_job.xml"],
    "auto_install": True,
}
