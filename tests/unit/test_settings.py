"""Settings of a profile: typed, kept, and calm about a damaged file."""

from __future__ import annotations

import pytest

from desk import settings as declared
from desk.settings import BadSetting, Settings


def test_a_choice_is_kept_through_a_restart(tmp_path):
    path = tmp_path / "desk" / "settings.json"
    assert Settings(path).get(declared.LANGUAGE) == "zh"
    Settings(path).set_by_key("language", "en")
    assert Settings(path).get(declared.LANGUAGE) == "en"


@pytest.mark.parametrize(("key", "value"), [("language", "fr"), ("centre", "ftp://desk"), ("colour", "red")])
def test_what_a_setting_cannot_be_is_refused(tmp_path, key, value):
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(BadSetting):
        settings.set_by_key(key, value)
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize("damage", ["{", "[]", '{"theme": 7, "language": "xx"}'])
def test_a_damaged_file_counts_as_empty(tmp_path, damage):
    path = tmp_path / "settings.json"
    path.write_text(damage, encoding="utf-8")
    settings = Settings(path)
    assert (settings.get(declared.THEME), settings.get(declared.LANGUAGE)) == ("light", "zh")


def test_every_setting_says_what_it_is_for():
    assert all(setting.help for setting in declared.ALL)
    assert len({setting.key for setting in declared.ALL}) == len(declared.ALL)
