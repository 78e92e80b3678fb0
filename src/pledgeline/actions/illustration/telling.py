"""How the invented year is told: its acts happen in the order of their days, each by whoever is to do it.

Every act is the function that a page or a command calls. What comes out otherwise than the story says is a slip of
the story, and stops it.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from pledgeline.accounts.stand_ins import PLACE, STAND_INS, StandIn
from pledgeline.actions import acceptance, approvals, chain, contributions, list_plans, plans
from pledgeline.actions.books import expire_reservations, post
from pledgeline.audit.acts import Actor
from pledgeline.audit.callers import Caller, called_by
from pledgeline.jobs import claims
from pledgeline.jobs.asking import Asker
from pledgeline.jobs.doing import do
from pledgeline.jobs.models import Job
from pledgeline.ledger import Balances, Posted, Spot
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import ASK
from pledgeline.queries.approvals import act_asked_for
from pledgeline.records.books import books_of
from pledgeline.records.models import (
    ChainRow,
    FormedPackage,
    HeldAct,
    PlanInput,
    PlanRun,
    ProgrammeRecord,
    RunKind,
    StepTaken,
)

BEGINS_AT: Final = time(8, tzinfo=UTC)
PLANNER: Final = "first start"
BUDGET_SECONDS: Final = 60

AnyRow = TypeVar("AnyRow", bound=ChainRow)


class OtherwiseThanTold(Exception):
    """An act of the story was refused, or one that was to be refused was not."""


class Teller:
    """Lets the year happen. `now` is the time of the story, which the clock of the books shows meanwhile."""

    def __init__(self, programme: ProgrammeRecord) -> None:
        self.programme = programme
        self._agenda: list[tuple[date, int, Callable[[], object]]] = []
        self._planned = 0
        self._acts_of_the_day = 0
        self.day = date.min

    @property
    def now(self) -> datetime:
        return datetime.combine(self.day, BEGINS_AT) + timedelta(minutes=self._acts_of_the_day)

    @property
    def state(self) -> Balances:
        return books_of(PLACE, STAND_INS["finance"]).state

    def on(self, day: date, happens: Callable[[], object]) -> None:
        """Plan something for a day; what is planned first for one day happens first."""
        self._planned += 1
        heapq.heappush(self._agenda, (day, self._planned, happens))

    def live(self, until: date) -> None:
        """Let everything happen up to a day, that day included."""
        while self._agenda and self._agenda[0][0] <= until:
            day, _place, happens = heapq.heappop(self._agenda)
            self._acts_of_the_day = self._acts_of_the_day if day == self.day else 0
            self.day = day
            happens()

    # Acts

    def write(self, table: type[AnyRow], who: str, **said: object) -> AnyRow:
        """Write a noun down."""
        row: AnyRow | list[Finding] = self._as(
            who, lambda person: chain.write(table, said, **self._of(person))
        )
        if isinstance(row, list):
            raise OtherwiseThanTold(row[0].wrong)
        return row

    def step(self, table: type[ChainRow], key: str, *steps: tuple[str, str], reason: str = "") -> None:
        """Take steps of a noun, one after the other: the name of each, and who takes it."""
        for name, who in steps:
            taken = self.try_step(table, key, name, who, reason=reason)
            if not isinstance(taken, StepTaken):
                raise OtherwiseThanTold(taken.wrong)

    def try_step(
        self,
        table: type[ChainRow],
        key: str,
        name: str,
        who: str,
        *,
        reason: str = "",
        details: Mapping[str, object] | None = None,
    ) -> Any:
        """Take a step that may be refused; where a second person has to approve it, have it approved."""
        taken = self._as(
            who,
            lambda person: chain.take_step(
                table, key, name, reason=reason, details=details, **self._of(person)
            ),
        )
        if isinstance(taken, StepTaken) and taken.step == ASK:
            self._approve(act_asked_for(taken))
        return taken

    def _approve(self, held: HeldAct) -> None:
        """Have somebody approve an act who has the role that is named, and did not ask for it."""
        who = next(
            name
            for name, person in STAND_INS.items()
            if person.role == held.role and person.account != held.asked_account
        )
        done = self._as(who, lambda person: approvals.approve(held, person=person, now=self.now))
        if isinstance(done, list):
            raise OtherwiseThanTold(done[0].wrong)

    def contribute(self, kind: str, who: str, *, leave_waiting: bool = False, **said: object) -> None:
        """Enter an event of a contribution; what is asked about first is confirmed, and what waits is approved."""
        event = {"id": self._key(kind), "effective_on": self.day.isoformat(), **said}

        def entered(person: StandIn, sure: str = "") -> object:
            return contributions.enter(
                kind, event, programme=self.programme, person=person, today=self.day, sure=sure
            )

        answer = self._as(who, entered)
        if isinstance(answer, contributions.Doubts):
            sure = answer.sure
            answer = self._as(who, lambda person: entered(person, sure))
        if isinstance(answer, HeldAct) and not leave_waiting:
            self._approve(answer)
        elif not isinstance(answer, HeldAct if leave_waiting else Posted):
            raise OtherwiseThanTold(str(answer))

    def agree(self, key: str, **terms: object) -> None:
        """Write the terms of a contribution down."""
        row = self._as(
            "coordinator", lambda person: contributions.write_terms({"key": key, **terms}, **self._of(person))
        )
        if isinstance(row, list):
            raise OtherwiseThanTold(row[0].wrong)

    def book(self, kind: str, *, on: date | None = None, **said: object) -> str:
        """Have finance enter an event into the books; give its key."""
        event = {"id": self._key(kind), "type": kind, "effective_on": (on or self.day).isoformat(), **said}
        answer = self._as(
            "finance", lambda person: post(PLACE, event, today=self.day, by=person.get_username())
        )
        if not isinstance(answer, Posted):
            raise OtherwiseThanTold(str(answer))
        return str(event["id"])

    def plan(self, package: str) -> PlanRun:
        """Make the plan of what is on the list, of which a package is to come."""
        asker = Asker(name=STAND_INS["coordinator"].get_username())
        source = self._as(
            "coordinator",
            lambda _person: list_plans.hand_in(
                programme=self.programme, package=package, asker=asker, today=self.day
            ),
        )
        if not isinstance(source, PlanInput):
            raise OtherwiseThanTold(source[0].wrong)
        run: PlanRun = self._as(
            "coordinator",
            lambda _person: plans.ask(
                source=source, kind=RunKind.PLAN, mode="prove", asker=asker, budget_seconds=BUDGET_SECONDS
            ),
        )
        job = claims.claim(PLANNER, [run.job.kind])
        if job is None or job.pk != run.job.pk:
            raise OtherwiseThanTold(f"another plan than that of {package} waits")
        do(job)
        Job.objects.filter(pk=job.pk).update(asked_at=self.now, began_at=self.now, ended_at=self.now)
        run.refresh_from_db()
        return run

    def accept(self, run: PlanRun, until: date) -> FormedPackage:
        """Accept a plan, and give its package."""
        done = self._as(
            "coordinator",
            lambda person: acceptance.accept(
                run, person=person, today=self.day, now=self.now, reserved_until=until
            ),
        )
        if isinstance(done, HeldAct):
            raise OtherwiseThanTold(f"{run.input.name} waits for approval")
        if not isinstance(done[0], FormedPackage):
            raise OtherwiseThanTold(done[0].wrong)
        return done[0]

    def expire(self) -> None:
        """Do what the program does by itself: set free what was reserved up to a day that has passed."""
        if not expire_reservations(PLACE, today=self.day):
            raise OtherwiseThanTold("nothing has expired")

    # What the story asks

    def richest(self, currency: str, but: Iterable[str] = ()) -> str:
        """Give the contribution that has most available, the earlier one where two have as much."""
        free: Mapping[Spot, int] = self.state.money()
        mine = {
            spot.contribution: minor
            for spot, minor in free.items()
            if spot.account == "available" and spot.currency == currency and spot.contribution not in but
        }
        return min(mine, key=lambda key: (-mine[key], key))

    def _of(self, person: StandIn) -> dict[str, Any]:
        return {"programme": self.programme, "person": person, "now": self.now}

    def _as(self, who: str, act: Callable[[StandIn], Any]) -> Any:
        person = STAND_INS[who]
        self._acts_of_the_day += 1
        with called_by(lambda: Caller(kind=Actor.PROGRAM, name=person.get_username())):
            return act(person)

    def _key(self, kind: str) -> str:
        return f"{self.day.isoformat()}-{kind}-{self._acts_of_the_day}"
