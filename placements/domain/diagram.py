"""The state diagram of a request, drawn from the lifecycle table for the documentation."""

from placements.domain.lifecycle import ENDED, TRANSITIONS, Side, State

HEADING = """# The states of a placement request

Drawn from the table in `placements/domain/lifecycle.py` by `manage.py request_states`; the checks
compare the two, so change the table and never this page.
"""


def markdown() -> str:
    """The page: the diagram (Mermaid), and the table of who does what and who hears of it."""
    return "\n".join([HEADING, *_diagram(), "", *_table(), ""])


def _diagram() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.DRAFT}"]
    for transition in TRANSITIONS.values():
        lines += [
            f"    {source} --> {transition.target or source}: {transition.step}"
            for source in sorted(transition.sources)
        ]
    lines += [f"    {state} --> [*]" for state in sorted(ENDED)]
    return [*lines, "```"]


def _table() -> list[str]:
    rows = [
        f"| `{one.step}` | {_sources(one.sources)} | {_target(one.target)} | {one.side} "
        f"| {_side(one.tells)} |"
        for one in TRANSITIONS.values()
    ]
    return ["| step | from | to | taken by | tells |", "| --- | --- | --- | --- | --- |", *rows]


def _sources(sources: frozenset[State]) -> str:
    return ", ".join(f"`{state}`" for state in sorted(sources))


def _target(target: State | None) -> str:
    return f"`{target}`" if target else "the same"


def _side(side: Side | None) -> str:
    return side or "nobody"
