"""A thousand neighbours press Claim for the last ten places at once, through HTTP."""

from collections import Counter
from pathlib import Path

from sandbox.scenario.parse import read_scenario
from sandbox.scenario.run import Runner

CROWD = 1000
PLACES = 10
HERE = Path(__file__).parent


async def test_ten_of_a_thousand_win_everybody_is_answered_once_and_one_card_agrees(sandbox, stage):
    outcome = await Runner(sandbox, read_scenario(HERE / "crowd.play"), stage=stage, patience=120).run()
    assert outcome.held, outcome.failure
    control, court = sandbox.control, next(c for c in sandbox.world.chats.values() if c.title == "Court")
    card = max(m.id for m in court.messages.values() if m.markup)

    presses = [
        control.press(person.id, court.id, message=card, row=0, column=0)["press_id"]
        for person in sandbox.world.people.values()
        if person.name.startswith("Neighbour")
    ]
    answers = Counter()
    for press in presses:
        answer = await control.wait_for_press(press, 120)
        answers[answer["kind"]] += 1
    await control.settle()

    assert len(presses) == CROWD
    assert answers == {"toast": PLACES, "alert": CROWD - PLACES}
    assert "10/10" in court.messages[card].content["text"]
    edits = [v for v in control.received(court.id)["versions"] if v["message_id"] == card and v["action"] == "edited"]
    assert len(edits) <= 60
