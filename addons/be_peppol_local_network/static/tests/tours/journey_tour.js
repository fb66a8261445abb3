import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Work for another company, by the menu at the top right. */
function switchTo(company) {
    return [
        {content: `Switch to ${company}`, trigger: ".o_switch_company_menu button", run: "click"},
        {
            trigger: `.o_switch_company_item:contains('${company}') .log_into`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `.o_switch_company_menu:contains('${company}')`},
    ];
}

tours.add("be_peppol_journey_send", {
    steps: () => [
        {
            content: "The first page says that an invoice is ready",
            trigger: "[data-need='waiting'] .o_be_peppol_step_button",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row .o_data_cell[name='name']", run: "click"},
        {trigger: "button[name='action_invoice_sent']:visible", run: "click"},
        {
            content: "The check found nothing wrong",
            trigger: ".modal .o_be_einvoice_send .o_be_einvoice_ready",
        },
        {trigger: ".modal footer button[name='action_send_and_print']", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "The invoice leads to what becomes of it",
            trigger: "button[name='action_open_exchanges']",
            run: "click",
        },
        {trigger: ".o_form_view .o_statusbar_status .o_arrow_button_current:contains('Ready to go')"},
    ],
});

tours.add("be_peppol_journey_receive", {
    steps: () => [
        {trigger: "[data-connection='connected']:contains('Webwinkel Gent')"},
        ...switchTo("Menuiserie Liège"),
        {
            content: "The joinery is told of the bill",
            trigger: "[data-need='bills'] .o_be_peppol_step_button",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains('Webwinkel Gent') .o_data_cell[name='name']", run: "click"},
        {
            content: "The line was filled in",
            trigger: ".o_form_view .o_field_widget[name='invoice_line_ids']:contains('Houtolie')",
        },
        {content: "Confirm it", trigger: "button[name='action_post']:visible", run: "click"},
        {trigger: ".o_form_view .o_arrow_button_current:contains('Posted')"},
        {
            content: "By that, the web shop is told that the bill is accepted",
            trigger: ".o_notebook .nav-link[name='einvoice_answers']",
            run: "click",
        },
        {trigger: ".o_field_widget[name='einvoice_response_ids'] .o_data_row:contains('Accepted'):contains('Waiting')"},
    ],
});

tours.add("be_peppol_journey_accepted", {
    steps: () => [
        {trigger: "[data-connection='connected']:contains('Self-hosted')"},
        {trigger: "[data-family='invoices'] [data-figure='sent']", run: "click"},
        {trigger: ".o_list_view .o_data_row .o_data_cell[name='name']", run: "click"},
        {
            content: "The answer came back: who gave it, and when",
            trigger: ".o_notebook .nav-link[name='einvoice_answers']",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name='einvoice_response_ids'] " +
                ".o_data_row:contains('Accepted'):contains('Menuiserie Liège')",
        },
        {
            content: "Whoever follows the invoice reads it there",
            trigger: ".o-mail-Message:contains('The customer has accepted this invoice')",
        },
        {trigger: "button[name='action_open_exchanges']", run: "click"},
        {
            content: "The invoice and the answer to it",
            trigger:
                ".o_list_view .o_data_row:contains('Invoice'):contains('Accepted') .o_data_cell[name='create_date']",
            run: "click",
        },
        {trigger: ".o_form_view .o_statusbar_status .o_arrow_button_current:contains('Accepted')"},
    ],
});
