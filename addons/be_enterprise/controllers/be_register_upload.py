# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import re
import uuid

from werkzeug.exceptions import Forbidden

from odoo.http import Controller, request, route

CHUNK = 1024 * 1024


class BeRegisterUpload(Controller):
    @route("/be_register/upload", type="http", auth="user", methods=["POST"], max_content_length=None)
    def upload(self, file, **_kwargs):
        """Store a register file (hundreds of megabytes, so not as an attachment) and return its name here.

        The name is our own: what the browser sends is shown, never used as a path.
        """
        if not request.env.user.has_group("base.group_system"):
            raise Forbidden()
        folder = request.env["be.register.import"]._upload_folder()
        shown = re.sub(r"[^A-Za-z0-9_.-]", "_", os.path.basename(file.filename or ""))[-80:] or "register.zip"
        name = f"{uuid.uuid4().hex}-{shown}"
        path = os.path.join(folder, name)
        try:
            with open(path, "xb") as target:
                while chunk := file.stream.read(CHUNK):
                    target.write(chunk)
        except OSError as error:
            if os.path.exists(path):
                os.unlink(path)
            message = request.env._("The file could not be stored on the server: %s", error.strerror)
            return request.make_json_response({"error": message})
        return request.make_json_response({"name": name})
