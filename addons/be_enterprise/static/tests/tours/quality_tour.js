import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("be_enterprise_quality", {
    steps: () => [
        {
            content: "The page says how many contacts are ready",
            trigger: ".o_be_quality .progress[role='progressbar']",
        },
        {
            content: "What cannot be measured is not shown as zero, or has a count",
            trigger: ".o_be_quality li[data-issue='ceased'] .o_be_quality_count",
        },
        {
            content: "Show who has a number in an unusual writing",
            trigger: ".o_be_quality li[data-issue='writing'] .o_be_quality_list",
            run: "click",
        },
        {
            content: "The contact is in the list, with what to put right",
            trigger: ".o_list_view .o_data_row:contains('Tour Bakery'):contains('unusual writing')",
        },
        {
            content: "Back to the page",
            trigger: ".breadcrumb-item a, .o_back_button a",
            run: "click",
        },
        {
            content: "Preview what can be put right",
            trigger: ".o_be_quality li[data-issue='writing'] .o_be_quality_fix",
            run: "click",
        },
        {
            content: "The preview shows the contact before and after",
            trigger: ".modal .o_data_row:contains('Tour Bakery'):contains('Same number')",
        },
        {
            content: "Put right",
            trigger: ".modal button[name='action_apply']",
            run: "click",
        },
        {
            content: "It says what was done",
            trigger: ".modal .alert-success:contains('put right')",
        },
        {
            content: "Back to the overview",
            trigger: ".modal button[name='action_back']",
            run: "click",
        },
        {
            content: "The page has counted again",
            trigger: ".o_be_quality li[data-issue='writing'] .fa-check",
        },
    ],
});
