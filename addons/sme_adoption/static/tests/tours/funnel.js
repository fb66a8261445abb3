import {registry} from "@web/core/registry";

const WORDS = {
    fr: {tool: "Portail clients", regular: "régulièrement"},
    nl: {tool: "Klantenportaal", regular: "regelmatig"},
};

for (const [lang, words] of Object.entries(WORDS)) {
    registry.category("web_tour.tours").add(`sme_adoption_funnel_${lang}`, {
        steps: () => [
            {
                content: "The tools, in the user's language",
                trigger: `.o_sme_adoption_tools .o_kanban_record:contains(${words.tool})`,
            },
            {
                content: "Who uses e-invoices",
                trigger: ".o_sme_adoption_customers:first",
                run: "click",
            },
            {
                content: "A customer who uses them regularly",
                trigger: `.o_kanban_group:contains(${words.regular}) .o_kanban_record:contains(Brasserie)`,
                run: "click",
            },
            {
                trigger: ".o_form_view .o_field_widget[name=uses]:contains(2)",
            },
            {
                content: "Campaigns",
                trigger: ".o_menu_sections [data-menu-xmlid='sme_adoption.menu_campaign']",
                run: "click",
            },
            {
                trigger: ".o_list_button_add",
                run: "click",
            },
            {
                trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
                run: "edit Printemps / Lente",
            },
            {
                trigger: ".o_field_widget[name=tool_id] input",
                run: `edit ${words.tool}`,
            },
            {
                trigger: `.o-autocomplete--dropdown-item a:contains(${words.tool})`,
                run: "click",
            },
            {
                trigger: "button[name=action_start]",
                run: "click",
            },
            {
                content: "It runs",
                trigger: ".o_arrow_button_current[data-value=running]",
            },
        ],
    });
}
