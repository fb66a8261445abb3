import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

/**
 * The questions by web link: each answer is kept at once, and the page says so. The words stand in the page, in the
 * language that was chosen there: the web client's own translations are those of a user, and there is none.
 */
export class MaturityQuestions extends Interaction {
    static selector = ".o_sme_questions";
    dynamicContent = {
        "input[type=radio], input[type=checkbox]": {"t-on-change": this.onChange},
    };

    async onChange(ev) {
        const fieldset = ev.target.closest("[data-question]");
        const status = fieldset.querySelector(".o_sme_saved");
        const value = this.valueOf(fieldset);
        status.textContent = this.word("saving");
        status.classList.remove("text-danger");
        let answer = null;
        try {
            answer = await this.waitFor(
                rpc(`${this.el.dataset.url}/answer`, {question: fieldset.dataset.question, value})
            );
        } catch {
            answer = {error: this.word("failed")};
        }
        if (answer.error) {
            status.textContent = answer.error;
            status.classList.add("text-danger");
            return;
        }
        status.textContent = this.word("saved");
        this.el.querySelector(".o_sme_answered").textContent = answer.answered;
        const bar = this.el.querySelector(".progress-bar");
        bar.style.width = `${Math.round((100 * answer.answered) / answer.total)}%`;
    }

    word(name) {
        return this.el.querySelector(`.o_sme_word_${name}`).textContent;
    }

    valueOf(fieldset) {
        const inputs = [...fieldset.querySelectorAll("input")];
        if (!fieldset.dataset.parts) {
            return Number(inputs.find((input) => input.checked).value);
        }
        const value = {};
        for (const input of inputs) {
            if (input.type === "checkbox") {
                value[input.dataset.part] = input.checked ? 1 : 0;
            } else if (input.checked) {
                value[input.dataset.part] = Number(input.value);
            }
        }
        return value;
    }
}

registry.category("public.interactions").add("sme_onboarding.maturity_questions", MaturityQuestions);
