"""Pictures that a survey names."""

from __future__ import annotations

from questionnaire.core.survey.questions.picture import picture_places


def test_every_picture_that_a_document_names_is_found_with_its_place() -> None:
    document = {
        "theme": {"logo": "a.png", "dark": {"logo": "b.png"}},
        "pages": [{"questions": [{"choices": [{"image": "c.png", "text": "C"}, "plain"]}]}],
        "report": {"image": {"text": "no file"}},
    }
    assert list(picture_places(document)) == [
        (("theme", "logo"), "a.png"),
        (("theme", "dark", "logo"), "b.png"),
        (("pages", 0, "questions", 0, "choices", 0, "image"), "c.png"),
    ]
