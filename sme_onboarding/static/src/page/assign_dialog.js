import {Component, onWillStart, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useService} from "@web/core/utils/hooks";

/** Who does a step, by when and, where it comes back, how often. */
export class AssignDialog extends Component {
    static template = "sme_onboarding.AssignDialog";
    static components = {Dialog};
    static props = {
        step: Object,
        confirm: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        const {step} = this.props;
        this.state = useState({
            people: [],
            person: step.person_id ? String(step.person_id) : "",
            deadline: step.deadline || "",
            rhythm: String(step.rhythm_days || 0),
        });
        onWillStart(async () => {
            this.state.people = await this.orm.call("sme.onboarding.status", "get_people", []);
        });
    }

    get hasRhythm() {
        return Boolean(this.props.step.rhythm_days);
    }

    confirm() {
        const person = this.state.person ? Number(this.state.person) : false;
        const rhythm = this.hasRhythm ? Number(this.state.rhythm) : 0;
        this.props.confirm(person, this.state.deadline || false, rhythm);
        this.props.close();
    }
}
