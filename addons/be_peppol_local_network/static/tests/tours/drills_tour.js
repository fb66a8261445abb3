import {registry} from "@web/core/registry";

const card = ".o_kanban_record:contains(Lost):not(:contains(Receipt))";

registry.category("web_tour.tours").add("be_peppol_drills", {
    steps: () => [
        {
            content: "Each place where something can go wrong has its column",
            trigger: ".o_kanban_group:contains(Access point 1) .o_kanban_record:contains(vanish on their way)",
        },
        {
            content: "Switch a drill on",
            trigger: `${card} button:contains(Switch on)`,
            run: "click",
        },
        {
            content: "Its card says so",
            trigger: `${card} .badge:contains(On)`,
        },
        {
            content: "End all",
            trigger: ".o_control_panel button:contains(Switch all off)",
            run: "click",
        },
        {
            content: "It can be switched on again",
            trigger: `${card} button:contains(Once)`,
        },
    ],
});
