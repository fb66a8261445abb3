import {registry} from "@web/core/registry";

/** Check my customers, leave the page while it goes on, come back, and look at who cannot receive and why. */
registry.category("web_tour.tours").add("be_peppol_readiness_dutch", {
    steps: () => [
        {trigger: ".o_be_peppol_readiness [data-check='none']"},
        {trigger: "h2:contains('Nog niet bekend')"},
        {trigger: "[data-figure='unchecked'] .o_be_peppol_count:contains('9')"},
        {trigger: ".o_be_peppol_check:contains('Mijn klanten controleren')", run: "click"},
        {trigger: "[data-check='queued'] [role='progressbar'][aria-valuenow='0']"},
        {trigger: ".o_be_peppol_stop"},
        {
            content: "Leave the page",
            trigger: "[data-figure='no_number']",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row"},
        {
            content: "The server works while nobody looks",
            trigger: ".o_list_view",
            async run() {
                await odoo.__WOWL_DEBUG__.root.env.services.orm.call("be.peppol.check", "tour_work", []);
            },
        },
        {
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb .breadcrumb-item a",
            run: "click",
        },
        {trigger: "[data-check='done'] h2:contains('3 van 9 gecontroleerde klanten')"},
        {trigger: "[data-figure='can_receive'] .o_be_peppol_count:contains('3')"},
        {trigger: "[data-reason='not_in_sml'] .o_be_peppol_count:contains('3')"},
        {trigger: ".o_be_peppol_chart g[data-date] rect"},
        {trigger: "[data-reason='no_document']", run: "click"},
        {trigger: ".o_list_view .o_data_row:nth-child(3)"},
        {
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb .breadcrumb-item a",
            run: "click",
        },
        {trigger: "[data-check='done'] .o_be_peppol_check"},
    ],
});
