"""What is done over and over while signals strike: one scenario a file."""

from __future__ import annotations

from tests.crash.scenarios.batch import Batch
from tests.crash.scenarios.debrief import DebriefDrawn, DebriefLineByLine
from tests.crash.scenarios.export import Export
from tests.crash.scenarios.forget import Forget
from tests.crash.scenarios.prepare import PrepareDrawn, PrepareLineByLine
from tests.crash.scenarios.review import Review
from tests.crash.scenarios.scenario import Scenario

SCENARIOS: tuple[type[Scenario], ...] = (
    PrepareLineByLine,
    PrepareDrawn,
    DebriefLineByLine,
    DebriefDrawn,
    Forget,
    Export,
    Review,
    Batch,
)
