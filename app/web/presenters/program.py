"""ProgramView: everything in it is said by the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.intake import LONGEST_TITLE, MOST_PHOTOS
from app.domain.lifecycle import LONGEST_TEXT
from app.domain.roster import Deadlines
from app.domain.settings import CitySettings
from app.services.appeals.photos import LARGEST_FILE


def present_program(templates: Mapping[str, str], default_roster: str | None, settings: CitySettings) -> dict[str, Any]:
    """`templates`: id by what it brings, empty for what is switched off; `default_roster`: a slug or None."""
    deadlines = Deadlines()  # no roster has others so far
    return {
        "templates": dict(templates),
        "quick_replies": [{"name": reply.name, "text": reply.text} for reply in settings.quick_replies],
        "answer_templates": [
            {"name": model.name, "title": model.title, "outcome": model.outcome.value, "text": model.text}
            for model in settings.answer_templates
        ],
        "default_roster": default_roster,
        "quick_reply_days": deadlines.promise_at_most.amount,
        "extension_workdays": deadlines.max_extension_workdays,
        "photos": {"most": MOST_PHOTOS, "megabytes": LARGEST_FILE // (1024 * 1024)},
        "text": {"longest": LONGEST_TEXT, "longest_title": LONGEST_TITLE},
    }
