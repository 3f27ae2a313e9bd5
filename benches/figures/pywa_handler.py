"""pywa's own FastAPI handler behind uvicorn (uvloop, httptools): checks the signature, builds the update, stores
nothing. `python pywa_handler.py PORT PROCESSES`."""
import os
import sys

import fastapi
from pywa import WhatsApp

app = fastapi.FastAPI()
wa = WhatsApp(
    phone_id=None, token="x", server=app, webhook_endpoint="/webhooks/whatsapp", verify_token="x",
    app_secret=os.environ["WASL_BENCH_SECRET"],
)


@wa.on_message()
def heard(_, message):
    """The text is there; nothing is done with it."""
    return message.text


if __name__ == "__main__":
    import uvicorn

    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    uvicorn.run("pywa_handler:app", host="127.0.0.1", port=int(sys.argv[1]), workers=int(sys.argv[2]),
                log_level="error", access_log=False)
