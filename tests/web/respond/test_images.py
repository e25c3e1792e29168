"""Pictures of published surveys and the logo have lasting addresses of ours."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from PIL import Image

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.brand.theme import Theme
from questionnaire.library.load import load_policy, load_survey
from questionnaire.settings import bundle_dir
from questionnaire.web import create_app
from tests.web.client import PAGE

FEATURES = bundle_dir("surveys") / "features"


def _publish(toolbox: Toolbox, folder: Path = FEATURES) -> list[str]:
    policy, _ = load_policy(FEATURES / "policy.yaml")
    sheet, problems = load_survey(folder / "picture-choice.yaml")
    assert policy is not None
    assert sheet is not None, problems
    assert publish_version.publish(toolbox, "policy", policy.source.raw, toolbox.now()) is None
    return [problem.code for problem in publish_version.publish_survey(toolbox, sheet, toolbox.now())]


def test_the_pictures_of_a_survey_are_shown_with_their_size_and_words(client: FlaskClient, toolbox: Toolbox) -> None:
    assert _publish(toolbox) == []
    page = client.get("/s/feature-picture-choice").text
    found = re.findall(
        r'<img src="(/pictures/[0-9a-f]{32}-(\d+)x(\d+)\.webp)" width="\2" height="\3" alt="([^"]+)"', page
    )
    assert [alt for *_, alt in found] == [
        "A line that rises to the right", "A level line", "A line that falls to the right"
    ]  # fmt: skip
    for address, width, height, _ in found:
        picture = client.get(address)
        assert picture.mimetype == "image/webp"
        assert "immutable" in picture.headers["Cache-Control"]
        assert "Set-Cookie" not in picture.headers
        with Image.open(BytesIO(picture.data)) as drawn:
            assert drawn.size == (int(width), int(height))


def test_the_same_again_changes_nothing_and_another_picture_needs_a_new_version(
    toolbox: Toolbox, tmp_path: Path
) -> None:
    assert _publish(toolbox) == []
    assert _publish(toolbox) == []
    text = (FEATURES / "picture-choice.yaml").read_text("utf-8")
    (tmp_path / "picture-choice.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    for name in ("rising", "flat", "falling"):
        Image.new("RGB", (20, 20)).save(tmp_path / "pictures" / f"{name}.png")
    assert _publish(toolbox, tmp_path) == ["published_differs"]
    (tmp_path / "picture-choice.yaml").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    assert _publish(toolbox, tmp_path) == []


def test_a_survey_whose_picture_is_missing_is_not_published(
    client: FlaskClient, toolbox: Toolbox, tmp_path: Path
) -> None:
    (tmp_path / "picture-choice.yaml").write_text((FEATURES / "picture-choice.yaml").read_text("utf-8"), "utf-8")
    assert set(_publish(toolbox, tmp_path)) == {"picture_missing"}
    assert client.get("/s/feature-picture-choice").status_code == 404


def test_nobody_finds_anything_else_there(client: FlaskClient) -> None:
    for name in ("logo-", "logo-e3b0c44298fc1c149afb", "0" * 32 + "-1x1.webp", "..%2f..%2fsecret", "a.png"):
        assert client.get(f"/pictures/{name}").status_code == 404


def test_the_logo_of_a_theme_stands_where_the_name_stood(toolbox: Toolbox) -> None:
    written = BytesIO()
    Image.new("RGB", (120, 30), (0, 90, 60)).save(written, "PNG")
    sender = Theme(name="Nordlicht & Co", logo=written.getvalue())
    client = create_app(replace(toolbox, theme=sender)).test_client()
    page = client.get(PAGE).text
    found = re.search(
        r'<img src="(/pictures/logo-[0-9a-f]{20})" alt="Nordlicht &amp; Co" width="120" height="30">', page
    )
    assert found
    logo = client.get(found[1])
    assert (logo.mimetype, logo.data) == ("image/png", sender.logo)
    assert "immutable" in logo.headers["Cache-Control"]
    assert found[1] in client.get("/s/nowhere").text


def test_without_a_logo_the_page_asks_for_no_further_file(client: FlaskClient) -> None:
    assert "<img" not in client.get(PAGE).text
