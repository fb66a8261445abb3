import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {session} from "@web/session";

const MIN_LENGTH = 3;

/**
 * The register is there, and a record without a country or in Belgium is looked up in it.
 *
 * @param {Object|false} country value of a many2one field, if any
 */
export function registerApplies(country) {
    return Boolean(session.be_register) && (!country || country.id === session.be_register.country);
}

/**
 * Suggestions of the offline company register for an AutoComplete.
 *
 * @returns {{source: Function, choose: Function}}
 */
export function useRegister() {
    const orm = useService("orm");
    const notification = useService("notification");
    const keepLast = new KeepLast();

    /**
     * @param {Function} onSelect called with the suggestion that the user chose
     * @param {Function} [extra] (request) => more options under the suggestions
     */
    function source(onSelect, extra = () => []) {
        return {
            placeholder: _t("Searching the company register..."),
            optionSlot: "registerOption",
            options: async (request) => {
                if (!request || request.trim().length < MIN_LENGTH) {
                    return [];
                }
                const suggestions = await keepLast.add(orm.silent.call("be.register", "suggest", [request]));
                const options = suggestions.map((suggestion) => ({
                    cssClass: "o_be_register_option",
                    data: suggestion,
                    label: suggestion.name,
                    onSelect: () => onSelect(suggestion),
                }));
                return [...options, ...extra(request)];
            },
        };
    }

    /**
     * Values of a contact for a suggestion, or null where the register no longer has it. Tells the user what the
     * register says against the company.
     */
    async function choose(suggestion) {
        const chosen = await orm.call("be.register", "choose", [suggestion.number]);
        if (chosen && chosen.notice) {
            notification.add(chosen.notice, {type: "warning", sticky: true});
        }
        return chosen ? chosen.values : null;
    }

    return {source, choose};
}
