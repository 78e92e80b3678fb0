"""Do what waits in the queue here and now, as a worker would, without processes."""

from pledgeline.jobs.claims import claim
from pledgeline.jobs.doing import do
from pledgeline.jobs.kinds import kinds
from pledgeline.jobs.models import Job


def claimed() -> Job:
    """Take the job whose turn it is."""
    job = claim("a test", kinds().keys())
    assert job is not None, "nothing waits"
    return job


def worked_off(*only: str) -> None:
    """Do all that waits, one after the other; where kinds are named, those alone."""
    while (job := claim("a test", only or kinds().keys())) is not None:
        do(job)


def led_to(client, answer):
    """Give the answer to which a browser comes in the end, while the queue is worked off."""
    while answer.status_code in (301, 302):
        worked_off()
        answer = client.get(answer["Location"])
    return answer
