"""The words of travelsec that the harness looks for. All other words it reads from the pack."""

ASIDE = {
    "It does not apply to me": "not-applicable",
    "I cannot do it or agree to it": "declined",
}
PUT_BACK = "Neither: put it back on my list"
REASON = "What is the reason?"
SUMMARIES = ("Is this right?", "How do you want to go on?")
GO_ON = ("Go on where you stopped", "Go through what is still open")
CHANGE = "Change: "
WHICH_TRIP = "Which trip do you want to prepare?"
WHAT_HAPPENED = "Did any of this happen on your trip?"
WAS_REPORTED = "has it been reported?"
WHAT_BECOMES = "What should happen to this trip on this computer?"
REALLY_FORGET = ("Forget all that is kept of", "Forget all the same?")

CONFIRMATION = "Answer: "
"""What begins a confirmation on the side that asks line by line."""
TICKED, NOTHING_TICKED = "ticked:", "nothing ticked"
FORGOTTEN = "Forgotten: "

FAILURES = ("Traceback (most recent call last)", "Unhandled exception", "Exception ignored")
"""What must never be on the screen; Python and prompt_toolkit write it."""
