import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const inQuestion = (code, selector) => `[data-question="${code}"] ${selector}`;

// The words are compared where a language is named in the tour; the rest holds in any language.
function questions(saved, why) {
    return () => [
        {
            content: "The page says why it asks",
            trigger: `.o_sme_questions fieldset:contains("${why}")`,
        },
        {
            content: "What the records know is shown, not asked",
            trigger: ".o_sme_measured[data-code=m_online_payment]",
        },
        {
            content: "An answer",
            trigger: inQuestion("m_backup", "input[value='0.5']"),
            run: "click",
        },
        {
            content: "It is kept at once",
            trigger: inQuestion("m_backup", `.o_sme_saved:contains("${saved}")`),
        },
        {
            content: "Another one",
            trigger: inQuestion("m_devices", "input[value='0']"),
            run: "click",
        },
        {
            trigger: inQuestion("m_devices", `.o_sme_saved:contains("${saved}")`),
        },
    ];
}

tours.add("sme_onboarding_questions_french", {steps: questions("Enregistré", "Pourquoi cette question")});
tours.add("sme_onboarding_questions_dutch", {steps: questions("Bewaard", "Waarom we dit vragen")});

tours.add("sme_onboarding_maturity", {
    steps: () => [
        {
            content: "The first page offers to measure",
            trigger: ".o_sme_onboarding_tile[data-name=maturity]",
            run: "click",
        },
        {
            content: "Begin with the short set",
            trigger: ".o_kanban_record:first .btn-primary",
            run: "click",
        },
        {
            content: "What the records know is there at once",
            trigger: ".o_sme_maturity_result .o_sme_maturity_level",
        },
        {
            content: "The answers say where they come from",
            trigger: ".o_field_widget[name=answer_ids] .o_data_row",
        },
    ],
});
