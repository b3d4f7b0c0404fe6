"""Looks for secrets in all that the tests' servers have printed, and in the API's description.

usage: printed.py FOLDER    where `tests/it/support/printed.rs` keeps it
"""

import pathlib
import re
import sys

# Of each kind of record, how many bytes there are at least: silence is no proof.
LEAST = {"tests": 5_000_000, "wyvern": 500_000, "cli": 10_000, "openapi": 50_000}
# Who must have had a say.
VOICES = ["TRACE", " audit: ", " wyvern::http", " wyvern::provider::outgoing", "signed out"]

SECRETS = {
    "a token of GitHub": r"gh[oprsu]_\w{16,}|github_pat_\w{16,}",
    "a refresh token": r"wyr_[\w-]{16,}",
    "a JWT": r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}",
    "the forge's": r"forge-(secret|code|device|access|refresh)-[0-9a-f]{16,}",
    "a key of the tests": r"a-key-of-the-tests-\w|another-key-of-another-server-\d",
    "a password of the tests": r"canary-password|a-redis-password|a long enough password",
    "a password in an address": r"\w+://[^/\s:@\"']*:[^/\s@\"']+@",
    "a code or a state": r"\b(code|state|code_verifier|refresh_token|access_token|client_secret)=[\w%.-]{16,}",
    "a session": r"\b(wyvern|wyvern-sign-in)=[\w-]{16,}",
    "a header of a sign-in": r"(?i)\b(authorization|proxy-authorization|cookie|set-cookie)\"?\s*[:=]\s*\"?"
    r"(?!Sensitive\b|redacted\b)(basic |bearer |token )?[\w+/.=-]{16,}",
    "a hash of a password": r"\$argon2\w*\$v=\d+\$[^$]+\$[\w+/]+\$[\w+/]{16,}",
}
PATTERNS = {kind: re.compile(pattern) for kind, pattern in SECRETS.items()}


def main(folder):
    records = sorted(pathlib.Path(folder).glob("*.log"))
    faults = list(missing(records))
    for record in records:
        with record.open(errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                faults += [f"{record}:{number}: {found}" for found in secrets(line)]
    if faults:
        sys.exit("\n".join(faults))
    size = sum(record.stat().st_size for record in records)
    print(f"no secret in {len(records)} records of {size // 1000} kB")


def secrets(line):
    """What there is of secrets in a line, each by its kind and its beginning."""
    for kind, pattern in PATTERNS.items():
        found = pattern.search(line)
        if found:
            yield f"{kind}: {found[0][:8]}…"


def missing(records):
    """What makes it no proof that nothing is found."""
    for kind, least in LEAST.items():
        size = sum(r.stat().st_size for r in records if r.name.startswith(f"{kind}-"))
        if size < least:
            yield f"{size} bytes of {kind}-*.log are fewer than {least}: not everything was recorded"
    unheard = set(VOICES)
    for record in records:
        text = record.read_text(errors="replace")
        unheard = {voice for voice in unheard if voice not in text}
    yield from (f"nothing of {voice.strip()!r} was recorded" for voice in sorted(unheard))


def check_itself():
    """Each kind is found where it is."""
    examples = {
        "a token of GitHub": "token ghu_" + "0" * 40,
        "a refresh token": "wyr_" + "A" * 40,
        "a JWT": "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ3eXZlcm4ifQ.c2ln",
        "the forge's": "token forge-access-" + "0" * 40,
        "a key of the tests": "a-key-of-the-tests-0123456789",
        "a password of the tests": "canary-password",
        "a password in an address": "redis://:secret@127.0.0.1:6379/0",
        "a code or a state": "GET /api/oauth/return?state=" + "A" * 43,
        "a session": "wyvern=" + "A" * 22,
        "a header of a sign-in": '"authorization": "Basic ' + "A" * 20,
        "a hash of a password": "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$" + "A" * 43,
    }
    for kind, line in examples.items():
        assert any(found.startswith(kind) for found in secrets(line)), kind
    assert examples.keys() == SECRETS.keys()


if __name__ == "__main__":
    check_itself()
    main(*sys.argv[1:])
