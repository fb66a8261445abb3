import {Component, onWillUnmount, useEffect, useState} from "@odoo/owl";
import {Findings} from "./findings";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Loads what is known of documents after the screen stands, and again whenever `key` changes. */
function useStatus(fetch, key) {
    const state = useState({status: null, loading: false, open: false});
    let turn = 0;
    const load = async () => {
        const mine = ++turn;
        state.loading = true;
        try {
            const status = await fetch();
            // A slower answer about an earlier document must not replace the later one
            if (mine === turn) {
                state.status = status;
            }
        } finally {
            if (mine === turn) {
                state.loading = false;
            }
        }
    };
    useEffect(
        () => {
            load();
        },
        () => [key()]
    );
    onWillUnmount(() => ++turn);
    return {state, load};
}

const LOOKS = {
    ready: {tone: "success", icon: "fa-check"},
    warning: {tone: "warning", icon: "fa-exclamation-triangle"},
    problems: {tone: "danger", icon: "fa-times-circle"},
    not_applicable: {tone: "light", icon: "fa-minus"},
    unchecked: {tone: "light", icon: "fa-question"},
};

/** On the form of an invoice or a bill: is its e-invoice in order, and if not, what has to be put right. */
export class EinvoiceStatus extends Component {
    static template = "be_peppol_einvoice.EinvoiceStatus";
    static components = {Findings};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        const record = () => this.props.record;
        const {state, load} = useStatus(
            async () => {
                const {resId} = record();
                return resId ? this.orm.silent.call("account.move", "get_einvoice_status", [[resId]]) : null;
            },
            // What is being typed is not known to the server yet: it is checked once it is saved
            () => {
                const {resId, dirty, data} = record();
                return `${resId}/${dirty ? "editing" : "saved"}/${data.write_date}/${data.peppol_move_state}`;
            }
        );
        this.state = state;
        this.load = load;
        this.mended = async () => {
            await this.load();
            if (!this.props.record.dirty) {
                await this.props.record.load();
            }
        };
    }

    get shown() {
        const {status} = this.state;
        // Of a bill that did not come in as an e-invoice there is nothing to say
        return !(status.received && !status.version && !status.findings.length);
    }

    get look() {
        const {state, warning} = this.state.status;
        return LOOKS[state === "ready" && warning ? "warning" : state];
    }

    get headline() {
        const {state, fatal, warning, received} = this.state.status;
        if (state === "problems") {
            return fatal === 1
                ? received
                    ? _t("Received e-invoice: 1 problem")
                    : _t("E-invoice: 1 problem")
                : received
                  ? _t("Received e-invoice: %s problems", fatal)
                  : _t("E-invoice: %s problems", fatal);
        }
        if (state === "ready" && warning) {
            return received ? _t("Received e-invoice: in order, with remarks") : _t("E-invoice: ready, with remarks");
        }
        return {
            ready: received ? _t("Received e-invoice: in order") : _t("E-invoice: ready"),
            not_applicable: _t("E-invoice: not needed"),
            unchecked: _t("E-invoice: not checked yet"),
        }[state];
    }

    get explanation() {
        const {state, reason, received, resume, draft} = this.state.status;
        if (state === "problems" && received) {
            return _t("Your supplier made it: tell them. You can book and pay the bill all the same.");
        }
        if (state === "problems" && resume) {
            return _t("It was not sent. Once this is put right, it goes out by itself.");
        }
        if (state === "problems" && !this.state.status.holds_up) {
            return _t("It can be sent, but may be refused.");
        }
        if (state === "problems") {
            return draft
                ? _t("Put this right before you confirm the invoice.")
                : _t("It cannot be sent over Peppol until this is put right.");
        }
        return reason;
    }

    get toggleLabel() {
        return this.state.open ? _t("Hide") : _t("What is wrong?");
    }

    get judged() {
        const {version, checked_at} = this.state.status;
        const date = checked_at ? formatDate(deserializeDateTime(checked_at)) : "";
        return _t("Judged by %(version)s on %(date)s", {version, date});
    }

    toggle() {
        this.state.open = !this.state.open;
    }
}

/** In the Send window: what holds the e-invoice up, before anyone presses Send. */
export class EinvoiceSend extends Component {
    static template = "be_peppol_einvoice.EinvoiceSend";
    static components = {Findings};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        const {state, load} = useStatus(
            () => this.orm.silent.call("account.move", "get_einvoice_status", [[this.moveId]]),
            () => this.moveId
        );
        this.state = state;
        this.mended = load;
    }

    get moveId() {
        return this.props.record.data.move_id.id;
    }

    get methods() {
        const boxes = this.props.record.data.sending_method_checkboxes || {};
        return Object.keys(boxes).filter((method) => boxes[method].checked);
    }

    get overPeppol() {
        return this.methods.includes("peppol");
    }

    get blockedText() {
        if (!this.state.status.holds_up) {
            return _t("The e-invoice breaks the rules of Peppol: it may be refused.");
        }
        return this.methods.includes("email")
            ? _t("The e-invoice will not go out over Peppol until this is put right. The e-mail will be sent.")
            : _t("The e-invoice will not go out over Peppol until this is put right.");
    }
}

export class EinvoiceSendBatch extends Component {
    static template = "be_peppol_einvoice.EinvoiceSendBatch";
    static components = {Findings};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        const {state, load} = useStatus(
            () => this.orm.silent.call("be.einvoice.check", "get_batch_status", [this.moveIds]),
            () => this.moveIds.join()
        );
        this.state = state;
        this.mended = load;
    }

    openList() {
        return this.action.doAction("be_peppol_einvoice.action_einvoice_problems");
    }

    get moveIds() {
        return this.props.record.data.move_ids.currentIds;
    }

    get faultyText() {
        const {faulty, checked, holds_up} = this.state.status;
        if (!holds_up) {
            return _t("%(faulty)s of %(checked)s e-invoices break the rules of Peppol: they may be refused.", {
                faulty,
                checked,
            });
        }
        return faulty === 1
            ? _t("1 of %s e-invoices will not go out over Peppol until this is put right. The others will.", checked)
            : _t(
                  "%(faulty)s of %(checked)s e-invoices will not go out over Peppol until this is put right. The others will.",
                  {
                      faulty,
                      checked,
                  }
              );
    }

    get uncheckedText() {
        return _t("%s more are checked when they go out.", this.state.status.unchecked);
    }
}

const widgets = registry.category("view_widgets");
widgets.add("be_einvoice_status", {
    component: EinvoiceStatus,
    fieldDependencies: [
        {name: "write_date", type: "datetime"},
        {name: "peppol_move_state", type: "selection"},
    ],
});
widgets.add("be_einvoice_send", {component: EinvoiceSend});
widgets.add("be_einvoice_send_batch", {component: EinvoiceSendBatch});
