"""Files to take along, with names in Chinese."""

from __future__ import annotations

import io

from flask import Response, send_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv; charset=utf-8"


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """An answer that the browser keeps as a file; a name in Chinese goes as RFC 5987 has it."""
    response = send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
