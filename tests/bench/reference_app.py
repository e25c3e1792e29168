"""What the same ten questions cost when they are built the usual way: Flask, WTForms, SQLModel, one page a question,
each step a durable commit. It scores nothing and hands nothing over; it is here to be compared with, in the same run.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template_string, request, url_for
from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine, select
from wtforms import Form, RadioField, StringField
from wtforms.validators import DataRequired

from questionnaire.core.survey.questions import ChoiceQuestion
from questionnaire.library.load import load_survey
from questionnaire.settings import bundle_dir

PAGE = """<!doctype html><title>{{ title }}</title><form method="post"><h1>{{ title }}</h1>
{% for field in form %}<div>{{ field.label }} {{ field }} {% for error in field.errors %}{{ error }}{% endfor %}</div>
{% endfor %}<button>Next</button></form>"""
FIELDS = ("email", "first_name", "last_name", "company", "job_title", "country")


class Given(SQLModel, table=True):
    __tablename__ = "given"

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(index=True)
    name: str
    value: str


def forms() -> list[tuple[str, type[Form]]]:
    sheet, _ = load_survey(bundle_dir("surveys") / "sales-marketing-alignment" / "survey.yaml")
    assert sheet is not None
    made: list[tuple[str, type[Form]]] = []
    for question in sheet.value.questions:
        if isinstance(question, ChoiceQuestion):
            choices = [(choice.value, choice.text.say("en")) for choice in question.choices]
            title = question.title.say("en")
            field = RadioField(title, choices=choices, validators=[DataRequired()])
            made.append((title, type("Step", (Form,), {question.name: field})))
    contact = {name: StringField(name, validators=[DataRequired()]) for name in FIELDS}
    return [*made, ("Where shall we send it?", type("Contact", (Form,), contact))]


def app() -> Callable[..., Any]:
    engine = create_engine(f"sqlite:///{Path(os.environ['STANDIN_DIR']) / 'standin.sqlite'}")

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    SQLModel.metadata.create_all(engine, tables=[SQLModel.metadata.tables["given"]])
    made, steps = Flask("standin"), forms()

    @made.route("/")
    def start() -> Any:
        return redirect(url_for("step", person=secrets.token_hex(16), number=0))

    @made.route("/<person>/<int:number>", methods=["GET", "POST"])
    def step(person: str, number: int) -> Any:
        if number == len(steps):
            with Session(engine) as session:
                return f"completed {len(session.exec(select(Given).where(Given.person == person)).all())}"
        title, kind = steps[number]
        form = kind(request.form)
        if request.method == "POST" and form.validate():
            with Session(engine) as session:
                session.add_all([Given(person=person, name=name, value=value) for name, value in form.data.items()])
                session.commit()
            return redirect(url_for("step", person=person, number=number + 1))
        return render_template_string(PAGE, form=form, title=title)

    return made
