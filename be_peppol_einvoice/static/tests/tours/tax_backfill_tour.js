import {registry} from "@web/core/registry";

function row(name) {
    return `.o_field_x2many .o_data_row:contains("${name}")`;
}

registry.category("web_tour.tours").add("be_tax_backfill_dutch", {
    steps: () => [
        {
            content: "What the co-contractor's tax lacks is proposed, and ticked",
            trigger: `${row("0% Cocont")}:contains("Ontbreekt"):contains("medecontractant"):has(input:checked)`,
        },
        {
            content: "What cannot be known is asked, and not ticked",
            trigger: `${row("Eigen 0%")}:contains("Te kiezen"):not(:has(input:checked))`,
        },
        {trigger: `${row("Eigen 0%")} td[name='category']`, run: "click"},
        {
            content: "Choose the exemption",
            trigger: `${row("Eigen 0%")} td[name='category'] input`,
            run: "edit E - ",
        },
        {
            trigger: ".o_select_menu_item:contains('E - ')",
            run() {
                // "AE - …" contains the same letters
                [...document.querySelectorAll(".o_select_menu_item")]
                    .find((item) => item.textContent.trim().startsWith("E - "))
                    .click();
            },
        },
        {trigger: `${row("Eigen 0%")} td[name='reason'] input`, run: "edit Vrijgesteld, art. 44 Btw-Wetboek"},
        {trigger: "button[name='action_apply']", run: "click"},
        {trigger: ".o_notification:contains('aangevuld')"},
        {
            content: "The page opens again: the taxes say what they should",
            trigger: `${row("0% Cocont")}:contains("In orde"):contains("AE · VATEX-EU-AE")`,
        },
        {trigger: `${row("Eigen 0%")}:contains("In orde")`},
    ],
});

registry.category("web_tour.tours").add("be_rule_switch_dutch", {
    steps: () => [
        {
            content: "Each check says what it is about and where it comes from",
            trigger: ".o_data_row:contains('BE-PAY-01'):contains('Controlegetal'):contains('Febelfin')",
        },
        {
            content: "Switch it off",
            trigger: ".o_data_row:contains('BE-PAY-01') .o_boolean_toggle input",
            run: "click",
        },
        {trigger: ".o_data_row:contains('BE-PAY-01'):not(:has(.o_boolean_toggle input:checked))"},
    ],
});
