import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const MODEL = "sme.plan.install";

const STATES = {
    queued: {icon: "fa-clock-o", tone: "text-muted", label: _t("Waiting")},
    installed: {icon: "fa-check-circle", tone: "text-success", label: _t("Installed")},
    failed: {icon: "fa-exclamation-triangle", tone: "text-danger", label: _t("Failed")},
    running: {icon: "fa-refresh fa-spin", tone: "text-info", label: _t("Being installed…")},
};

/** Installs the queued apps of a plan one after the other; left and opened again, it goes on where it was. */
export class InstallApps extends Component {
    static template = "sme_onboarding.InstallApps";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.planId = this.props.action.params?.plan_id;
        this.state = useState({company: "", lines: [], running: false, finished: false, error: ""});
        onWillStart(async () => {
            if (!this.planId) {
                return;
            }
            this.show(await this.orm.call(MODEL, "get_queue", [this.planId]));
            this.run();
        });
    }

    show(queue) {
        const known = new Map(this.state.lines.map((line) => [line.id, line]));
        for (const line of queue.lines) {
            known.set(line.id, line);
        }
        // What has left the queue without a problem is installed.
        const present = new Set(queue.lines.map((line) => line.id));
        for (const line of known.values()) {
            if (!present.has(line.id)) {
                line.state = "installed";
            }
        }
        this.state.company = queue.company;
        this.state.lines = [...known.values()];
    }

    get waiting() {
        return this.state.lines.filter((line) => line.state === "queued");
    }

    get headline() {
        if (this.waiting.length) {
            return _t("Installing your apps");
        }
        const failed = this.state.lines.filter((line) => line.state === "failed").length;
        return failed ? _t("Done; some apps could not be installed") : _t("Everything is installed");
    }

    look(line) {
        const isNext = this.state.running && line === this.waiting[0];
        return STATES[isNext ? "running" : line.state] || STATES.queued;
    }

    async run() {
        this.state.running = true;
        this.state.error = "";
        try {
            while (this.waiting.length) {
                const queue = await this.orm.call(MODEL, "install_next", [this.planId]);
                if (!queue) {
                    break;
                }
                this.show(queue);
            }
            this.state.finished = true;
        } catch (error) {
            this.state.error = error.data?.message || error.message || _t("The server did not answer.");
        } finally {
            this.state.running = false;
        }
    }

    /** New apps bring new menus and scripts: the page is loaded anew. */
    leave() {
        browser.location.assign("/odoo/first-steps");
    }
}

registry.category("actions").add("sme_onboarding.install", InstallApps);
