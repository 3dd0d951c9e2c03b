"""What a rule can refuse, and why. The words people read stand in app/web/errors.py, one for each reason."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why something was refused; the value is the `code` of the answer and never changes its meaning."""

    # input that no rule can work with
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    BAD_CURSOR = "bad_cursor"
    BAD_PHOTO = "bad_photo"
    UNKNOWN_PHOTO = "unknown_photo"
    BAD_CREDIT_CODE = "bad_credit_code"
    BAD_IDEMPOTENCY_KEY = "bad_idempotency_key"
    PROMISE_OUT_OF_RANGE = "promise_out_of_range"
    EXTENSION_OUT_OF_RANGE = "extension_out_of_range"
    RECTIFY_BY_PAST = "rectify_by_past"
    RECTIFY_WITHOUT_INTERVIEW = "rectify_without_interview"
    RATED_UNREACHED = "rated_unreached"
    NOTHING_TO_CHANGE = "nothing_to_change"
    NOTHING_TO_MERGE = "nothing_to_merge"
    TOO_MANY_AT_ONCE = "too_many_at_once"
    NUMBER_AMONG_WORDS = "number_among_words"
    BAD_PHONE = "bad_phone"
    BAD_DUTY = "bad_duty"
    BAD_TENURE = "bad_tenure"
    BAD_TABLE = "bad_table"
    BAD_REQUEST = "bad_request"
    LOGIN_CODE_INVALID = "login_code_invalid"
    PHONE_CODE_INVALID = "phone_code_invalid"
    # not there, or not to be known of
    NO_SUCH_APPEAL = "no_such_appeal"
    NO_SUCH_OFFICIAL = "no_such_official"
    NO_SUCH_ROSTER = "no_such_roster"
    NO_SUCH_PHOTO = "no_such_photo"
    NO_SUCH_CALL = "no_such_call"
    NO_SUCH_INVITATION = "no_such_invitation"
    NO_SUCH_SOURCE = "no_such_source"
    NO_SUCH_CHANGE = "no_such_change"
    NO_SUCH_IMPORT = "no_such_import"
    NO_SUCH_DRAW = "no_such_draw"
    NO_SUCH_RESULT = "no_such_result"
    NOT_IN_THE_SAMPLE = "not_in_the_sample"
    NO_SUCH_FLAG = "no_such_flag"
    NO_SUCH_REPORT = "no_such_report"
    NO_SUCH_LINE = "no_such_line"
    NO_SUCH_OFFICER = "no_such_officer"
    NO_SUCH_SESSION = "no_such_session"
    NO_SUCH_SETTING = "no_such_setting"
    NO_SUCH_MESSAGE = "no_such_message"
    NO_SUCH_PAGE = "no_such_page"
    WRONG_METHOD = "wrong_method"
    TOO_LARGE = "too_large"
    # who
    NOT_LOGGED_IN = "not_logged_in"
    NOT_YOUR_ROLE = "not_your_role"
    WRONG_PASSWORD = "wrong_password"
    ONE_TIME_OVER = "one_time_over"
    TOTP_NEEDED = "totp_needed"
    WRONG_CODE = "wrong_code"
    PASSWORD_TO_CHANGE = "password_to_change"
    TOTP_TO_ENROL = "totp_to_enrol"
    OWN_ACCOUNT = "own_account"
    LOGIN_REFUSED = "login_refused"
    # rules of an appeal's life
    WRONG_STATE = "wrong_state"
    NOT_LATE_YET = "not_late_yet"
    REFUSED_BEFORE = "refused_before"
    URGED_TODAY = "urged_today"
    TRANSFER_USED = "transfer_used"
    TRANSFER_TO_SELF = "transfer_to_self"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    SUPPLEMENT_USED = "supplement_used"
    DONE_TOO_OFTEN = "done_too_often"
    OWN_POST = "own_post"
    EXTENSION_USED = "extension_used"
    EXTENSION_NOT_ASKED = "extension_not_asked"
    HAND_BACK_TOO_LATE = "hand_back_too_late"
    HAND_BACK_USED = "hand_back_used"
    REOPEN_USED = "reopen_used"
    REOPEN_TOO_LATE = "reopen_too_late"
    ALREADY_RATED = "already_rated"
    OTHERS_MERGED = "others_merged"
    MERGE_INTO_ITSELF = "merge_into_itself"
    ORDER_SIGNED = "order_signed"
    NOT_ON_THE_LIST = "not_on_the_list"
    INTERVIEW_DECIDED = "interview_decided"
    NO_SUCH_INTERVIEW = "no_such_interview"
    INTERVIEW_SUGGESTED = "interview_suggested"
    ORDER_NOT_OVERDUE = "order_not_overdue"
    NOTHING_TO_JUDGE = "nothing_to_judge"
    NO_APPEAL_FOR_CALLS = "no_appeal_for_calls"
    NOTHING_TO_RECTIFY = "nothing_to_rectify"
    NOTHING_TO_DRAW = "nothing_to_draw"
    ALREADY_CHECKED = "already_checked"
    FLAG_DECIDED = "flag_decided"
    CALLS_JUDGED = "calls_judged"
    OWN_UNIT = "own_unit"
    UNIT_UNKNOWN = "unit_unknown"
    NO_CONSENT = "no_consent"
    NUMBERS_LEFT = "numbers_left"
    NOT_PUBLISHED = "not_published"
    NOT_ANSWERED_YET = "not_answered_yet"
    PERIOD_NOT_OVER = "period_not_over"
    REPORT_FINAL = "report_final"
    CALL_NOT_MISSED = "call_not_missed"
    CALL_HAS_APPEAL = "call_has_appeal"
    ROSTER_CLOSED = "roster_closed"
    ENTERPRISES_ONLY = "enterprises_only"
    # the console's own rules
    LAST_ADMIN = "last_admin"
    TOTP_NOT_OFFERED = "totp_not_offered"
    NOTHING_TO_RETRY = "nothing_to_retry"
    MAYBE_SENT = "maybe_sent"
    ALREADY_TOLD = "already_told"
    # races and repeats
    CHANGED_MEANWHILE = "changed_meanwhile"
    SETTING_CHANGED = "setting_changed"
    REPORT_CHANGED = "report_changed"
    REPORT_REPLACED = "report_replaced"
    BUSY = "busy"
    ROSTER_CHANGED = "roster_changed"
    KEY_REUSED = "key_reused"
    INVITATION_USED = "invitation_used"
    STILL_BOUND = "still_bound"
    OPEN_APPEALS = "open_appeals"
    # for now
    LOCKED_OUT = "locked_out"
    TOO_MANY_REQUESTS = "too_many_requests"
    REPORT_TOO_LARGE = "report_too_large"
    WECHAT_AWAY = "wechat_away"
    DATABASE_AWAY = "database_away"
    FAILED = "failed"


class Refusal(Exception):
    """A refusal with its reason; `detail` holds plain facts (numbers, times, names of fields) for the answer."""

    def __init__(self, reason: Reason, **detail: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


class InvalidInput(Refusal):
    """The input itself cannot be used (422)."""


class NotFound(Refusal):
    """It is not there, or this person may not know of it (404)."""


class NotLoggedIn(Refusal):
    """Nobody we know is asking (401)."""


class NotPermitted(Refusal):
    """Known, but not in the role for this (403)."""


class RuleBroken(Refusal):
    """A rule of the appeal's life says no (409)."""


class Conflict(Refusal):
    """Somebody else was faster, or the key was used for another request (409)."""


class NotNow(Refusal):
    """May work later (429 or 503); `detail["retry_after"]` is in whole seconds."""
