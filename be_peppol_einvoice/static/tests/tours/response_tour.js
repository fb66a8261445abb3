import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A reason, an explanation, and what the bill then says. */
const refuse = [
    {
        trigger: ".modal .o_field_widget[name='reason'] select, .modal .o_field_widget[name='reason'] input",
        run: "click",
    },
    {
        content: "One of Peppol's reasons, as one would say it",
        trigger:
            ".o-overlay-container .o_select_menu_item:contains('The quantity is not right'), " +
            ".modal select:has(option:contains('The quantity is not right'))",
        run() {
            if (this.anchor.tagName === "SELECT") {
                const wanted = [...this.anchor.options].find((one) => one.text.includes("quantity"));
                this.anchor.value = wanted.value;
                this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
            } else {
                this.anchor.click();
            }
        },
    },
    {
        trigger: ".modal .o_field_widget[name='explanation'] textarea",
        run: "edit We ordered one piece.",
    },
    {trigger: ".modal footer button[name='action_answer']", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {
        content: "The bill says what the supplier is told",
        trigger: ".o_notebook .nav-link[name='einvoice_answers']",
        run: "click",
    },
    {
        trigger:
            ".o_field_widget[name='einvoice_response_ids'] .o_data_row:contains('Refused'):contains('We ordered one piece')",
    },
];

tours.add("be_peppol_answer_supplier", {
    steps: () => [
        {
            content: "The bill that came in can be answered",
            trigger: "button[name='action_answer_supplier']:visible",
            run: "click",
        },
        {
            content: "In the user's words",
            trigger: ".modal .o_field_radio[name='code'] .form-check:contains('We refuse it') input",
            run: "click",
        },
        ...refuse,
    ],
});

tours.add("be_peppol_cancel_bill", {
    steps: () => [
        {trigger: "button[name='button_cancel']:visible", run: "click"},
        {
            content: "Whoever cancels it is asked whether the supplier is to know why",
            trigger: ".modal .modal-title:contains('Tell the supplier why')",
        },
        {trigger: ".modal .o_field_radio[name='code'] .form-check:contains('We refuse it') input:checked"},
        ...refuse,
        {trigger: ".o_form_view .o_arrow_button_current:contains('Cancelled')"},
    ],
});

tours.add("be_peppol_customer_refuses", {
    steps: () => [
        {
            content: "The invoice says that the customer refused it, and why",
            trigger: ".alert-warning:contains('refused this invoice'):contains('The price is not the one agreed')",
        },
        {trigger: ".o_notebook .nav-link[name='einvoice_answers']", run: "click"},
        {
            trigger:
                ".o_field_widget[name='einvoice_response_ids'] .o_data_row:contains('Refused'):contains('Bakkerij')",
        },
    ],
});
