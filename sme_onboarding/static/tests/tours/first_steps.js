import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Open the details of a step, whatever the language of the page. */
function unfold(code) {
    return {
        content: `Open the step ${code}`,
        trigger: `.o_sme_onboarding_step[data-code="${code}"]:not([open]) summary`,
        run: "click",
    };
}

const inStep = (code, selector) => `.o_sme_onboarding_step[data-code="${code}"] ${selector}`;

tours.add("sme_onboarding_owner", {
    steps: () => [
        {
            content: "The page says where the firm stands",
            trigger: ".o_sme_onboarding .progress[role=progressbar][aria-valuenow]",
        },
        {
            content: "The next step is the address, of which the street is missing",
            trigger: ".o_sme_onboarding_next[data-code=company_address]",
        },
        {
            content: "Its one button opens the company",
            trigger: ".o_sme_onboarding_next .o_sme_onboarding_open",
            run: "click",
        },
        {
            content: "Fill in what was missing",
            trigger: ".o_form_view .o_field_widget[name=street] input",
            run: "edit Rue des Guillemins 27",
        },
        {
            content: "Save: the web client reloads, since the company has changed",
            trigger: ".o_form_button_save",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Back to the page",
            trigger: ".o_form_saved .o_breadcrumb a, .o_form_view .o_breadcrumb a, .o_breadcrumb .o_back_button",
            run: "click",
        },
        {
            content: "The street is there now: the next step is another one",
            trigger: ".o_sme_onboarding_next:not([data-code=company_address])",
        },
        {
            content: "A step that is not needed asks for a reason",
            ...unfold("first_bill"),
        },
        {
            trigger: inStep("first_bill", ".o_sme_onboarding_set_aside"),
            run: "click",
        },
        {
            content: "No reason, no change",
            trigger: ".modal .o_sme_onboarding_confirm",
            run: "click",
        },
        {
            trigger: ".modal textarea[aria-invalid=true]",
            run: "edit We buy nothing yet",
        },
        {
            trigger: ".modal .o_sme_onboarding_confirm",
            run: "click",
        },
        {
            content: "It is set aside, and shows why",
            trigger: `.o_sme_onboarding_step[data-code=first_bill][data-state=not_needed]:contains("We buy nothing yet")`,
        },
        {
            content: "It can be taken back",
            trigger: inStep("first_bill", ".o_sme_onboarding_take_back"),
            run: "click",
        },
        {
            trigger: ".o_sme_onboarding_step[data-code=first_bill][data-state=todo]",
        },
        {
            content: "Check again",
            trigger: ".o_sme_onboarding_check:not([disabled])",
            run: "click",
        },
        {
            trigger: ".o_sme_onboarding_check:not([disabled])",
        },
    ],
});

tours.add("sme_onboarding_accountant", {
    steps: () => [
        {
            trigger: ".o_sme_onboarding .progress[role=progressbar][aria-valuenow]",
        },
        {
            content: "The page proposes a step that the accountant may do",
            trigger: ".o_sme_onboarding_next:has(.o_sme_onboarding_open):not(:has(.fa-lock))",
        },
        unfold("company_number"),
        {
            content: "The company is for an administrator: the step says so",
            trigger: inStep("company_number", ".fa-lock"),
        },
        {
            trigger: `.o_sme_onboarding_step[data-code=company_number]:not(:has(.o_sme_onboarding_open))`,
        },
        {
            content: "Nothing to set aside for a reader",
            trigger: ".o_sme_onboarding:not(:has(.o_sme_onboarding_set_aside))",
        },
        unfold("first_bill"),
        {
            content: "What the accountant may do opens",
            trigger: inStep("first_bill", ".o_sme_onboarding_open"),
            run: "click",
        },
        {
            trigger: ".o_list_view, .o_kanban_view",
        },
    ],
});

for (const [name, headline, next] of [
    ["sme_onboarding_french", "étapes", "Prochaine étape"],
    ["sme_onboarding_dutch", "stappen", "Volgende stap"],
]) {
    tours.add(name, {
        steps: () => [
            {trigger: `.o_sme_onboarding h1:contains("${headline}")`},
            {trigger: `.o_sme_onboarding_next:contains("${next}")`},
        ],
    });
}

tours.add("sme_onboarding_phone", {
    steps: () => [
        {
            content: "Nothing is wider than the phone",
            trigger: ".o_sme_onboarding_next",
            run() {
                for (const details of document.querySelectorAll(".o_sme_onboarding_step")) {
                    details.open = true;
                }
                const page = document.querySelector(".o_sme_onboarding");
                if (page.scrollWidth > page.clientWidth) {
                    throw new Error(`${page.scrollWidth} > ${page.clientWidth}`);
                }
            },
        },
        {
            content: "A step opens and closes with the keyboard",
            trigger: ".o_sme_onboarding_step[data-code=first_bill][open] summary",
            run() {
                this.anchor.focus();
                if (document.activeElement !== this.anchor) {
                    throw new Error("The step cannot be reached with the keyboard");
                }
            },
        },
        {
            trigger: ".o_sme_onboarding_step[data-code=first_bill] .o_sme_onboarding_open",
            run: "click",
        },
        {
            trigger: ".o_list_view, .o_kanban_view",
        },
    ],
});

tours.add("sme_onboarding_results", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row .o_data_cell[name=step_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=found]",
        },
    ],
});
