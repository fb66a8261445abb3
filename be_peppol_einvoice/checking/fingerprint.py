# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a verdict is out of date: a digest of the dates of last change of all that an e-invoice is made of.

A sum of dates and not the latest one: a slow transaction may write an earlier date than one that is already there.
"""

_QUERY = """
      WITH wanted AS (
           SELECT move.id, move.write_date, move.company_id, move.partner_id, move.commercial_partner_id,
                  move.partner_shipping_id, move.journal_id, move.partner_bank_id, move.invoice_payment_term_id,
                  move.fiscal_position_id
             FROM account_move AS move
            WHERE move.id = ANY(%s)
           ),
           lines AS (
           SELECT line.move_id,
                  count(*) AS number,
                  sum(extract(epoch FROM line.write_date)) AS written,
                  sum(extract(epoch FROM product.write_date)) AS products,
                  sum(extract(epoch FROM template.write_date)) AS templates
             FROM account_move_line AS line
        LEFT JOIN product_product AS product ON product.id = line.product_id
        LEFT JOIN product_template AS template ON template.id = product.product_tmpl_id
            WHERE line.move_id = ANY(%s)
         GROUP BY line.move_id
           ),
           used AS (
           SELECT line.move_id, rel.account_tax_id AS tax_id, count(*) AS number
             FROM account_move_line AS line
             JOIN account_move_line_account_tax_rel AS rel ON rel.account_move_line_id = line.id
            WHERE line.move_id = ANY(%s)
         GROUP BY line.move_id, rel.account_tax_id
           ),
           -- a group of taxes is what its members are; what kind of tax it is, the boxes of the VAT return tell
           members AS (
           SELECT DISTINCT tax_id, tax_id AS member_id FROM used
            UNION
           SELECT parent_tax, child_tax FROM account_tax_filiation_rel WHERE parent_tax IN (SELECT tax_id FROM used)
           ),
           states AS (
           SELECT members.tax_id,
                  sum(extract(epoch FROM tax.write_date)) + coalesce(sum(boxes.written), 0) AS written
             FROM members
             JOIN account_tax AS tax ON tax.id = members.member_id
        LEFT JOIN (
                  SELECT tax_id, sum(extract(epoch FROM write_date)) AS written
                    FROM account_tax_repartition_line
                GROUP BY tax_id
                  ) AS boxes ON boxes.tax_id = members.member_id
         GROUP BY members.tax_id
           ),
           taxes AS (
           SELECT used.move_id, sum(used.number) AS number, sum(used.number * states.written) AS written
             FROM used
             JOIN states ON states.tax_id = used.tax_id
         GROUP BY used.move_id
           )
    SELECT wanted.id,
           md5(concat_ws('|', %s::text, wanted.write_date, wanted.partner_id, wanted.partner_shipping_id,
                         wanted.partner_bank_id, lines.number, lines.written, lines.products, lines.templates,
                         taxes.number, taxes.written, partner.write_date, customer.write_date, shipping.write_date,
                         company.write_date, seller.write_date, journal.write_date, bank.write_date, term.write_date,
                         fiscal.write_date, seat.id, seat.write_date))
      FROM wanted
 LEFT JOIN lines ON lines.move_id = wanted.id
 LEFT JOIN taxes ON taxes.move_id = wanted.id
 LEFT JOIN res_partner AS partner ON partner.id = wanted.partner_id
 LEFT JOIN res_partner AS customer ON customer.id = wanted.commercial_partner_id
 LEFT JOIN res_partner AS shipping ON shipping.id = wanted.partner_shipping_id
 LEFT JOIN res_company AS company ON company.id = wanted.company_id
 LEFT JOIN res_partner AS seller ON seller.id = company.partner_id
 LEFT JOIN be_establishment AS seat ON seat.id = seller.be_principal_seat_id
 LEFT JOIN account_journal AS journal ON journal.id = wanted.journal_id
 LEFT JOIN res_partner_bank AS bank ON bank.id = wanted.partner_bank_id
 LEFT JOIN account_payment_term AS term ON term.id = wanted.invoice_payment_term_id
 LEFT JOIN account_fiscal_position AS fiscal ON fiscal.id = wanted.fiscal_position_id
"""


_STALE = """
    SELECT now.move_id
      FROM (%s) AS now (move_id, fingerprint)
 LEFT JOIN be_einvoice_check AS known ON known.move_id = now.move_id
     WHERE known.fingerprint IS DISTINCT FROM now.fingerprint
"""


def fingerprint_query(sql, move_ids, rules):
    """The statement that gives ``(move id, fingerprint)`` for each document.

    :param sql: the class of safe SQL statements (``odoo.tools.SQL``)
    :param move_ids: list of ids
    :param rules: text that changes with the rules by which documents are judged
    """
    return sql(_QUERY, move_ids, move_ids, move_ids, rules)


def stale_query(sql, move_ids, rules):
    """The statement that gives the ids of the documents whose kept verdict is missing or out of date."""
    return sql(_STALE, fingerprint_query(sql, move_ids, rules))
