# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a company stands with its steps, and what comes next. Plain Python: no Odoo, no clock."""

from dataclasses import dataclass, replace
from datetime import datetime

from .outcome import DEFERRED, FAILED, PASSED

TODO = "todo"
DOING = "doing"
DONE = "done"
UNMEASURED = "unmeasured"
# Somebody says that it is done, and no check can tell: neither done nor open.
DECLARED = "declared"
NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Standing:
    """One step of one company.

    ``started``: somebody opened the step, or a record shows a beginning. ``verified_on``: since when the check finds
    the step done; kept after it broke, to say until when it had been right. ``reopened_on``: when it was found broken.
    ``tested``: what the last test that needed another machine was about (see ``Outcome.tested``). ``declared``:
    somebody says that it is done.
    """

    state: str = TODO
    started: bool = False
    checked_on: datetime | None = None
    verified_on: datetime | None = None
    reopened_on: datetime | None = None
    tested: str = ""
    declared: bool = False


def judge(before, outcome, now):
    """The standing after a check. Only a check that passed makes a step done; one that could not run makes it neither
    done nor failed; one that fails on a step that had been done reopens it.

    :param Standing before:
    :param engine.outcome.Outcome outcome:
    :param datetime now: the time of the check
    :return: the new standing; ``before`` itself where the outcome changes nothing

    >>> from .outcome import passed, failed, unmeasured, deferred
    >>> monday, tuesday, friday = datetime(2026, 11, 23), datetime(2026, 11, 24), datetime(2026, 11, 27)
    >>> done = judge(Standing(), passed(), monday)
    >>> done.state, done.verified_on == monday
    ('done', True)
    >>> judge(done, passed(), tuesday).verified_on == monday
    True

    A step that broke is open again, with the date:

    >>> broken = judge(done, failed("The account is closed"), tuesday)
    >>> broken.state, broken.verified_on == monday, broken.reopened_on == tuesday
    ('todo', True, True)
    >>> judge(broken, failed("The account is closed"), friday).reopened_on == tuesday
    True
    >>> repaired = judge(broken, passed(), friday)
    >>> repaired.state, repaired.verified_on == friday, repaired.reopened_on
    ('done', True, None)

    Not measured is neither done nor failed, and does not hide a later failure:

    >>> unknown = judge(done, unmeasured("The app is not installed"), tuesday)
    >>> unknown.state, unknown.reopened_on
    ('unmeasured', None)
    >>> judge(unknown, failed("Closed"), friday).reopened_on == friday
    True

    A beginning makes it "doing":

    >>> judge(Standing(), failed("The city is missing", started=True), monday).state
    'doing'
    >>> judge(Standing(started=True), failed("No product"), monday).state
    'doing'

    A deferred test keeps the answer of the last one about the same thing, else it is not measured:

    >>> tested = judge(Standing(), passed(tested="server 3"), monday)
    >>> judge(tested, deferred("Not tested yet", tested="server 3"), tuesday) is tested
    True
    >>> judge(tested, deferred("Not tested yet", tested="server 4"), tuesday).state
    'unmeasured'

    What somebody says is done waits for a check that can tell; one that says otherwise takes the word back:

    >>> said = judge(Standing(declared=True), unmeasured("Nobody can see it from here"), monday)
    >>> said.state
    'declared'
    >>> judge(said, failed("No account"), tuesday).state, judge(said, failed("No account"), tuesday).declared
    ('doing', False)
    >>> judge(said, passed(), tuesday).state
    'done'

    What the user set aside stays aside:

    >>> aside = Standing(state=NOT_NEEDED)
    >>> judge(aside, failed("No product"), monday) is aside
    True
    """
    if before.state == NOT_NEEDED:
        return before
    if outcome.status == DEFERRED and before.tested and before.tested == outcome.tested:
        return before
    after = replace(before, checked_on=now, tested="" if outcome.status == DEFERRED else outcome.tested)
    if outcome.status == PASSED:
        since = before.verified_on if before.verified_on and not before.reopened_on else now
        return replace(after, state=DONE, verified_on=since, reopened_on=None)
    if outcome.status == FAILED:
        return replace(
            after,
            declared=False,
            state=DOING if before.started or before.declared or outcome.started else TODO,
            reopened_on=before.reopened_on or (now if before.verified_on else None),
        )
    return replace(after, state=DECLARED if before.declared else UNMEASURED)


@dataclass(frozen=True)
class Progress:
    """How many steps are where. ``percent``: done among those that count (done and open), rounded down; None where no
    step counts, since nothing is known then."""

    done: int
    open: int
    reopened: int
    unmeasured: int
    not_needed: int
    declared: int = 0

    @property
    def counted(self):
        """Steps that count: neither set aside nor unmeasured."""
        return self.done + self.open

    @property
    def percent(self):
        return self.done * 100 // self.counted if self.counted else None


def progress(standings):
    """
    :param standings: iterable of :class:`Standing`

    >>> stand = [Standing(DONE)] * 2 + [Standing(TODO), Standing(UNMEASURED), Standing(NOT_NEEDED)]
    >>> now = progress(stand)
    >>> now.done, now.open, now.counted, now.percent
    (2, 1, 3, 66)
    >>> progress([Standing(UNMEASURED)]).percent is None
    True
    >>> progress([Standing(TODO, reopened_on=datetime(2026, 11, 24))]).reopened
    1
    """
    standings = list(standings)
    states = [standing.state for standing in standings]
    return Progress(
        done=states.count(DONE),
        open=states.count(TODO) + states.count(DOING),
        reopened=sum(bool(standing.reopened_on) and standing.state in (TODO, DOING) for standing in standings),
        unmeasured=states.count(UNMEASURED),
        not_needed=states.count(NOT_NEEDED),
        declared=states.count(DECLARED),
    )


def next_steps(steps, most=3):
    """The steps to do next: those that broke come first, then the open ones in the order given, then those that only
    wait to be tested. A step that waits for another open one comes after all that do not.

    :param steps: sequence of (key, Standing, can it be tested now, keys it waits for) in the order of the plan
    :param int most: how many at most
    :return: list of keys

    >>> broke = Standing(TODO, reopened_on=datetime(2026, 11, 24))
    >>> todo, done, unknown = Standing(TODO), Standing(DONE), Standing(UNMEASURED)
    >>> next_steps([("a", done, False, ()), ("b", todo, False, ()), ("c", broke, False, ())])
    ['c', 'b']
    >>> next_steps([("a", todo, False, ("c",)), ("b", todo, False, ("x",)), ("c", todo, False, ())], most=2)
    ['b', 'c']
    >>> next_steps([("a", unknown, False, ()), ("b", unknown, True, ())])
    ['b']
    >>> next_steps([("a", unknown, False, ()), ("b", Standing(NOT_NEEDED), True, ())])
    []
    """
    open_keys = {key for key, standing, _testable, _after in steps if standing.state in (TODO, DOING)}

    def rank(step):
        _key, standing, _testable, after = step
        if standing.state == UNMEASURED:
            return 3
        if any(key in open_keys for key in after):
            return 2
        return 0 if standing.reopened_on else 1

    eligible = [step for step in steps if step[0] in open_keys or (step[2] and step[1].state == UNMEASURED)]
    return [step[0] for step in sorted(eligible, key=rank)][:most]


def is_due(tended_on, rhythm_days, today):
    """Whether something that somebody has to look after regularly is due.

    :param datetime.date tended_on: when it was last looked after, None where never
    :param int rhythm_days: how often
    :param datetime.date today:

    >>> from datetime import date
    >>> is_due(date(2026, 11, 1), 30, date(2026, 11, 25)), is_due(date(2026, 10, 1), 30, date(2026, 11, 25))
    (False, True)
    >>> is_due(None, 30, date(2026, 11, 25))
    True
    """
    return tended_on is None or (today - tended_on).days > rhythm_days
