import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

/** Asks why a firm does not need a step. */
export class ReasonDialog extends Component {
    static template = "sme_onboarding.ReasonDialog";
    static components = {Dialog};
    static props = {name: String, confirm: Function, close: Function};

    setup() {
        this.state = useState({reason: "", missing: false});
        this.reason = useAutofocus({refName: "reason"});
    }

    async confirm() {
        if (!this.state.reason.trim()) {
            this.state.missing = true;
            this.reason.el.focus();
            return;
        }
        await this.props.confirm(this.state.reason);
        this.props.close();
    }
}
