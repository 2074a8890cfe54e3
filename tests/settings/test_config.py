"""Settings: the shipped file is right, and every mistake is told at once, in plain words."""

import os

import pytest

from bot.__main__ import main
from bot.config import ConfigError, Settings, read_settings, read_token

TOKEN = "123456789:AAHfakefakefakefakefakefakefakefake"


def test_the_shipped_file_says_what_the_defaults_are(root):
    assert read_settings(root / "config.toml", needed=True) == Settings()


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_settings(tmp_path / "config.toml", needed=False) == Settings()


def test_all_mistakes_come_at_once_with_what_was_meant(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        '[delivery]\nper_secnd = 3\nper_chat_per_second = "fast"\n[log]\nlevel = "loud"\n[strore]\nfolder = "x"\n'
    )

    with pytest.raises(ConfigError) as wrong:
        read_settings(path, needed=True)

    told = wrong.value.mistakes
    assert len(told) == 4
    assert "Did you mean delivery.per_second?" in " ".join(told)
    assert "Did you mean store?" in " ".join(told)
    assert any("log.level" in m and "'loud'" in m for m in told)


@pytest.mark.parametrize("text", ["[telegram", "\x00", 'mode = "polling"'])
def test_a_broken_file_is_told_without_a_traceback(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text)

    with pytest.raises(ConfigError):
        read_settings(path, needed=True)


def test_a_webhook_needs_its_public_address(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[telegram]\nmode = "webhook"\n')

    with pytest.raises(ConfigError, match="public_url"):
        read_settings(path, needed=True)


def test_the_token_comes_from_the_environment_or_from_a_private_file(tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    file.chmod(0o600)

    assert read_token({"BOT_TOKEN": TOKEN}).get_secret_value() == TOKEN
    assert read_token({"BOT_TOKEN_FILE": str(file)}).get_secret_value() == TOKEN


def test_a_token_everybody_can_read_is_refused(tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o644)

    with pytest.raises(ConfigError, match="chmod 600"):
        read_token({"BOT_TOKEN_FILE": str(file)})


@pytest.mark.parametrize("environment", [{}, {"BOT_TOKEN": "hello"}, {"BOT_TOKEN_FILE": os.devnull}])
def test_no_token_or_a_wrong_one_is_told_and_never_shown(environment):
    with pytest.raises(ConfigError) as wrong:
        read_token(environment)

    assert "hello" not in str(wrong.value)


def test_a_wrong_file_ends_with_code_2_and_no_traceback(tmp_path, capsys):
    path = tmp_path / "config.toml"
    path.write_text("[log]\nlevel = 3\n")

    assert main(["--config", str(path), "check-config"]) == 2

    told = capsys.readouterr().err
    assert told.startswith("config: log.level")
    assert "Traceback" not in told


def test_running_without_a_token_ends_with_code_2(capsys):
    assert main(["run"]) == 2
    assert "BOT_TOKEN" in capsys.readouterr().err


def test_right_settings_are_called_right(root, capsys):
    assert main(["--config", str(root / "config.toml"), "check-config"]) == 0
    assert "right" in capsys.readouterr().out
