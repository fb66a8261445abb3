# shellcheck shell=bash
# The local Peppol network (docker/gateway/peppol_network): look-up and two access points on loopback, for the demo.

NETWORK=$STATE/network

# The tests' environment serves the demo too, not the other way round.
make_gateway_venv() { venv_is_ready venv-gateway gateway gateway-dev || make_venv venv-gateway gateway; }

# The participant look-up (be_peppol_einvoice/transport) is plain Python that the gateway shares with Odoo.
in_gateway_env() {
    as_user env PYTHONPATH="$ROOT/docker/gateway:$ROOT/be_peppol_einvoice:$ROOT/docker/dev" \
        PYTHONPYCACHEPREFIX="$STATE/cache/pyc" PATH="$STATE/venv-gateway/bin:$PATH" "$@"
}

# network COMMAND: the command line of the local network.
network() { in_gateway_env "$STATE/venv-gateway/bin/python" -m peppol_network "$1" "$NETWORK"; }

# The network outlives this command. It runs on where it runs with the present code already.
start_network() {
    local key
    key=$(code_hash "$ROOT/docker/gateway" "$ROOT/be_peppol_einvoice/transport")
    mkdir -p "$NETWORK"
    [ "$(id -u)" -ne 0 ] || chown "$RUN_USER:" "$NETWORK"
    if done_before network "$key" && network status >/dev/null 2>&1; then return 0; fi
    step "Local Peppol network: look-up and two access points" restart_network
    finished network "$key"
}
restart_network() { network stop && network start; }

stop_network() { [ ! -x "$STATE/venv-gateway/bin/python" ] || [ ! -d "$NETWORK" ] || network stop; }
