import {Component} from "@odoo/owl";

/** What a step is for, what was found, and what one can do about it. */
export class StepDetails extends Component {
    static template = "sme_onboarding.StepDetails";
    static props = {
        step: Object,
        history: String,
        canAct: Boolean,
        busy: Boolean,
        // The one step that the page proposes: its button stands out.
        isMain: Boolean,
        open: Function,
        openRecords: Function,
        test: Function,
        setAside: Function,
        takeBack: Function,
        work: String,
        assign: Function,
        declare: Function,
        tend: Function,
        show: Function,
    };

    get isOpen() {
        return ["todo", "doing"].includes(this.props.step.state);
    }

    get maySay() {
        return this.props.canAct || this.props.step.mine;
    }

    get isTended() {
        return Boolean(this.props.step.rhythm_days) && this.props.step.state !== "not_needed";
    }
}
