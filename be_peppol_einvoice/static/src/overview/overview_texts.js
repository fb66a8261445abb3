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
    connected: {label: _t("Can send; e-invoices are received elsewhere"), icon: "fa-check", tone: "good"},
    connected_receives: {label: _t("Can send and receive"), icon: "fa-check", tone: "good"},
    paused: {
        label: _t("Paused: the access point does not accept the API key"),
        icon: "fa-pause",
        tone: "bad",
    },
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
    "Since 1 January 2026 businesses in Belgium that are subject to VAT must send each other e-invoices and be able to receive them. Invoices to private persons do not count in the shares on this page."
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

/** What is on its way. `next` says when, with the time of the next attempt. */
export const UNDER_WAY = {
    "out prepared": {label: _t("About to leave"), icon: "fa-hourglass-start", tone: "open"},
    "out retrying": {
        label: _t("The access point did not answer: tried again by itself"),
        icon: "fa-repeat",
        tone: "half",
    },
    "out submitted": {label: _t("Sent, not yet proven to have arrived"), icon: "fa-paper-plane-o", tone: "open"},
    "in received": {label: _t("Received, being made into a bill"), icon: "fa-inbox", tone: "open"},
};

const STUCK = {
    out: (count) =>
        count === 1 ? _t("1 document to a customer is stuck") : _t("%s documents to customers are stuck", count),
    in: (count) =>
        count === 1
            ? _t("1 received document is not a bill yet")
            : _t("%s received documents are not bills yet", count),
};

/**
 * What needs the user: title, explanation, and, where the user may do it, a button with a figure's list (`figure`), a
 * list of exchanges (`exchanges`), a company's access point (`company`) or an action. Each takes
 * {need, company, mayCheck, mayConfigure, mayInvoice}; `company` is the name of the need's company, where there are
 * several.
 */
export const NEEDS = {
    connect: ({need, company, mayConfigure}) => ({
        tone: "bad",
        icon: "fa-plug",
        title: company ? _t("Connect %s to Peppol", company) : _t("Connect to Peppol"),
        text: mayConfigure
            ? _t(
                  "Belgian businesses send each other e-invoices over the Peppol network. Choose the access point that sends and receives for you: it takes a few minutes."
              )
            : _t(
                  "Belgian businesses send each other e-invoices over the Peppol network. Ask the person who manages your Odoo to choose an access point."
              ),
        ...(mayConfigure && {company: need.company, button: _t("Choose the access point")}),
    }),
    paused: ({need, company, mayConfigure}) => ({
        tone: "bad",
        icon: "fa-pause",
        title: company ? _t("%s: sending is paused", company) : _t("Sending is paused"),
        text: mayConfigure
            ? _t(
                  "The access point does not accept the API key any more. Fill in a valid one: what waits then leaves by itself."
              )
            : _t(
                  "The access point does not accept the API key any more. Ask the person who manages your Odoo to fill in a valid one: what waits then leaves by itself."
              ),
        ...(mayConfigure && {company: need.company, button: _t("Fill in the API key")}),
    }),
    reconnect: ({company, mayConfigure}) => ({
        tone: "bad",
        icon: "fa-chain-broken",
        title: company ? _t("Connect %s again", company) : _t("Connect this database again"),
        text: mayConfigure
            ? _t(
                  "Peppol no longer recognises this database, often after a copy or a restored backup. Nothing is sent or received until then."
              )
            : ASK,
        ...(mayConfigure && {...SETTINGS, button: _t("Open the Peppol settings")}),
    }),
    rejected: ({company, mayConfigure}) => ({
        tone: "bad",
        icon: "fa-times",
        title: company
            ? _t("The registration of %s on Peppol was refused", company)
            : _t("Your registration on Peppol was refused"),
        text: mayConfigure
            ? _t("The reason was sent to the contact e-mail address. Correct your details and register again.")
            : ASK,
        ...(mayConfigure && {...SETTINGS, button: _t("Open the Peppol settings")}),
    }),
    attention: ({need, mayConfigure}) => ({
        tone: "bad",
        icon: need.direction === "out" ? "fa-paper-plane-o" : "fa-inbox",
        // several groups differ by their reason
        title: need.reason_text || STUCK[need.direction](need.count),
        reason: need.reason_text && STUCK[need.direction](need.count),
        text: need.advice,
        exchanges: [need.direction, "attention", need.reason],
        button: need.count === 1 ? _t("See the document") : _t("See the %s documents", need.count),
        tryAgain: need.may_try_again && [need.direction, need.reason],
        ...(need.reason === "no_journal" &&
            mayConfigure && {mend: SETTINGS.action, mendButton: _t("Choose the journal")}),
    }),
    problems: ({need: {count}}) => ({
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
    failed: ({need: {count}}) => ({
        tone: "bad",
        icon: "fa-exclamation-triangle",
        title: count === 1 ? _t("1 invoice could not be sent") : _t("%s invoices could not be sent", count),
        text: _t("Open the invoice, read the reason in the messages beside it, correct it and send it again."),
        figure: "failed_otherwise",
        button: count === 1 ? _t("See the failed invoice") : _t("See the %s failed invoices", count),
    }),
    refused: ({need: {count}}) => ({
        tone: "bad",
        icon: "fa-thumbs-down",
        title:
            count === 1
                ? _t("1 invoice was rejected by the customer")
                : _t("%s invoices were rejected by customers", count),
        text: _t("Read the customer's reason; as a rule a credit note, and a new invoice, put it right."),
        exchanges: ["out", "refused"],
        button: count === 1 ? _t("See the rejected invoice") : _t("See the rejected invoices"),
    }),
    bills: ({need: {count}}) => ({
        tone: "open",
        icon: "fa-inbox",
        title:
            count === 1
                ? _t("1 bill arrived and waits for your check")
                : _t("%s bills arrived and wait for your check", count),
        text: _t("Filled in from the e-invoice: look at the accounts and the VAT, then confirm."),
        figure: "bills_to_check",
        button: count === 1 ? _t("Look at the bill") : _t("Look at the bills"),
    }),
    waiting: ({need: {count}}) => ({
        tone: "open",
        icon: "fa-paper-plane-o",
        title: count === 1 ? _t("1 invoice is ready to be sent") : _t("%s invoices are ready to be sent", count),
        text: _t("These customers can receive e-invoices. Select the invoices in the list and press Send."),
        figure: "waiting",
        button: count === 1 ? _t("Send 1 invoice") : _t("Send %s invoices", count),
    }),
    unchecked: ({need: {count}, mayCheck}) => ({
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
        text: _t("Nothing is stuck, no invoice waits to be sent, no bill to be looked at, no customer to be checked."),
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

/** "2026-11" → "November 2026" (or as the format says), in the user's language. */
export function monthName(month, format = "LLLL yyyy") {
    return DateTime.fromFormat(month, "yyyy-MM").toFormat(format);
}

/** The parts of the chart and the table of months. */
export const MONTH_PARTS = [
    {
        key: "sent",
        title: _t("Sent invoices"),
        structured: "sent",
        all: "to_businesses",
        tone: "good",
        legend: _t("Customer invoices sent over Peppol"),
        label: (month, values) =>
            _t("%(month)s: %(main)s of %(whole)s customer invoices sent over Peppol", {month, ...values}),
    },
    {
        key: "received",
        title: _t("Received bills"),
        structured: "bills_structured",
        all: "bills",
        tone: "open",
        legend: _t("Vendor bills that came in as e-invoices"),
        label: (month, values) =>
            _t("%(month)s: %(main)s of %(whole)s vendor bills came in as e-invoices", {month, ...values}),
    },
];

export function triedAgain(count) {
    return count === 1
        ? _t("1 document was handed back: it is tried again now.")
        : _t("%s documents were handed back: they are tried again now.", count);
}

/** When something is tried again, from the server's UTC text. */
export function nextAttempt(text) {
    const when = DateTime.fromSQL(text, {zone: "utc"}).setZone(user.tz || "local");
    return _t("next attempt: %s", when.toLocaleString(DateTime.DATETIME_SHORT));
}

export function lastFetched(text) {
    const when = DateTime.fromSQL(text, {zone: "utc"}).setZone(user.tz || "local");
    return _t("Last looked into the inbox: %s", when.toLocaleString(DateTime.DATETIME_SHORT));
}
