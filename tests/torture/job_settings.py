"""The settings of the site, with the jobs of the torture in the place of its own."""

from pledgeline.server.settings import *  # noqa: F403

TASKS = {
    "default": {
        "BACKEND": "pledgeline.jobs.backend.JobsBackend",
        "QUEUES": [],
        "OPTIONS": {"kinds": "tests.torture.job_kinds.KINDS"},
    }
}
JOB_MEMORY_MB = 1_000
JOBS_PER_PROGRAMME = 1_000_000
