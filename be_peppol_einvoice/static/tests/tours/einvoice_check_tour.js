import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Type the right Peppol address into the small form of the customer, and save. */
function correctAddress(number) {
    return [
        {
            trigger: ".modal .o_field_widget[name='peppol_endpoint'] input",
            run: `edit ${number}`,
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
    ];
}

tours.add("be_einvoice_send", {
    steps: () => [
        {
            content: "The invoice says what is wrong",
            trigger: ".o_be_einvoice_status[data-state='problems'] .o_be_einvoice_toggle",
            run: "click",
        },
        {trigger: ".o_be_einvoice_status [data-rule] .o_be_einvoice_message:contains('0477472702')"},
        {trigger: "button[name='action_invoice_sent']:visible", run: "click"},
        {
            content: "The Send window says it before anything is sent",
            trigger: ".modal .o_be_einvoice_send .alert-danger:contains('will not go out')",
        },
        {trigger: ".modal footer button[name='action_send_and_print']", run: "click"},
        {
            content: "Sent all the same, it stays",
            trigger: ".modal:contains('Invalid Operation') .modal-body:contains('0477472702')",
        },
        {trigger: ".modal:contains('Invalid Operation') footer button.btn-primary", run: "click"},
        {
            content: "The button leads to the customer's number",
            trigger: ".modal .o_be_einvoice_remedy[data-place='customer_endpoint']",
            run: "click",
        },
        ...correctAddress("0417497106"),
        {trigger: ".modal .o_be_einvoice_send .o_be_einvoice_ready"},
        {trigger: ".modal footer button[name='action_send_and_print']", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "It has been sent",
            trigger: ".o_be_einvoice_status[data-state='not_applicable']:contains('sent as an e-invoice')",
        },
    ],
});

tours.add("be_einvoice_batch", {
    steps: () => [
        {trigger: ".o_list_view .o_data_row"},
        {trigger: ".o_list_view thead .o_list_record_selector input", run: "click"},
        {trigger: "button[name='action_send_and_print']:visible", run: "click"},
        {
            content: "Two of five are faulty, each with its button",
            trigger: ".modal .o_be_einvoice_send_batch[data-faulty='2'] .alert-danger:contains('2 of 5')",
        },
        {
            trigger: ".modal .o_be_einvoice_send_batch:has([data-document]:nth-of-type(2) .o_be_einvoice_remedy)",
        },
        {trigger: ".modal footer button[name='action_send_and_print']", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_notification:contains('background')"},
    ],
});

tours.add("be_einvoice_problems", {
    steps: () => [
        {
            content: "Problems are grouped by what is wrong",
            trigger: ".o_list_view .o_group_header:contains('(2)')",
            run: "click",
        },
        {trigger: ".o_data_row:contains('0477472702') button[name='action_remedy']", run: "click"},
        ...correctAddress("0417497106"),
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_list_view thead .o_list_record_selector input", run: "click"},
        {trigger: "button[name='action_check_again']:visible", run: "click"},
        {
            content: "Both invoices of that customer are in order",
            trigger: ".o_view_nocontent:contains('No problem found')",
        },
    ],
});

tours.add("be_einvoice_received", {
    steps: () => [
        {
            trigger:
                ".o_be_einvoice_status[data-state='problems']:contains('Received e-invoice') .o_be_einvoice_toggle",
            run: "click",
        },
        {trigger: ".o_be_einvoice_status [data-rule='BR-CO-15']:not(:has(.o_be_einvoice_remedy))"},
        {trigger: ".o_be_einvoice_status:contains('Judged by')"},
    ],
});
