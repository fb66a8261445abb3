import {registry} from "@web/core/registry";

const FIGURES = [
    "sent",
    "waiting",
    "failed",
    "handed_over",
    "not_structured",
    "to_businesses",
    "private",
    "can_receive",
    "other_documents",
    "cannot_receive",
    "unchecked",
    "no_number",
    "customers",
    "bills_structured",
    "bills_typed",
    "bills",
];

let expected = null;

/** Open the list behind a figure, compare their counts, and come back. */
function visit(name, button, count) {
    return [
        {
            content: `Open the figure ${name}`,
            trigger: `${button}:enabled`,
            run({anchor, click}) {
                expected = Number((count ? anchor.querySelector(count) : anchor).textContent);
                if (!expected) {
                    throw new Error(`${name}: the test needs a figure above zero`);
                }
                click();
            },
        },
        {
            content: `The list of ${name} has as many records as the figure says`,
            trigger: ".o_list_view .o_data_row",
            run() {
                const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
                if (rows !== expected) {
                    throw new Error(`${name}: figure ${expected}, list ${rows}`);
                }
            },
        },
        {
            content: "Back to the overview",
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb .breadcrumb-item a",
            run: "click",
        },
        {trigger: ".o_be_peppol_overview"},
    ];
}

function steps() {
    return [
        {trigger: ".o_be_peppol_overview [data-need='failed']"},
        ...FIGURES.flatMap((figure) => visit(figure, `[data-family] [data-figure='${figure}']`, ".o_be_peppol_count")),
        ...visit("sent in a month", "tr[data-month] [data-figure='sent']", null),
        ...visit("all of a month", "tr[data-month] [data-figure='to_businesses']", null),
        ...visit("received in a month", "tr[data-month='2026-07'] [data-figure='bills_structured']", null),
        {
            content: "What needs the user leads to the failed invoice",
            trigger: "[data-need='failed'] .o_be_peppol_step_button",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:only-of-type"},
        {
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb .breadcrumb-item a",
            run: "click",
        },
        {
            content: "Another period",
            trigger: ".o_be_peppol_periods [data-period='month']",
            run: "click",
        },
        {trigger: "[data-shown-period='month'] [data-family='invoices']"},
        ...visit("sent this month", "[data-family='invoices'] [data-figure='sent']", ".o_be_peppol_count"),
        {
            content: "The chosen period is kept on the way back",
            trigger: "[data-shown-period='month'] [data-need]",
        },
    ];
}

registry.category("web_tour.tours").add("be_peppol_overview", {steps});

registry.category("web_tour.tours").add("be_peppol_overview_french", {
    steps: () => [
        {trigger: ".o_menu_brand:contains('Facturation électronique')"},
        {trigger: "[data-family='invoices'] h2:contains('Factures clients')"},
        {trigger: "[data-family='bills'] h2:contains('Factures fournisseurs')"},
        {trigger: "[data-period='month']:contains('Ce mois')"},
        {trigger: "[data-month='2026-11'] th:contains('novembre 2026')"},
        ...steps(),
    ],
});

registry.category("web_tour.tours").add("be_peppol_overview_empty", {
    steps: () => [
        {trigger: "[data-need='connect']:not(:has(.o_be_peppol_step_button))"},
        {
            trigger: "[data-family='invoices']:not(:has(.o_be_peppol_share)):contains('No confirmed invoice')",
        },
        {trigger: "[data-family='customers']:contains('No business customer yet')"},
        {trigger: "[data-family='bills']:contains('No vendor bill')"},
        {trigger: "[data-connection='not_registered']"},
        {
            trigger: "[data-family='invoices'] [data-figure='sent']",
            run: "click",
        },
        {trigger: ".o_view_nocontent .o_view_nocontent_smiling_face:contains('No invoice here')"},
    ],
});
