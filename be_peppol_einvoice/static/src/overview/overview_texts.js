import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";

const {DateTime} = luxon;

/** Everything the page says: the server sends keys and counts, never sentences. */

export const PERIODS = [
    {key: "month", label: _t("This month")},
    {key: "quarter", label: _t("This quarter")},
    {key: "year", label: _t("This year")},
    {key: "last_12_months", label: _t("Last 12 months")},
];

/** One card each: the figures in the order in which they are drawn and listed. */
export const FAMILIES = [
    {
        key: "invoices",
        title: _t("Customer invoices"),
        icon: "fa-paper-plane-o",
        order: ["sent", "waiting", "failed", "handed_over", "not_structured"],
        outside: ["private"],
        dated: true,
        totalFigure: "to_businesses",
        totalLabel: _t("All, private persons left out"),
        empty: _t("No confirmed invoice to a business in this period."),
        hint: _t("Create an invoice, confirm it and press Send."),
    },
    {
        key: "customers",
        title: _t("Customers"),
        icon: "fa-building-o",
        order: ["can_receive", "other_documents", "cannot_receive", "unchecked", "no_number"],
        unmeasured: _t("Not measured yet"),
        outside: [],
        dated: false,
        totalFigure: "customers",
        totalLabel: _t("All business customers"),
        empty: _t("No business customer yet."),
        hint: _t("A contact becomes a customer with the first invoice."),
    },
    {
        key: "bills",
        title: _t("Vendor bills"),
        icon: "fa-inbox",
        order: ["bills_structured", "bills_typed"],
        outside: [],
        dated: true,
        totalFigure: "bills",
        totalLabel: _t("All vendor bills and refunds"),
        empty: _t("No vendor bill in this period."),
        hint: _t("Bills sent to you over Peppol come in by themselves once you are connected to receive."),
    },
];

/** `tone` names a colour of the bar, `icon` says the same without colour. */
export const FIGURES = {
    sent: {label: _t("Sent over Peppol"), tone: "good", icon: "fa-check"},
    waiting: {
        label: _t("Ready to be sent over Peppol"),
        tone: "open",
        icon: "fa-clock-o",
    },
    failed: {label: _t("Sending failed"), tone: "bad", icon: "fa-exclamation-triangle"},
    handed_over: {
        label: _t("E-invoice file made, handed over another way"),
        tone: "half",
        icon: "fa-file-code-o",
    },
    not_structured: {
        label: _t("Without an e-invoice (paper or PDF)"),
        tone: "none",
        icon: "fa-file-o",
    },
    private: {
        label: _t("To private persons: no e-invoice needed"),
        tone: "outside",
        icon: "fa-user-o",
    },
    can_receive: {label: _t("Can receive"), tone: "good", icon: "fa-check"},
    other_documents: {
        label: _t("On Peppol, but not for e-invoices"),
        tone: "half",
        icon: "fa-exclamation-triangle",
    },
    cannot_receive: {
        label: _t("Not on Peppol"),
        tone: "none",
        icon: "fa-times",
    },
    unchecked: {label: _t("Not checked yet"), tone: "open", icon: "fa-question"},
    no_number: {
        label: _t("Cannot be checked: no company number filled in"),
        tone: "bad",
        icon: "fa-pencil",
    },
    bills_structured: {
        label: _t("Came in as an e-invoice"),
        tone: "good",
        icon: "fa-check",
    },
    bills_typed: {
        label: _t("Typed in, or from a PDF or scan"),
        tone: "none",
        icon: "fa-keyboard-o",
    },
};

export const CONNECTIONS = {
    not_registered: {
        label: _t("Not connected: cannot send or receive"),
        icon: "fa-chain-broken",
        tone: "bad",
    },
    sender: {
        label: _t("Can send; e-invoices are received elsewhere"),
        icon: "fa-check",
        tone: "good",
    },
    smp_registration: {
        label: _t("Can send; receiving will be active within a day"),
        icon: "fa-clock-o",
        tone: "open",
    },
    receiver: {label: _t("Can send and receive"), icon: "fa-check", tone: "good"},
    rejected: {
        label: _t("Registration refused; the reason was sent by e-mail"),
        icon: "fa-times",
        tone: "bad",
    },
    out_of_sync: {
        label: _t("Connection lost: this database must be connected again"),
        icon: "fa-chain-broken",
        tone: "bad",
    },
};

export const MODES = {
    demo: _t("Demonstration: nothing leaves this database"),
    test: _t("Test network: no real invoices"),
};

/** Law of 6 February 2024, in force since 1 January 2026. */
export const DUTY = _t(
    "Since 1 January 2026 businesses in Belgium that are subject to VAT must send each other e-invoices and be able to receive them. Invoices to private persons do not count in the share above."
);

const SETTINGS = {action: "account.action_account_config"};
const NEW_INVOICE = {
    type: "ir.actions.act_window",
    name: _t("New invoice"),
    res_model: "account.move",
    views: [[false, "form"]],
    context: {default_move_type: "out_invoice"},
};
const ASK = _t("Ask the person who manages your Odoo to do this in the settings.");

/**
 * What to do next: title, explanation, and, where the user may do it, a button with a figure's list or an action.
 * Each takes {count, mayCheck, mayConfigure, mayInvoice}.
 */
export const STEPS = {
    connect: ({mayConfigure}) => ({
        tone: "bad",
        icon: "fa-plug",
        title: _t("Connect to Peppol"),
        text: mayConfigure
            ? _t(
                  "Belgian businesses send each other e-invoices over the Peppol network. Activate electronic invoicing in the settings: it takes a few minutes."
              )
            : _t(
                  "Belgian businesses send each other e-invoices over the Peppol network. Ask the person who manages your Odoo to activate electronic invoicing in the settings."
              ),
        ...(mayConfigure && {...SETTINGS, button: _t("Open the Peppol settings")}),
    }),
    reconnect: ({mayConfigure}) => ({
        tone: "bad",
        icon: "fa-chain-broken",
        title: _t("Connect this database again"),
        text: mayConfigure
            ? _t(
                  "Peppol no longer recognises this database, often after a copy or a restored backup. Nothing is sent or received until then."
              )
            : ASK,
        ...(mayConfigure && {...SETTINGS, button: _t("Open the Peppol settings")}),
    }),
    rejected: ({mayConfigure}) => ({
        tone: "bad",
        icon: "fa-times",
        title: _t("Your registration on Peppol was refused"),
        text: mayConfigure
            ? _t("The reason was sent to the contact e-mail address. Correct your details and register again.")
            : ASK,
        ...(mayConfigure && {...SETTINGS, button: _t("Open the Peppol settings")}),
    }),
    problems: ({count}) => ({
        tone: "bad",
        icon: "fa-wrench",
        title:
            count === 1
                ? _t("1 invoice has to be put right before it can be sent")
                : _t("%s invoices have to be put right before they can be sent", count),
        text: _t("The list says in plain words what is wrong, and leads to what has to be corrected."),
        action: "be_peppol_einvoice.action_einvoice_problems",
        button: count === 1 ? _t("See the problem") : _t("Work off the problems"),
    }),
    failed: ({count}) => ({
        tone: "bad",
        icon: "fa-exclamation-triangle",
        title: count === 1 ? _t("1 invoice could not be sent") : _t("%s invoices could not be sent", count),
        text: _t("Open the invoice, read the reason in the messages beside it, correct it and send it again."),
        figure: "failed",
        button: count === 1 ? _t("See the failed invoice") : _t("See the %s failed invoices", count),
    }),
    waiting: ({count}) => ({
        tone: "open",
        icon: "fa-paper-plane-o",
        title: count === 1 ? _t("1 invoice is ready to be sent") : _t("%s invoices are ready to be sent", count),
        text: _t("These customers can receive e-invoices. Select the invoices in the list and press Send."),
        figure: "waiting",
        button: count === 1 ? _t("Send 1 invoice") : _t("Send %s invoices", count),
    }),
    unchecked: ({count, mayCheck}) => ({
        tone: "open",
        icon: "fa-search",
        title:
            count === 1
                ? _t("1 customer has not been checked yet")
                : _t("%s customers have not been checked yet", count),
        text: mayCheck
            ? _t("Find out who can receive e-invoices: Odoo looks all your customers up, in the background.")
            : _t("Someone who makes invoices can have them looked up on Peppol."),
        ...(mayCheck ? {action: "be_peppol_einvoice.action_readiness"} : {figure: "unchecked"}),
        button: mayCheck ? _t("Check my customers") : _t("See the list"),
    }),
    first_invoice: ({mayInvoice}) => ({
        tone: "open",
        icon: "fa-file-text-o",
        title: _t("Send your first e-invoice"),
        text: _t("You are connected. Create an invoice for a business, confirm it and press Send."),
        ...(mayInvoice && {
            action: NEW_INVOICE,
            button: _t("Create an invoice"),
        }),
    }),
    activation: () => ({
        tone: "good",
        icon: "fa-clock-o",
        title: _t("Nothing to do now"),
        text: _t("You can already send. Receiving will be active within a day; Odoo looks it up every hour."),
    }),
    nothing: () => ({
        tone: "good",
        icon: "fa-check",
        title: _t("Nothing needs you"),
        text: _t("No failed invoice, none waiting to be sent, no customer left to check."),
    }),
};

export function seenBy(company) {
    return _t("As far as %s knows: each company checks for itself.", company);
}

/** The sentence with a card's main figure. */
export function headline(family) {
    if (!family.whole) {
        return _t("No customer has been checked yet, so nobody knows.");
    }
    const values = {main: family.main, whole: family.whole};
    return {
        invoices: _t("%(main)s of %(whole)s sent over Peppol", values),
        customers: _t("%(main)s of %(whole)s checked customers can receive e-invoices", values),
        bills: _t("%(main)s of %(whole)s came in as e-invoices", values),
    }[family.key];
}

/** 71 → "71%", "71 %"… in the user's language. */
export function percent(share) {
    return new Intl.NumberFormat(user.lang, {style: "percent"}).format(share / 100);
}

/** "2026-11" → "November 2026", or "Nov 2026" where there is little room, in the user's language. */
export function monthName(month, short) {
    return DateTime.fromFormat(month, "yyyy-MM").toFormat(short ? "LLL yyyy" : "LLLL yyyy");
}

/** What a screen reader says on a figure of the table of months. */
export function monthLabel(month, figure) {
    const count = figure === "sent" ? month.sent : month.total;
    const values = {count, month: monthName(month.month)};
    return figure === "sent"
        ? _t("%(month)s: %(count)s sent over Peppol", values)
        : _t("%(month)s: %(count)s in total", values);
}
