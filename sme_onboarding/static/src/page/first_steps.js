import {AssignDialog} from "./assign_dialog";
import {Component, onWillStart, status, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {ReasonDialog} from "./reason_dialog";
import {StepDetails} from "./step_details";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

const MODEL = "sme.onboarding.status";

// Each state has its own sign and its own words: colour only repeats them.
const STATES = {
    todo: {icon: "fa-circle-o", tone: "text-body", label: _t("To do")},
    doing: {icon: "fa-adjust", tone: "text-info", label: _t("Started")},
    done: {icon: "fa-check-circle", tone: "text-success", label: _t("Done, verified")},
    broken: {
        icon: "fa-exclamation-triangle",
        tone: "text-danger",
        label: _t("No longer in order"),
    },
    unmeasured: {
        icon: "fa-question-circle-o",
        tone: "text-muted",
        label: _t("Not measured"),
    },
    declared: {icon: "fa-check-circle-o", tone: "text-muted", label: _t("Done, not verified")},
    not_needed: {icon: "fa-minus-circle", tone: "text-muted", label: _t("Not needed")},
};

export class FirstSteps extends Component {
    static template = "sme_onboarding.FirstSteps";
    static components = {StepDetails};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.tours = useService("tour_service");
        this.state = useState({page: null, busy: false, announcement: ""});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call(MODEL, "get_page", []);
    }

    get page() {
        return this.state.page;
    }

    find(id) {
        for (const theme of this.page.themes) {
            const step = theme.steps.find((one) => one.id === id);
            if (step) {
                return {...step, theme: theme.name};
            }
        }
        return null;
    }

    get nextStep() {
        return this.find(this.page.next);
    }

    get followingSteps() {
        return this.page.after_next.map((id) => this.find(id)).filter(Boolean);
    }

    get headline() {
        const {done, counted} = this.page.progress;
        if (!counted) {
            return _t("No step could be measured");
        }
        return _t("%(done)s of %(counted)s steps done and verified", {done, counted});
    }

    get remarks() {
        const {unmeasured, declared, not_needed: notNeeded} = this.page.progress;
        const remarks = [];
        if (unmeasured) {
            remarks.push(_t("Not measured: %s", unmeasured));
        }
        if (declared) {
            remarks.push(_t("Done, not verified: %s", declared));
        }
        if (notNeeded) {
            remarks.push(_t("Not needed: %s", notNeeded));
        }
        if (this.page.checked_on) {
            const checkedOn = deserializeDateTime(this.page.checked_on);
            remarks.push(_t("Last check: %s", checkedOn.toLocaleString(DateTime.DATETIME_SHORT)));
        }
        return remarks;
    }

    themeCount(theme) {
        return theme.counted
            ? _t("%(done)s of %(counted)s", {done: theme.done, counted: theme.counted})
            : _t("Nothing to do");
    }

    isBroken(step) {
        return Boolean(step.reopened_on) && ["todo", "doing"].includes(step.state);
    }

    look(step) {
        return this.isBroken(step) ? STATES.broken : STATES[step.state];
    }

    /** State and most important finding in one line. */
    summary(step) {
        const state = this.look(step).label;
        const found = step.state === "not_needed" ? step.reason : step.found[0];
        return found ? _t("%(state)s: %(found)s", {state, found}) : state;
    }

    /** What happened to the step, in one line, or nothing. */
    history(step) {
        const day = (value) => formatDate(deserializeDateTime(value));
        if (step.state === "not_needed") {
            return _t("“%(reason)s” (%(person)s, %(date)s)", {
                reason: step.reason,
                person: step.set_aside_by,
                date: day(step.set_aside_on),
            });
        }
        if (this.isBroken(step)) {
            return _t("In order since %(since)s, found broken on %(broken)s", {
                since: day(step.verified_on),
                broken: day(step.reopened_on),
            });
        }
        if (step.state === "done") {
            return _t("In order since %s", day(step.verified_on));
        }
        return "";
    }

    /** Who and when, in one line, or nothing. */
    work(step) {
        const parts = [];
        if (step.person) {
            parts.push(step.person);
        }
        if (step.deadline && ["todo", "doing"].includes(step.state)) {
            const day = formatDate(deserializeDate(step.deadline));
            parts.push(step.overdue ? _t("was due on %s", day) : _t("by %s", day));
        }
        if (step.tended_on) {
            parts.push(_t("looked after on %s", formatDate(deserializeDate(step.tended_on))));
        }
        if (step.declared_on) {
            parts.push(_t("%s says that it is done", step.declared_by));
        }
        return parts.join(" · ");
    }

    /** Run something on the server, show where that leaves the company, and say it to screen readers. */
    async change(run) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        this.state.announcement = _t("Checking…");
        try {
            await run();
            await this.load();
            this.state.announcement = this.headline;
        } catch (error) {
            this.state.announcement = "";
            throw error;
        } finally {
            this.state.busy = false;
        }
    }

    async checkAgain() {
        await this.change(async () => {});
    }

    async test(step) {
        await this.change(() => this.orm.call(MODEL, "action_test", [[step.id]]));
    }

    async takeBack(step) {
        await this.change(() => this.orm.call(MODEL, "action_take_back", [[step.id]]));
    }

    /** Signs that repeat in a picture what the tile says in words. */
    tileIcon(tile) {
        return {good: "fa-arrow-up text-success", attention: "fa-exclamation-triangle text-danger"}[tile.tone] || "";
    }

    async openTile(tile) {
        await this.action.doAction(await this.orm.call("sme.onboarding.tile", "action_open", [tile.name]));
    }

    async declare(step) {
        await this.change(() => this.orm.call(MODEL, "action_declare", [[step.id]]));
    }

    async tend(step) {
        await this.change(() => this.orm.call(MODEL, "action_tended", [[step.id]]));
    }

    assign(step) {
        this.dialog.add(AssignDialog, {
            step,
            confirm: (person, deadline, rhythm) =>
                this.change(() => this.orm.call(MODEL, "action_assign", [[step.id], person, deadline, rhythm])),
        });
    }

    /** Show the step on the real screens, as often as somebody likes. */
    show(step) {
        this.tours.startTour(step.tour, {mode: "manual"});
    }

    /** Bring a step of the list into view, opened. */
    reveal(step) {
        const details = document.querySelector(`.o_sme_onboarding_step[data-code="${step.code}"]`);
        details.open = true;
        details.querySelector("summary").focus();
        details.scrollIntoView({block: "center"});
    }

    setAside(step) {
        this.dialog.add(ReasonDialog, {
            name: step.name,
            confirm: (reason) => this.change(() => this.orm.call(MODEL, "action_set_aside", [[step.id], reason])),
        });
    }

    async open(step, method) {
        const action = await this.orm.call(MODEL, method, [[step.id]]);
        // Nothing is returned: the dialog would wait for it, and for ever where it has led to another page.
        const onClose = () => {
            if (status(this) !== "destroyed") {
                this.checkAgain();
            }
        };
        await this.action.doAction(action, {onClose});
    }
}

registry.category("actions").add("sme_onboarding.first_steps", FirstSteps);
