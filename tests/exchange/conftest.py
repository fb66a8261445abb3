# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import sys
from pathlib import Path

# the local network and the look-up that it shares with the app, as in its own environment
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("docker/gateway", "be_peppol_einvoice", "docker/dev")]
