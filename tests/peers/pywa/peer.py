"""pywa, a client that nobody here wrote, as a second business on the sandbox's "Meta".

    python peer.py http://127.0.0.1:PORT        the sandbox's public address

It takes over the second number (webhooks of a number can be sent elsewhere), hears what people send through its own
FastAPI handler with its own signature check, and sends every kind of message. Anything pywa complains of is a fault of
the twin. Exit 0: nothing to complain of.
"""
import logging
import queue
import socket
import sys
import threading
import time
import traceback

import fastapi
import httpx
import uvicorn
from pywa import WhatsApp, errors, filters, types
from pywa.types.message_status import PricingType
from pywa.types.templates import BodyText, QuickReplyButton, TemplateLanguage

BASE = sys.argv[1].rstrip("/")
SCRIPT = httpx.Client(base_url=f"{BASE}/sandbox/api", timeout=30)
WORLD = SCRIPT.get("/world").json()
NUMBER = WORLD["clinics"][1]["phone_number_id"]
TOKEN = WORLD["whatsapp"]["access_token"]
VERIFY = "a token of pywa's own"
JAMES = "966500000004"
USERNAME = next(it for it in WORLD["people"] if it["id"] == "username")["bsuid"]
# A person on the other side answers within seconds; nothing here waits for as long.
PATIENCE = 20


class Complaints(logging.Handler):
    """What pywa logs when it cannot make sense of an update: it never raises for one."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said = []

    def emit(self, record):
        self.said.append(self.format(record))


COMPLAINTS = Complaints()
logging.getLogger("pywa").addHandler(COMPLAINTS)


def client(token=TOKEN, **more):
    session = httpx.Client(timeout=5)
    wa = WhatsApp(phone_id=NUMBER, token=token, session=session, waba_id="102290000000001", **more)
    session.base_url = f"{WORLD['urls']['graph']}/v26.0"
    return wa


APP = fastapi.FastAPI()
WA = client(server=APP, webhook_endpoint="/hook", verify_token=VERIFY, app_secret=WORLD["whatsapp"]["app_secret"])
HEARD = queue.Queue()
STATUSES = {}
STATUS_CAME = threading.Condition()

for decorate in (WA.on_message, WA.on_callback_button, WA.on_callback_selection, WA.on_call_connect):
    decorate()(lambda _, update: HEARD.put(update))


@WA.on_message_status()
def status_came(_, update):
    with STATUS_CAME:
        STATUSES[update.id, update.status] = update
        STATUS_CAME.notify_all()


def serve():
    """The webhook handler on a free port; its address once it listens."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(APP, log_level="warning"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return f"http://127.0.0.1:{listener.getsockname()[1]}/hook"


HOOK = serve()


def say(person, **what):
    """Somebody does something on their phone; the update as pywa constructs it."""
    answer = SCRIPT.post("/say", json={"from": person, "to": NUMBER, **what})
    assert answer.status_code == 202, f"pywa's handler did not take it: {answer.text}"
    return HEARD.get(timeout=PATIENCE)


def status(sent, expected):
    """One status of one message; pywa handles updates side by side, so their order is not looked at."""
    with STATUS_CAME:
        assert STATUS_CAME.wait_for(lambda: (sent.id, expected) in STATUSES, PATIENCE), f"no {expected} of {sent.id}"
        return STATUSES[sent.id, expected]


def told(sent):
    """Meta took it and tells so."""
    assert sent.id.startswith("wamid."), sent
    status(sent, types.MessageStatusType.SENT)
    return status(sent, types.MessageStatusType.DELIVERED)


def raises(kind, code, call):
    try:
        call()
    except kind as error:
        assert error.code == code, error
        assert error.details and error.fbtrace_id and error.type == "OAuthException", error.raw
        return
    raise AssertionError(f"{kind.__name__} was not raised")


# ---------------------------------------------------------------------------------------------- what pywa hears

def a_callback_must_prove_itself():
    raises(errors.WhatsAppError, 2200, lambda: WA.override_phone_callback_url(HOOK, "another token"))
    assert "verification challenge" in COMPLAINTS.said.pop()
    raises(errors.WhatsAppError, 2200, lambda: WA.override_phone_callback_url(HOOK + "/nowhere", VERIFY))
    assert WA.override_phone_callback_url(HOOK, VERIFY)
    assert WA.get_business_phone_number().webhook_configuration["phone_number"] == HOOK


def an_unsigned_webhook_is_none():
    body = b'{"object":"whatsapp_business_account","entry":[]}'
    wrong = {"X-Hub-Signature-256": "sha256=" + "0" * 64}
    assert httpx.post(HOOK, content=body, headers=wrong).status_code == 403
    # What pywa says about these two is meant for them.
    assert len(COMPLAINTS.said) == 1 and "signature" in COMPLAINTS.said.pop(), COMPLAINTS.said


def somebody_writes_with_number_and_id():
    heard = say(JAMES, text="hello é \U0001f44d مرحبا")
    assert (heard.text, heard.from_user.wa_id) == ("hello é \U0001f44d مرحبا", JAMES), heard
    assert heard.from_user.bsuid.startswith("SA.") and heard.from_user.name, heard
    assert heard.metadata.phone_number_id == NUMBER and heard.metadata.display_phone_number, heard
    sent = heard.reply_text("Good morning.", tracker="effect-1")
    delivered = told(sent)
    assert delivered.tracker == "effect-1" and delivered.from_user.wa_id == JAMES, delivered
    assert delivered.pricing.type == PricingType.FREE_CUSTOMER_SERVICE, delivered.pricing
    assert delivered.from_user.bsuid == heard.from_user.bsuid, delivered


def somebody_writes_without_a_number():
    heard = say(USERNAME, text="hi")
    assert heard.from_user.wa_id is None and heard.from_user.bsuid == USERNAME, heard
    sent = heard.reply_text("Good morning.")
    assert sent.to == USERNAME and told(sent).from_user.wa_id is None, sent


def a_stranger_has_an_id_too():
    heard = say("+33612345678", text="bonjour")
    assert heard.from_user.bsuid and heard.from_user.wa_id == "33612345678", heard


def buttons_are_tapped():
    sent = WA.send_message(JAMES, "Confirm?", buttons=[
        types.Button("Confirm", callback_data="yes"), types.Button("Another", callback_data="no")])
    told(sent)
    tapped = say(JAMES, tap="yes")
    assert isinstance(tapped, types.CallbackButton) and not tapped.is_quick_reply, tapped
    assert (tapped.data, tapped.title, tapped.reply_to_message.id) == ("yes", "Confirm", sent.id), tapped


def a_row_is_chosen():
    rows = [types.SectionRow("10:30", callback_data="a", description="Building B"),
            types.SectionRow("11:00", callback_data="b")]
    sent = WA.send_message(JAMES, "When?", buttons=types.SectionList(
        "See times", sections=[types.Section("Tuesday", rows=rows)]))
    told(sent)
    chosen = say(JAMES, tap="a")
    assert isinstance(chosen, types.CallbackSelection), chosen
    assert (chosen.data, chosen.title, chosen.reply_to_message.id) == ("a", "10:30", sent.id), chosen
    assert chosen.description == "Building B", chosen


def a_template_is_answered():
    name, wanted = a_template_with_parameters()
    params = [BodyText.params(**{it: "10:30" for it in wanted})]
    params += [QuickReplyButton.params(callback_data=f"q{n}", index=n) for n in range(3)]
    sent = WA.send_template(JAMES, name, TemplateLanguage.ENGLISH, params)
    delivered = told(sent)
    assert delivered.pricing.type == PricingType.REGULAR, delivered.pricing
    tapped = say(JAMES, tap="q1")
    assert tapped.is_quick_reply and tapped.data == "q1", tapped
    raises(errors.TemplateNotExists, 132001,
           lambda: WA.send_template(JAMES, "no_such_template", TemplateLanguage.ENGLISH, []))
    raises(errors.TemplateParamCountMismatch, 132000,
           lambda: WA.send_template(JAMES, name, TemplateLanguage.ENGLISH, []))


def a_template_with_parameters():
    """Its name and its parameters, learnt from what the twin says it wants."""
    answer = WA.api._session.get("102290000000001/message_templates").json()["data"]
    for one in sorted({it["name"] for it in answer}):
        try:
            WA.send_template(JAMES, one, TemplateLanguage.ENGLISH, [BodyText.params(nothing="x")])
        except errors.TemplateParamCountMismatch as error:
            wanted = error.details.split("expected ")[1].strip("[]").replace('"', "").split(", ")
            if wanted != [""]:
                return one, wanted
    raise AssertionError("no template with parameters")


def a_link_a_place_and_requests_go_out():
    told(WA.send_message(JAMES, "Finish here.", buttons=types.URLButton("Open", "https://example.org/c/9")))
    told(WA.send_location(JAMES, latitude=24.7, longitude=46.6, name="Oasis Hospital", address="Building B"))
    told(WA.request_location(JAMES, "Where are you?"))


def a_number_is_asked_for_and_shared():
    told(WA.request_contact_info(USERNAME, "Share your number so that the clinic can call you."))
    card = {"name": {"formatted_name": "Demo", "first_name": "Demo"}, "phones": [{"phone": "+966500000099"}]}
    shared = say(USERNAME, raw={"type": "contacts", "contacts": [{**card, "origin": "contact_request"}]})
    assert filters.contact_info_shared.check_sync(WA, shared), shared
    assert shared.contacts[0].phones[0].phone == "+966500000099", shared
    free = say(USERNAME, raw={"type": "contacts", "contacts": [{**card, "origin": "other"}]})
    assert not filters.contact_info_shared.check_sync(WA, free), free


def other_things_are_understood():
    media = {"id": "1", "mime_type": "image/jpeg", "sha256": "x", "url": "https://lookaside.example/1"}
    assert say(JAMES, raw={"type": "image", "image": media}).image
    assert say(JAMES, raw={"type": "audio", "audio": {**media, "mime_type": "audio/ogg", "voice": True}}).audio.voice
    assert say(JAMES, raw={"type": "location", "location": {"latitude": 1.0, "longitude": 2.0}}).location
    assert say(JAMES, raw={"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "x"}}).reaction
    odd = say(JAMES, raw={"type": "unsupported", "errors": [
        {"code": 131051, "title": "Message type unknown", "message": "Message type unknown"}]})
    assert odd.error.code == 131051, odd


def statuses_come_in_any_order_and_failures_have_a_reason():
    sent = WA.send_message(JAMES, "Are you there?")
    told(sent)
    SCRIPT.post("/status", json={"wamid": sent.id, "status": "read"})
    status(sent, types.MessageStatusType.READ)
    heard = queue.Queue()
    WA.on_raw_update()(lambda _, raw: heard.put(raw))
    reason = [{"code": 131026, "title": "Message undeliverable", "message": "Message undeliverable"}]
    SCRIPT.post("/status", json={"wamid": sent.id, "status": "failed", "errors": reason})
    value = heard.get(timeout=PATIENCE)["entry"][0]["changes"][0]["value"]
    assert value["statuses"][0]["errors"][0]["code"] == 131026 and "contacts" not in value, value
    # Meta names no contact beside a failure; pywa 4.5 counts on one, and says so.
    COMPLAINTS.said = [it for it in COMPLAINTS.said if "Failed to construct update" not in it]


def a_call_is_refused():
    value = {"contacts": [{"profile": {"name": "Demo"}, "wa_id": JAMES, "user_id": "SA.1000000000000004"}],
             "calls": [{"id": "wacid.1", "from": JAMES, "to": "15550002222", "event": "connect", "timestamp": "1790000200",
                        "direction": "USER_INITIATED", "session": {"sdp_type": "offer", "sdp": "v=0"}}]}
    assert SCRIPT.post("/notice", json={"to": NUMBER, "field": "calls", "value": value}).status_code == 202
    call = HEARD.get(timeout=PATIENCE)
    assert call.id == "wacid.1" and call.reject(), call
    raises(errors.MissingRequiredParameter, 131008, lambda: WA.reject_call("1"))


# ------------------------------------------------------------------------------------------ what pywa is answered

def read_marks_and_typing_are_taken():
    heard = say(JAMES, text="hello")
    assert heard.mark_as_read() and heard.indicate_typing()
    raises(errors.InvalidParameter, 131009, lambda: WA.mark_message_as_read("x"))


def misbehaving_numbers_raise_pywas_own_errors():
    for ending, kind, code in (("0429", errors.RateLimitHit, 130429), ("0500", errors.UnknownError, 131000),
                               ("1026", errors.MessageUndeliverable, 131026)):
        raises(kind, code, lambda: WA.send_message(f"+96650000{ending}", "x"))
    try:
        WA.send_message("+966500000408", "x")
        raise AssertionError("it did not hang")
    except httpx.ReadTimeout:
        COMPLAINTS.said.pop()


def limits_raise_pywas_own_errors():
    raises(errors.ReEngagementMessage, 131047, lambda: WA.send_message("+966555555555", "x"))
    raises(errors.InvalidParameter, 131009, lambda: WA.send_message(JAMES, "x" * 4097))
    raises(errors.InvalidParameter, 131009,
           lambda: WA.send_message(JAMES, "x", buttons=[types.Button("x" * 21, callback_data="a")]))
    raises(errors.InvalidParameter, 131009,
           lambda: WA.send_message(JAMES, "x", buttons=types.URLButton("x" * 21, "https://example.org")))
    raises(errors.InvalidParameter, 131009, lambda: WA.send_location(JAMES, latitude=91, longitude=0))
    crowd = say("crowd-01", text="hi").from_user.wa_id
    def flood():
        for _ in range(60):
            told(WA.send_message(crowd, "x"))
    raises(errors.TooManyMessages, 131056, flood)


def the_account_can_be_asked():
    number = WA.get_business_phone_number()
    assert (number.id, number.quality_rating, number.status) == (NUMBER, "GREEN", "CONNECTED"), number
    SCRIPT.post("/meta", json={"quality": {NUMBER: "RED"}})
    assert WA.get_business_phone_number().quality_rating == "RED"
    graph = WORLD["urls"]["graph"]
    def token(inspected):
        return httpx.get(f"{graph}/debug_token", params={"input_token": inspected},
                         headers={"Authorization": f"Bearer {TOKEN}"}).json()["data"]
    assert token(TOKEN)["is_valid"] and token(TOKEN)["expires_at"] == 0
    assert not token("another")["is_valid"]


def a_token_that_is_wrong_or_has_ended_is_an_authorization_error():
    raises(errors.ExpiredAccessToken, 190, lambda: client(token="wrong").send_message(JAMES, "x"))
    SCRIPT.post("/meta", json={"token_expires_at": WORLD["now"]})
    raises(errors.ExpiredAccessToken, 190, lambda: WA.send_message(JAMES, "x"))
    SCRIPT.post("/meta", json={"token_expires_at": None})
    told(WA.send_message(JAMES, "x"))


CHECKS = [
    a_callback_must_prove_itself, an_unsigned_webhook_is_none, somebody_writes_with_number_and_id,
    somebody_writes_without_a_number, a_stranger_has_an_id_too, buttons_are_tapped, a_row_is_chosen,
    a_template_is_answered, a_link_a_place_and_requests_go_out, a_number_is_asked_for_and_shared,
    other_things_are_understood, a_call_is_refused, read_marks_and_typing_are_taken,
    misbehaving_numbers_raise_pywas_own_errors, limits_raise_pywas_own_errors, the_account_can_be_asked,
    a_token_that_is_wrong_or_has_ended_is_an_authorization_error,
    statuses_come_in_any_order_and_failures_have_a_reason,
]

failed = 0
for check in CHECKS:
    try:
        check()
        assert not COMPLAINTS.said, "pywa complains: " + "\n".join(COMPLAINTS.said)
        print(f"ok    {check.__name__}")
    except Exception:
        failed += 1
        print(f"FAIL  {check.__name__}\n{traceback.format_exc()}", file=sys.stderr)
        COMPLAINTS.said.clear()
print(f"{len(CHECKS)} checks, {failed} failed", file=sys.stderr if failed else sys.stdout)
sys.exit(1 if failed else 0)
