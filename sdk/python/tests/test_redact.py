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


@pytest.mark.parametrize(
    "words",
    [
        ["-p", SECRET],
        ["-P", SECRET],
        [f"-p={SECRET}"],
        ["--pass", SECRET],
        ["--password", SECRET],
        [f"--password={SECRET}"],
        [f"--db-password={SECRET}"],
        [f"PASSWORD={SECRET}"],
        [f"WANDB_API_KEY={SECRET}"],
        ["--api-key", "short"],
        ["--password", "abc"],
    ],
)
def test_a_secret_among_the_arguments_keeps_its_name_only(words: list[str]) -> None:
    shown = redact_arguments(["train.py", *words, "--lr", "0.1"])
    assert SECRET not in " ".join(shown) and "short" not in shown and "abc" not in shown
    assert shown[0] == "train.py" and shown[-2:] == ["--lr", "0.1"] and len(shown) == len(words) + 3


def test_other_arguments_stay_as_they_are() -> None:
    words = ["train.py", "--lr=0.1", "-e", "3", "--pass-through", "yes", "--max-tokens", "512", "--tokenizer=gpt2"]
    assert redact_arguments(words) == words


def test_a_large_text_takes_no_time() -> None:
    begun = time.monotonic()
    redact_text("a" * 1_000_000 + "=" * 1000 + "-----BEGIN " * 1000)
    assert time.monotonic() - begun < 5
