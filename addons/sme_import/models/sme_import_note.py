# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class SmeImportNote(models.AbstractModel):
    """The engine's codes in the user's words."""

    _name = "sme.import.note"
    _description = "Remarks on Imported Rows"

    @api.model
    def _text(self, code, details):
        """Return the remark ``code`` with its ``details`` (dict of texts), in the user's language."""
        details = {name: value for name, value in details.items() if value is not None}
        if "column" in details:
            target = self.env["sme.import.target"].search([("code", "=", details["column"])], limit=1)
            details["column"] = target.name or details["column"]
        text = self._partner_texts(code, details) or self._other_texts(code, details)
        return text or code

    @api.model
    def _partner_texts(self, code, details):
        value = details.get("value", "")
        texts = {
            "no_name": lambda: self.env._("There is no name."),
            "country_unknown": lambda: self.env._("Country “%s” is not known and was left out.", value),
            "country_from_vat": lambda: self.env._("The country (%s) is that of the VAT number.", value),
            "country_from_zip": lambda: self.env._("The country was empty: %s is a Belgian postal code.", value),
            "vat_prefix": lambda: self.env._("VAT number written in full: %s.", value),
            "vat_wrong": lambda: self.env._("VAT number %s is wrong and was left out.", value),
            "enterprise_wrong": lambda: self.env._("Enterprise number %s is wrong and was left out.", value),
            "number_from_vat": lambda: self.env._("Enterprise number %s taken from the VAT number.", value),
            "numbers_disagree": lambda: self.env._(
                "VAT number %(vat)s and enterprise number %(enterprise)s name two enterprises.", **details
            ),
            "zip_from_city": lambda: self.env._("Postal code %s taken apart from the place.", value),
            "zip_unknown": lambda: self.env._("%s is not a Belgian postal code in use.", value),
            "language_from_zip": lambda: self.env._("Language (%s) by the language area of the postal code.", value),
            "language_unknown": lambda: self.env._("Language “%s” is not known and was left out.", value),
            "email_wrong": lambda: self.env._("“%s” is not an e-mail address and was left out.", value),
            "email_more": lambda: self.env._("Only one e-mail address goes in; left out: %s.", value),
            "iban_wrong": lambda: self.env._("Account number %s is wrong and was left out.", value),
            "iban_from_old": lambda: self.env._("Old account number %(old)s written as IBAN %(value)s.", **details),
            "completes_line": lambda: self.env._("The same as line %s, which it completes.", details["line"]),
            "same_as_line": lambda: self.env._("The same as line %s.", details["line"]),
            "is_there": lambda: self.env._("Is there already."),
        }
        return texts[code]() if code in texts else None

    @api.model
    def _other_texts(self, code, details):
        value = details.get("value", "")
        texts = {
            "too_wide": lambda: self.env._(
                "The row has more cells than there are columns: is there a separator inside a text?"
            ),
            "cell_number": lambda: self.env._("%(column)s: “%(value)s” is not a number.", **details),
            "cell_ambiguous": lambda: self.env._(
                "%(column)s: “%(value)s” can be read in two ways. Choose the decimal sign, and check again.", **details
            ),
            "cell_date": lambda: self.env._("%(column)s: “%(value)s” is not a date.", **details),
            "cell_flag": lambda: self.env._(
                "%(column)s: “%(value)s” is neither yes nor no; taken as empty.", **details
            ),
            "cell_excel": lambda: self.env._(
                "%(column)s: the cell holds an error of the workbook (%(value)s).", **details
            ),
            "no_product_name": lambda: self.env._("There is neither a name nor a code."),
            "name_from_code": lambda: self.env._("There is no name: the code %s is used.", value),
            "negative_price": lambda: self.env._("A price cannot be negative: %s.", value),
            "vat_rate_unknown": lambda: self.env._("“%s” is not a Belgian VAT rate; the usual one is used.", value),
            "no_sale_tax": lambda: self.env._("No sales tax of %s%% is active: none is set.", value),
            "no_purchase_tax": lambda: self.env._("No purchase tax of %s%% is active: none is set.", value),
            "barcode_wrong": lambda: self.env._("The check digit of barcode %s is wrong; it was left out.", value),
            "unit_unknown": lambda: self.env._("Unit “%s” is not known; Units is used.", value),
            "category_new": lambda: self.env._("Category “%s” is new.", value),
            "no_partner": lambda: self.env._("There is nothing that says whose item this is."),
            "partner_unknown": lambda: self.env._(
                "“%s” was not found. Bring in your customers and suppliers first.", value
            ),
            "partner_several": lambda: self.env._(
                "There are several partners “%s”. Add a VAT number or a reference.", value
            ),
            "no_side": lambda: self.env._(
                "Nothing says whether this is a customer's or a supplier's item. Choose it above."
            ),
            "no_amount": lambda: self.env._("There is no amount."),
            "zero_item": lambda: self.env._("The amount is zero: nothing is open."),
            "more_than_cents": lambda: self.env._("%s has more than two decimals.", value),
            "due_from_date": lambda: self.env._("There is no due date: %s, the date of the document, is used.", value),
            "due_before_date": lambda: self.env._(
                "Due on %(due)s, before the date of the document, %(date)s.", **details
            ),
            "no_currency_amount": lambda: self.env._("The amount in %(currency)s is missing.", **details),
            "currency_unknown": lambda: self.env._("Currency %s is not active.", value),
            "booked": lambda: self.env._("Is booked already in the opening journal."),
            "no_account": lambda: self.env._("There is no account number."),
            "account_format": lambda: self.env._("“%s” is not an account number.", value),
            "account_unknown": lambda: self.env._(
                "Account %s does not exist. Let missing accounts be made, or make it yourself.", value
            ),
            "account_new": lambda: self.env._("Account %(value)s is made, with the type of %(like)s.", **details),
            "account_as": lambda: self.env._("Booked on account %s.", value),
            "to_opening": lambda: self.env._(
                "Goes to the opening account %s: the open items bring it to the customers' or suppliers' account.",
                value,
            ),
            "zero_balance": lambda: self.env._("The balance is zero: nothing to book."),
        }
        return texts[code]() if code in texts else None

    @api.model
    def _read_error(self, error):
        """Return what is wrong with a whole file (an ``engine.errors.ReadError``) and what to do."""
        details = error.details
        texts = {
            "empty": lambda: self.env._("The file is empty."),
            "binary": lambda: self.env._("This is not a table. Export the data as CSV, Excel (xlsx) or dBase (dbf)."),
            "old_excel": lambda: self.env._(
                "This is an old Excel file. Open it, and save it as an Excel workbook (xlsx)."
            ),
            "not_a_table": lambda: self.env._("There is no table in this file."),
            "damaged": lambda: self.env._("The file is damaged or incomplete. Export it again."),
            "truncated": lambda: self.env._(
                "The file is cut off: it says that it has %(expected)s records, but there are %(found)s."
                " Copy it again.",
                **details,
            ),
            "encrypted": lambda: self.env._("The file is protected by a password. Save it without one."),
            "too_large": lambda: self.env._("The file is larger than %s MB. Divide it.", details.get("limit")),
            "bomb": lambda: self.env._("The file unpacks to far more than a list would. It was not opened."),
            "entities": lambda: self.env._("The workbook holds XML that no list needs. It was not opened."),
            "formulas": lambda: self.env._(
                "%s cells hold formulas without a result. Open the file in Excel or LibreOffice, and save it.",
                details.get("count"),
            ),
            "no_sheet": lambda: self.env._("There is no sheet “%(name)s”. There are: %(names)s.", **details),
            "long_cell": lambda: self.env._(
                "From line %s on a text never ends: a quotation mark is missing there.", details.get("line")
            ),
            "encoding": lambda: self.env._(
                "The file is not written in %s. Choose another encoding.", details.get("encoding")
            ),
            "header": lambda: self.env._("There is nothing on line %s that could be titles.", details.get("line")),
            "too_many_rows": lambda: self.env._("The file has more than %s rows. Divide it.", details.get("limit")),
        }
        return texts[error.code]()
