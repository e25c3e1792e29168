from __future__ import annotations

from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox


def test_a_healthy_house_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "alive"}
    assert client.get("/health/ready").json == {"status": "ready"}


def test_a_house_that_cannot_write_is_not_ready_and_tells_strangers_no_more(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    with toolbox.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE alembic_version RENAME TO elsewhere")
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json == {"status": "not ready"}
    assert response.headers["Retry-After"]
    assert client.get("/health/live").status_code == 200
