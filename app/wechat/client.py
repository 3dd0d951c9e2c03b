"""The client of one account: wechatpy's, held on a shorter leash.

It sends every call to the configured base, refuses to send a token anywhere else, gives up in time, renews the token
once instead of for ever (wechatpy's auto_retry recurses without end on a lasting 40001), and raises errors that can be
logged. wechatpy's own helpers (`client.qrcode.create` and the like) go the same way.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from wechatpy import WeChatClient  # type: ignore[import-untyped]  # it ships no types
from wechatpy.exceptions import WeChatClientException  # type: ignore[import-untyped]

from app.services.ports.basics import Clock
from app.wechat.codes import TOKEN_ERRORS
from app.wechat.errors import WeChatError, WeChatUnreachable, from_network, from_wechatpy
from app.wechat.http import OFFICIAL_BASE, Http
from app.wechat.token_store import DEFAULT_LIFETIME, SharedSession, TokenStorage


@dataclass(frozen=True)
class WeChatAccount:
    """A mini-program or an Official Account."""

    appid: str
    secret: str = field(repr=False)


class AccountClient(WeChatClient):  # type: ignore[misc]  # wechatpy is untyped
    """Calls WeChat as one account. Every call may raise WeChatError or WeChatUnreachable."""

    def __init__(self, account: WeChatAccount, http: Http, tokens: TokenStorage, clock: Clock) -> None:
        self._pool = http
        self._renewing = threading.Lock()
        super().__init__(
            account.appid,
            account.secret,
            session=SharedSession(tokens, clock),
            timeout=http.timeouts,
            auto_retry=False,
        )

    def post_json(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST `path` (from the root: /wxa/...) with an access token."""
        answer: dict[str, Any] = self.post(OFFICIAL_BASE + path, data=dict(body))
        return answer

    def post_for_picture(self, path: str, body: Mapping[str, Any]) -> tuple[str, bytes]:
        """POST `path` with an access token where WeChat answers with a picture: its media type and its bytes."""
        answer = self.post(OFFICIAL_BASE + path, data=dict(body))
        if not isinstance(answer, requests.Response):
            raise WeChatUnreachable("no picture", sent_maybe=True)
        return answer.headers["Content-Type"].partition(";")[0].strip(), answer.content

    def get_json(self, path: str, query: Mapping[str, str], *, with_token: bool = True) -> dict[str, Any]:
        """GET `path` (from the root)."""
        answer: dict[str, Any] = self.get(OFFICIAL_BASE + path, params=dict(query), with_token=with_token)
        return answer

    @property
    def access_token(self) -> str:
        """The shared token, renewed when it has less than five minutes left."""
        return self.session.get(self.access_token_key) or self._renew(stale=None)

    def fetch_access_token(self) -> str:
        """For wechatpy, which calls it by this name."""
        return self._renew(stale=self.session.get(self.access_token_key))

    @property
    def _http(self) -> requests.Session:
        return self._pool.session

    @_http.setter
    def _http(self, unused: requests.Session) -> None:
        """wechatpy's constructor makes a session of its own, which is not wanted."""
        unused.close()

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> Any:
        """What all of wechatpy's calls come down to. `with_token=False` leaves the access token out."""
        api = kwargs.pop("api_base_url", self.API_BASE_URL)
        url = url_or_endpoint if "://" in url_or_endpoint else api + url_or_endpoint
        params = dict(kwargs.pop("params", None) or {})
        if not kwargs.pop("with_token", True):
            return self._once(method, url, params, kwargs)
        token = self.access_token
        try:
            return self._once(method, url, params | {"access_token": token}, kwargs)
        except WeChatError as error:
            if error.errcode not in TOKEN_ERRORS:
                raise
        return self._once(method, url, params | {"access_token": self._renew(stale=token)}, kwargs)

    def _once(self, method: str, url: str, params: dict[str, str], rest: Mapping[str, Any]) -> Any:
        """One call, its failure translated. It is raised outside the handler: not even its context holds a secret."""
        if not url.startswith(OFFICIAL_BASE + "/"):
            raise ValueError("only api.weixin.qq.com is called, where the base can be replaced")
        kwargs = {"allow_redirects": False, **rest}
        # A list, because wechatpy puts an access token into every dict.
        kwargs["params"] = list(params.items())
        try:
            return super()._request(method, self._pool.base + url.removeprefix(OFFICIAL_BASE), **kwargs)
        except WeChatClientException as error:
            failure: Exception = from_wechatpy(error)
        except OSError as error:
            failure = from_network(error)
        raise failure from None

    def _decode_result(self, res: requests.Response) -> Any:
        """A JSON object or a picture; anything else (a proxy's HTML page) is no answer, and who knows what was done."""
        if res.headers.get("Content-Type", "").startswith("image/"):
            return res
        result = super()._decode_result(res)
        if not _is_answer(result):
            raise WeChatUnreachable("no JSON object", sent_maybe=True)
        return result

    def _renew(self, stale: str | None) -> str:
        """A token other than `stale`, shared with everybody.

        Another thread or process may have renewed it already. Asking with force takes the token away from all others
        and is allowed 20 times a day (WeChat: 获取稳定版接口调用凭据), so it is the last resort.
        """
        with self._renewing:
            shared: str | None = self.session.get(self.access_token_key)
            if shared and shared != stale:
                return shared
            token = self._ask_token(force=False)
            return self._ask_token(force=True) if token == stale else token

    def _ask_token(self, force: bool) -> str:
        body = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret, "force_refresh": force}
        try:
            answer = self._once("post", f"{OFFICIAL_BASE}/cgi-bin/stable_token", {}, {"data": body})
            token, lifetime = str(answer["access_token"]), int(answer.get("expires_in", DEFAULT_LIFETIME))
        except WeChatUnreachable as error:
            failure = WeChatUnreachable(f"access token: {error.what}", sent_maybe=False)
        except (KeyError, TypeError, ValueError):
            failure = WeChatUnreachable("access token: none in the answer", sent_maybe=False)
        else:
            self.session.set(self.access_token_key, token, lifetime)
            return token
        # Whatever was to be done with the token has not been begun.
        raise failure from None


def _is_answer(result: object) -> bool:
    """Whether it is what wechatpy takes for granted: an object whose errcode, if any, is a number."""
    if not isinstance(result, dict):
        return False
    try:
        int(result.get("errcode", 0))
    except (TypeError, ValueError):
        return False
    return True
