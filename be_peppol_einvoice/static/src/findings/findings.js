import {Component} from "@odoo/owl";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** What was found on one document, each with the button that opens what has to be put right. */
export class Findings extends Component {
    static template = "be_peppol_einvoice.Findings";
    static props = {
        findings: Array,
        onMended: Function,
        // Where the document itself is already open behind, its button says so instead of opening it again
        documentOpen: {type: Boolean, optional: true},
    };

    setup() {
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.orm = useService("orm");
    }

    icon(finding) {
        return finding.severity === "fatal" ? "fa-times-circle" : "fa-exclamation-triangle";
    }

    severity(finding) {
        return finding.severity === "fatal" ? _t("Problem") : _t("Warning");
    }

    times(finding) {
        return _t("%s times", finding.count);
    }

    isBehind(remedy) {
        return this.props.documentOpen && remedy.model === "account.move" && !remedy.view;
    }

    async mend(remedy) {
        if (remedy.method) {
            return this.action.doAction(await this.orm.call(remedy.model, remedy.method, [[remedy.id]]));
        }
        if (!remedy.view) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: remedy.model,
                res_id: remedy.id,
                views: [[false, "form"]],
            });
        }
        this.dialog.add(FormViewDialog, {
            resModel: remedy.model,
            resId: remedy.id,
            viewId: remedy.view,
            title: remedy.label,
            context: remedy.context,
            readonly: !remedy.editable,
            preventEdit: !remedy.editable,
            canExpand: true,
            size: "md",
            onRecordSaved: () => this.props.onMended(),
        });
    }
}
