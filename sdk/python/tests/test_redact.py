"""What must not leave the machine in a captured diff, and what must stay readable there."""

from __future__ import annotations

import time

import pytest

from trackside.redact import redact_arguments, redact_text

PEM = "-----BEGIN RSA PRIVATE KEY-----\n+MIIEpAIBAAKCAQEA\n+zzzz\n+-----END RSA PRIVATE KEY-----"
SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f'+password = "{SECRET}"',
        f"+    'api_key': '{SECRET}',",
        f'+client = Client(auth_token="{SECRET}")',
        f"+DB_PASSWORD={SECRET}",
        f"+url = 'https://example.com/?token={SECRET}&a=1'",
        f"+url = 'postgres://me:{SECRET}@db/x'",
        PEM.replace("zzzz", SECRET),
        PEM.replace("zzzz", SECRET).split("+-----END")[0],
    ],
)
def test_secrets_of_a_diff_are_hidden(text: str) -> None:
    assert SECRET not in redact_text(text) and "[redacted]" in redact_text(text)
    assert redact_text(redact_text(text)) == redact_text(text)


@pytest.mark.parametrize(
    "text",
    [
        '+max_tokens = "4096 of them"',
        "+tokenizer='gpt2-large'",
        '+rows = sorted(rows, key="val_loss")',
        "+token = batch['token_ids'].to(device)",
        "+loss = criterion(output, target)",
        "+password = getpass()",
        "+-----BEGIN PUBLIC KEY-----",
    ],
)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert redact_text(text) == text


def test_an_address_in_an_argument_keeps_its_name_only() -> None:
    assert redact_arguments(["train.py", f"https://example.com/?token={SECRET}"])[1] == "https://example.com/?token=[redacted]"


def test_a_large_text_takes_no_time() -> None:
    begun = time.monotonic()
    redact_text("a" * 1_000_000 + "=" * 1000 + "-----BEGIN " * 1000)
    assert time.monotonic() - begun < 5
