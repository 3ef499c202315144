"""What `hub demo` prints once it is ready: what is where and who may sign in."""

from config.demo import staff
from config.demo.crowd import crew

WIDTHS = (9, 12, 14)


def guide(origin: str, agents: int = len(staff.AGENTS)) -> str:
    """Return the text; of a large bank's agents only the first and the last are named."""
    places = (
        ("Start here", "/"),
        ("The bank's site, with the chat", "/bank"),
        ("An agent's desk", "/console"),
        ("The wallboard", "/console/wallboard"),
        ("Readiness, figures, API", "/readyz  /metrics  /api/openapi.json"),
    )
    lines = ["", "Northmere Bank is open (an invented bank, on this machine only)", ""]
    lines += [f"  {title:<32}{origin}{path}" for title, path in places]
    lines += ["", f"Sign in with any of these; the password is {staff.PASSWORD}", ""]
    lines.append("  " + _row("login", "name", "role") + "skills and levels")
    lines += [
        "  " + _row(one.login, one.en, one.roles[0]) + (one.about() if one.skills else "")
        for one in staff.EVERYBODY
    ]
    if agents > len(staff.AGENTS):
        first, last = (crew(agents)[at].login for at in (len(staff.AGENTS), -1))
        lines.append(f"  {first} to {last}: further agents, for the queues of a large bank")
    return "\n".join([*lines, "", "Stop with Ctrl+C.", ""])


def _row(*cells: str) -> str:
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
