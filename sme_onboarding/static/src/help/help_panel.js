import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {registry} from "@web/core/registry";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const MODEL = "sme.onboarding.status";

/** The next step, from any screen. It asks the server only when it is opened. */
export class HelpPanel extends Component {
    static template = "sme_onboarding.HelpPanel";
    static components = {Dropdown};
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.tours = useService("tour_service");
        this.dropdown = useDropdownState();
        this.state = useState({step: null, loaded: false});
    }

    async load() {
        this.state.loaded = false;
        this.state.step = await this.orm.call(MODEL, "get_next", []);
        this.state.loaded = true;
    }

    async open() {
        this.dropdown.close();
        await this.action.doAction(await this.orm.call(MODEL, "action_open_screen", [[this.state.step.id]]));
    }

    show() {
        this.dropdown.close();
        this.tours.startTour(this.state.step.tour, {mode: "manual"});
    }

    async openPage() {
        this.dropdown.close();
        await this.action.doAction("sme_onboarding.action_first_steps", {clearBreadcrumbs: true});
    }
}

if (user.isInternalUser !== false) {
    registry.category("systray").add("sme_onboarding.help", {Component: HelpPanel}, {sequence: 45});
}
