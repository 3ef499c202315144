"""Accessibility of a page as axe-core sees it."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

SCRIPT = (
    Path(__file__).parents[2] / "agent_console" / "web" / "node_modules" / "axe-core" / "axe.min.js"
)
SERIOUS = frozenset({"serious", "critical"})


async def serious_faults(page: Page) -> list[str]:
    """What axe calls serious or critical, as `rule: element`."""
    # Evaluated by the debugger, so the page's content security policy stays as strict as it is.
    await page.evaluate(SCRIPT.read_text())
    result: dict[str, Any] = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['target']}"
        for violation in result["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
