"""Asks a running server all that its API description promises: no 500, no answer that is not in it.

usage: run.py WYVERN SCHEMATHESIS    the two programs
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

CONFIGURATION = pathlib.Path(__file__).with_name("schemathesis.toml")
SETTINGS = {
    "WYVERN__LOG__LEVEL": "warn,audit=off",
    # Connections that wait while schemathesis thinks are not to be closed.
    "WYVERN__SERVER__HEADER_TIMEOUT": "10 min",
    "WYVERN__SECURITY_TXT__ENABLED": "true",
    "WYVERN__SECURITY_TXT__CONTACT": "mailto:security@example.com",
    "WYVERN__SECURITY_TXT__EXPIRES": "2099-01-01",
}
READY_WITHIN = 60  # seconds
# What a server says that stopped well: these two lines and nothing else.
WORDS = r"listening on http://\S+\nstopping: .*\n"


def main(*programs):
    wyvern, schemathesis = (pathlib.Path(program).absolute() for program in programs)
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, "log")
        server = start(wyvern, folder, log)
        try:
            asked = ask_everything(schemathesis, address_of(server, log), folder)
        finally:
            server.send_signal(signal.SIGTERM)
            status = server.wait(timeout=60)
        words = log.read_text()
    if status != 0 or not re.fullmatch(WORDS, words):
        sys.exit(f"the server ended with {status} and said:\n{words}")
    if asked != 0:
        sys.exit("schemathesis found faults")


def start(wyvern, folder, log):
    environment = {"HOME": folder, "PATH": os.environ["PATH"]} | SETTINGS
    command = [wyvern, "serve", "--listen", "127.0.0.1:0", "--data", f"{folder}/data"]
    return subprocess.Popen(command, env=environment, stderr=log.open("w"), stdin=subprocess.DEVNULL)


def address_of(server, log):
    """Where the server listens, once it says so."""
    for _ in range(READY_WITHIN * 10):
        said = re.search(r"^listening on (http://\S+)$", log.read_text(), re.MULTILINE)
        if said:
            return said[1]
        try:
            server.wait(timeout=0.1)
            break
        except subprocess.TimeoutExpired:
            continue
    sys.exit(f"the server does not start:\n{log.read_text()}")


def ask_everything(schemathesis, address, folder):
    tokens = {"TOKEN": sign_in(address), "OTHER_TOKEN": sign_in(address)}
    command = [schemathesis, "--config-file", CONFIGURATION, "run", f"{address}/api/openapi.json"]
    return subprocess.run(command, env=os.environ | tokens, cwd=folder).returncode


def sign_in(address):
    """An access token of the owner: the calls of the browser app, without the browser."""
    code = answer(f"{address}/api/login/local").rsplit("code=", 1)[1]
    return answer(f"{address}/api/oauth/local?code={code}")["accessToken"]


def answer(url):
    with urllib.request.urlopen(url, timeout=10) as response:
        return json.load(response)["data"]


if __name__ == "__main__":
    main(*sys.argv[1:])
