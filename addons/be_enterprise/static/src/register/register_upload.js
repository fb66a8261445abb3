import {Component, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Uploads a file of hundreds of megabytes with a progress bar; the field's value is its name on the server. */
export class RegisterUpload extends Component {
    static template = "be_enterprise.RegisterUpload";
    static props = {...standardFieldProps};

    setup() {
        this.notification = useService("notification");
        this.inputRef = useRef("file");
        this.state = useState({name: "", percent: null});
        onWillUnmount(() => this.request && this.request.abort());
    }

    choose() {
        this.inputRef.el.click();
    }

    onFile(ev) {
        const file = ev.target.files[0];
        if (!file) {
            return;
        }
        const data = new FormData();
        data.append("csrf_token", odoo.csrf_token);
        data.append("file", file, file.name);
        this.state.name = file.name;
        this.state.percent = 0;
        this.request = new XMLHttpRequest();
        this.request.upload.onprogress = (progress) => {
            this.state.percent = Math.floor((100 * progress.loaded) / progress.total);
        };
        this.request.onload = () => this.onDone();
        this.request.onerror = () => this.fail(_t("The upload was interrupted. Try again."));
        this.request.open("POST", "/be_register/upload");
        this.request.send(data);
    }

    async onDone() {
        let answer = {};
        try {
            answer = JSON.parse(this.request.responseText);
        } catch {
            answer = {error: _t("The server refused the file.")};
        }
        if (this.request.status !== 200 || answer.error) {
            this.fail(answer.error || _t("The server refused the file."));
            return;
        }
        this.state.percent = 100;
        await this.props.record.update({[this.props.name]: answer.name});
    }

    fail(message) {
        this.state.name = "";
        this.state.percent = null;
        this.notification.add(message, {type: "danger"});
    }
}

registry.category("fields").add("be_register_upload", {
    component: RegisterUpload,
    supportedTypes: ["char"],
});
