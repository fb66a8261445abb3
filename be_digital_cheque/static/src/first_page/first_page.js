import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {STEPS, WAITING, remaining} from "./first_page_texts";
import {_t} from "@web/core/l10n/translation";
import {Layout} from "@web/search/layout";
import {formatCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const MODEL = "digital.cheque.overview";

/** The first page: what waits, what is on its way, what was received. The server counts, see its model. */
export class FirstPage extends Component {
    static template = "be_digital_cheque.FirstPage";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.remaining = remaining;
        this.rootRef = useRef("root");
        this.state = useState({data: null});
        useSetupAction({rootRef: this.rootRef});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "get_overview", []);
    }

    get step() {
        const {step, figures} = this.state.data;
        const texts = STEPS[step];
        return {...texts, key: step, title: texts.title(figures[step])};
    }

    get waiting() {
        const {figures} = this.state.data;
        return WAITING.filter(({key}) => key in figures).map((row) => ({...row, count: figures[row.key]}));
    }

    get stages() {
        const rows = this.state.data.stages;
        const most = Math.max(...rows.map((row) => row.amount), 1);
        return rows.map((row) => ({...row, width: `width: ${(100 * row.amount) / most}%`}));
    }

    get total() {
        return this.state.data.stages.reduce((sum, row) => sum + row.amount, 0);
    }

    get severalCompanies() {
        const {companies} = this.state.data;
        return companies.length > 1 ? _t("%s companies together", companies.length) : companies[0];
    }

    euros(amount) {
        return formatCurrency(amount, this.state.data.currency_id, {digits: [69, 0]});
    }

    count(number) {
        return number === 1 ? _t("1 dossier") : _t("%s dossiers", number);
    }

    async openFigure(figure) {
        const action = await this.orm.call(MODEL, "get_list_action", [figure]);
        await this.action.doAction(action);
    }

    async openStep() {
        if (this.state.data.step === "nothing") {
            await this.openProgrammes();
        } else {
            await this.openFigure(this.state.data.step);
        }
    }

    openProgrammes() {
        return this.action.doAction("be_digital_cheque.digital_cheque_finder_action");
    }

    async openRight(programmeId) {
        const action = await this.orm.call("digital.cheque.finder", "open_claimed", [programmeId]);
        await this.action.doAction(action);
    }

    openDossier(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "digital.cheque.dossier",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("be_digital_cheque.first_page", FirstPage);
