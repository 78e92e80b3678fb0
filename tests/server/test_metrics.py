"""Metrics of the queue: for whoever has the token, wherever the request seems to come from."""

import pytest

from pledgeline.actions.planner import make_plan
from pledgeline.jobs.asking import ask
from pledgeline.jobs.models import WorkerRecord

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PROXIES = [
    {},
    {"REMOTE_ADDR": "127.0.0.1"},
    {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
]


def test_where_they_are_not_switched_on_there_are_none(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("comes_from", PROXIES)
@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer wrong", "Basic right", "bearer-right", "Bearer \u0444"]
)
def test_without_the_token_nobody_gets_them(client, settings, said, comes_from):
    settings.METRICS_TOKEN = "right"
    answer = client.get("/metrics", **{**comes_from, "HTTP_AUTHORIZATION": said})

    assert answer.status_code == 401
    assert b"jobs" not in answer.content


def test_they_say_how_the_queue_stands(client, settings):
    settings.METRICS_TOKEN = "right"
    ask(make_plan, programme="a", run="x")
    WorkerRecord.objects.create(ref="w", host="here", process=1, kinds=[])
    answer = client.get("/metrics", headers={"Authorization": "Bearer right"})

    lines = answer.content.decode().splitlines()
    assert 'pledgeline_jobs_waiting{kind="plan"} 1.0' in lines
    assert "pledgeline_workers 1.0" in lines
    assert "pledgeline_jobs_left 0.0" in lines
    assert any(line.startswith("pledgeline_jobs_oldest_waiting_seconds ") for line in lines)
