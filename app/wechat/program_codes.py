"""ProgramCodes: the mini-program code on a poster, and the link that opens the mini-program from elsewhere.

Sources: WeChat's getUnlimitedQRCode and generateUrlLink. Since 2023-12-19 one link may be opened by many people; it
serves for 30 days at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.services.ports.basics import Alerts
from app.services.ports.wechat import CodePicture
from app.wechat.client import AccountClient
from app.wechat.errors import WeChatError, WeChatUnreachable
from app.wechat.waiting import away, refused

PICTURE_PATH = "/wxa/getwxacodeunlimit"
LINK_PATH = "/wxa/generate_urllink"
LARGEST_WIDTH = 1280
"""Pixels; on paper, 10 cm with 325 dots to the inch."""
AFTER_DAYS, LONGEST_DAYS = 1, 30
"""expire_type and expire_interval of a link."""
VERSIONS: Mapping[str, str] = MappingProxyType({"formal": "release", "trial": "trial", "developer": "develop"})
"""What a message calls miniprogram_state, codes and links call env_version."""
BROKEN = "wechat_codes_broken"


class WeChatProgramCodes:
    """Implements app.services.ports.wechat.ProgramCodes.

    `program_state` (formal, trial, developer) is the version that opens.
    """

    def __init__(self, mp: AccountClient, alerts: Alerts, *, program_state: str = "formal") -> None:
        self._mp = mp
        self._alerts = alerts
        self._version = VERSIONS[program_state]

    def picture(self, page: str, scene: str) -> CodePicture:
        """See ProgramCodes. Only of a released version does WeChat know the pages, and check them."""
        body = {
            "scene": scene,
            "page": page,
            "check_path": self._version == "release",
            "env_version": self._version,
            "width": LARGEST_WIDTH,
        }
        try:
            return CodePicture(*self._mp.post_for_picture(PICTURE_PATH, body))
        except WeChatUnreachable:
            failure = away()
        except WeChatError as error:
            failure = refused(error, self._alerts, BROKEN)
        raise failure from None

    def link(self, page: str, query: str) -> str:
        """See app.services.ports.wechat.ProgramCodes."""
        body = {
            "path": page,
            "query": query,
            "env_version": self._version,
            "expire_type": AFTER_DAYS,
            "expire_interval": LONGEST_DAYS,
        }
        try:
            link = str(self._mp.post_json(LINK_PATH, body).get("url_link") or "")
        except WeChatUnreachable:
            failure = away()
        except WeChatError as error:
            failure = refused(error, self._alerts, BROKEN)
        else:
            if link.startswith(("https://", "http://")):  # the stand-in of a demonstration has no certificate
                return link
            failure = away()
        raise failure from None
