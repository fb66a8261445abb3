# shellcheck shell=bash
# The local Peppol network (docker/gateway/peppol_network): look-up and two access points on loopback, for the demo.

# The tests' environment serves the demo too, not the other way round.
make_gateway_venv() { venv_is_ready venv-gateway gateway gateway-dev || make_venv venv-gateway gateway; }

# The participant look-up (be_peppol_einvoice/transport) is plain Python that the gateway shares with Odoo.
in_gateway_env() {
    as_user env PYTHONPATH="$ROOT/docker/gateway:$ROOT/be_peppol_einvoice:$ROOT/docker/dev" \
        PYTHONPYCACHEPREFIX="$STATE/cache/pyc" PATH="$STATE/venv-gateway/bin:$PATH" "$@"
}
