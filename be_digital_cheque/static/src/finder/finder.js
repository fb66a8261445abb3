import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {FinderCard} from "./finder_card";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const MODEL = "digital.cheque.finder";

/**
 * Find my subsidies: what do you plan, for how much, when? The answers are cards, the best first. What was asked is
 * kept when the user comes back from the company's facts.
 */
export class SubsidyFinder extends Component {
    static template = "be_digital_cheque.SubsidyFinder";
    static components = {Layout, FinderCard};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.results = useRef("results");
        const kept = this.props.state?.question;
        this.state = useState({
            page: null,
            rights: [],
            found: null,
            busy: false,
            question: kept || {kind: null, cost: "", on: ""},
        });
        useSetupAction({getLocalState: () => ({question: {...this.state.question}})});
        onWillStart(async () => {
            const [page, rights] = await Promise.all([
                this.orm.call(MODEL, "start_page"),
                this.orm.call(MODEL, "rights"),
            ]);
            Object.assign(this.state, {page, rights});
            this.state.question.on ||= page.today;
            if (kept && this.complete) {
                await this.load();
            }
        });
    }

    get complete() {
        const {kind, cost, on} = this.state.question;
        return Boolean(kind && Number(cost) > 0 && on);
    }

    get asked() {
        const {kind, cost, on} = this.state.question;
        return [kind, Number(cost), on];
    }

    async load() {
        this.state.busy = true;
        try {
            this.state.found = await this.orm.call(MODEL, "find", this.asked);
        } finally {
            this.state.busy = false;
        }
    }

    async onSubmit() {
        await this.load();
        this.results.el?.focus();
    }

    async answer(questionId, yes) {
        await this.orm.call(MODEL, "answer", [questionId, yes]);
        await this.load();
    }

    async openFact(where) {
        await this.action.doAction(await this.orm.call(MODEL, "open_fact", [where]));
    }

    async start(card) {
        const action = await this.orm.call(MODEL, "start_dossier", [card.programme, ...this.asked]);
        await this.action.doAction(action);
    }

    async openRight(right) {
        await this.action.doAction(await this.orm.call(MODEL, "open_claimed", [right.id]));
    }
}

registry.category("actions").add("be_digital_cheque.finder", SubsidyFinder);
