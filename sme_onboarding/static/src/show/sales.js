import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Choose a record in a field that suggests; the suggestion is clicked by whoever is shown the tour. */
function choose(field, content, word) {
    return [
        {
            trigger: `.o_form_view .o_field_widget[name="${field}"] input`,
            content,
            tooltipPosition: "bottom",
            run: `edit ${word}`,
        },
        {
            isActive: ["auto"],
            trigger: `.o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item:contains("${word}")`,
            run: "click",
        },
    ];
}

const newRecord = (content) => ({
    trigger: ".o_list_button_add, .o-kanban-button-new",
    content,
    tooltipPosition: "bottom",
    run: "click",
});

/** The record that was chosen is in the form, with what follows from it: before that, a new line would get lost. */
const chosen = (field, word) => ({
    isActive: ["auto"],
    trigger: `.o_form_view .o_field_widget[name="${field}"] input:value("${word}")`,
});

const addLine = (content) => ({
    trigger: ".o_form_view .o_field_x2many_list_row_add a",
    content,
    tooltipPosition: "bottom",
    run: "click",
});

/** The first line of an invoice or bill, in words: Invoicing alone has no column for products. */
const lineText = (word, price) => [
    {
        trigger:
            ".o_form_view .o_selected_row .o_field_widget[name=name] .o_input, " +
            ".o_form_view .o_selected_row .o_field_widget[name=product_id] input",
        content: _t("Write what it is, then the price without VAT."),
        tooltipPosition: "bottom",
        run: `edit ${word}`,
    },
    {
        isActive: ["auto"],
        trigger: ".o_form_view .o_selected_row .o_field_widget[name=price_unit] input",
        run: `edit ${price} && click body`,
    },
    {
        isActive: ["auto"],
        trigger: `.o_form_view .o_data_row .o_field_cell[name=price_subtotal]:contains(${price}.00)`,
    },
];

/** The first line of an order, with a product. */
const lineProduct = (content, word) => [
    {
        trigger:
            ".o_form_view .o_selected_row .o_field_widget[name=product_id] input, " +
            ".o_form_view .o_selected_row .o_field_widget[name=product_template_id] input",
        content,
        tooltipPosition: "bottom",
        run: `edit ${word}`,
    },
    {
        isActive: ["auto"],
        trigger: `.o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item:contains("${word}")`,
        run: "click",
    },
];

/** The invoice or bill is confirmed. */
const post = (content) => [
    {
        trigger: ".o_form_view button[name=action_post]",
        content,
        tooltipPosition: "bottom",
        run: "click",
    },
    {
        trigger: ".o_form_view .o_arrow_button_current[data-value=posted]",
    },
];

tours.add("sme_onboarding_show_invoice", {
    url: "/odoo/customer-invoices",
    steps: () => [
        newRecord(_t("Here a new invoice begins.")),
        ...choose("partner_id", _t("Who is it for? Type the name, or a new one."), "Ourthe Client"),
        chosen("partner_id", "Ourthe Client"),
        addLine(_t("Add a line for each thing that you invoice.")),
        ...lineText("Chair", 100),
        ...post(_t("Look at the total and the VAT, then confirm: the invoice gets its number.")),
    ],
});

tours.add("sme_onboarding_show_bill", {
    url: "/odoo/vendor-bills",
    steps: () => [
        newRecord(_t("Drop the file of a bill here, or begin an empty one with this button.")),
        ...choose("partner_id", _t("Who sent it?"), "Ourthe Client"),
        {
            trigger: ".o_form_view input[data-field=invoice_date]",
            content: _t("The date on the bill: click on it."),
            tooltipPosition: "bottom",
            run: "edit 2026-01-05",
        },
        addLine(_t("What did you buy? One line for each VAT rate is enough.")),
        ...lineText("Wood", 50),
        ...post(_t("Compare the total with that of the bill, fill in its date, then confirm.")),
    ],
});

tours.add("sme_onboarding_show_order", {
    url: "/odoo/sales",
    steps: () => [
        newRecord(_t("Here a new quote begins.")),
        ...choose("partner_id", _t("Who is it for?"), "Ourthe Client"),
        addLine(_t("Add what you offer.")),
        ...lineProduct(_t("Choose the product or service."), "Ourthe"),
        {
            isActive: ["auto"],
            trigger: ".o_form_view .o_data_row .o_field_cell[name=price_subtotal]:contains(100.00)",
        },
        {
            trigger: ".o_form_view button[name=action_confirm]:visible",
            content: _t("The customer agrees? Confirm, and the quote is an order."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current[data-value=sale]",
        },
    ],
});
