"""What is written is read back as the same document."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.editing.same import same
from questionnaire.core.survey import survey as surveys
from questionnaire.library.yaml.reader import read_bytes
from questionnaire.library.yaml.writer import WIDTH, write_yaml
from tests.authored import SURVEYS
from tests.core.checks.small_surveys import a_survey_document
from tests.proof.size import sized

FILES = sorted(str(file.relative_to(SURVEYS)) for file in SURVEYS.rglob("*.yaml"))
PRINTABLE = st.text(
    st.sampled_from("ab1 :#-,'\"{}[]|>&*!%@`?\n\\~=<.é日\xa0’…_0e+x\t"), min_size=0, max_size=30
)  # fmt: skip
LONG = st.lists(st.sampled_from(["word", "a:", "#b", "- c", "“d”", "{{e}}", "it's", '"f"']), min_size=20, max_size=60)
SCALARS = st.one_of(
    PRINTABLE, LONG.map(" ".join), st.integers(-(10**12), 10**12), st.booleans(), st.none(),
    st.sampled_from(["yes", "no", "null", "true", "1e3", "010", "1_9", "12:30", ".5", "0x1F", "1.", "-", "~", "", "NaN",
                     ".nan", "50 %", "2026-10-02", "+33 1", "<<", "=", "on"]),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
)  # fmt: skip
KEYS = st.one_of(st.sampled_from(["name", "1", "true", "en", "a.b", "null", "x-y", "~", "50%"]), PRINTABLE).filter(
    lambda key: key != "<<"
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def read(text: str) -> Any:
    source, problems = read_bytes(text.encode(), "written")
    assert source is not None, (*map(str, problems), text)
    assert problems == (), (*map(str, problems), text)
    return source.raw


def plain(value: Any) -> Any:
    """Decimal numbers without the text that they were written as."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return float(value) if isinstance(value, float) else value


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in texts(one)]


def test_every_sample_is_equal_after_a_round_trip() -> None:
    wrong = []
    for file in FILES:
        source, _ = read_bytes((SURVEYS / file).read_bytes(), file)
        assert source is not None
        text = write_yaml(source.raw)
        again = read(text)
        if not same(again, source.raw) or write_yaml(again) != text:
            wrong.append(f"{file} differs")
        # A text of several lines keeps them as they are.
        own = {line for one in texts(source.raw) if "\n" in one for line in one.split("\n")}
        long = [line for line in text.splitlines() if len(line) > WIDTH + 20]
        wrong += [f"{file}: {line}" for line in long if line.strip() not in own]
    assert wrong == []


def test_random_surveys_are_equal_after_a_round_trip() -> None:
    wrong = []
    for seed in range(sized(100, 500)):
        document = a_survey_document(Random(seed))
        again = read(write_yaml(document))
        if not same(again, document) or (seed < 20 and surveys.read(again) != surveys.read(document)):
            wrong.append(seed)
    assert wrong == []


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_every_text_is_equal_after_a_round_trip(document: dict[str, Any]) -> None:
    text = write_yaml(document)
    assert same(plain(read(text)), document), text


def test_long_texts_are_written_as_blocks_and_short_ones_on_a_line() -> None:
    text = write_yaml({
        "title": "Short", "help": "First\n\n- one\n- two\n", "text": "word " * 30 + "end", "code": "010",
        "choices": [{"value": "1_9", "text": "1–9"}, {"value": "10", "text": "Yes, a bit"}], "languages": ["en", "fr"],
    })  # fmt: skip
    assert text == (
        "title: Short\nhelp: |\n  First\n\n  - one\n  - two\ntext: >-\n  "
        + "word " * 23 + "word\n  " + "word " * 6 + "end\n"
        'code: "010"\n\nchoices:\n  - {value: "1_9", text: 1–9}\n  - {value: "10", text: "Yes, a bit"}\n'
        "languages: [en, fr]\n"
    )  # fmt: skip
