"""The project that real Rasa trains and runs, built from the assistant's own files.

Rasa reads one list of variations per response, while the bank writes a file per language; it needs
components that our files do not name. Nothing else is added: rules, stories and sentences go over
as they are.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from bot.definition.values import Definition

CHOSEN: Final = "inform"
"""Intent of a button that fills a blank; nobody says it."""
COMPONENTS: Final = "components"
_OURS: Final = Path(__file__).parent
ACTION_URL: Final = "${HUB_RASA__ACTION_URL}"
SECRET: Final = "${HUB_RASA__ACTION_SECRET}"


def write_project(definition: Definition, folder: Path, into: Path, *, pipeline: str) -> None:
    """Write Rasa's project for the definition read from `folder`; what was there is replaced.

    `pipeline` names a file of `folder`/rasa without its ending. Secrets are not written: Rasa reads
    the address of the actions and their secret from its environment.
    """
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(folder / "nlu", into / "data")
    for name in ("rules.yml", "stories.yml"):
        shutil.copyfile(folder / name, into / "data" / name)
    shutil.copyfile(folder / "rasa" / f"{pipeline}.yml", into / "config.yml")
    _write(into / "domain.yml", _domain(folder))
    endpoint = {"url": ACTION_URL, "headers": {"Authorization": f"Bearer {SECRET}"}}
    _write(into / "endpoints.yml", {"action_endpoint": endpoint})
    _write(into / "credentials.yml", {"rest": None})
    copy_components(definition.synonyms, into)


def copy_components(synonyms: Mapping[str, Mapping[str, str]], into: Path) -> None:
    """Lay what runs inside Rasa's process beside a project."""
    components = into / COMPONENTS
    shutil.copytree(_OURS / "component", components)
    shutil.copyfile(_OURS.parent / "dialogue" / "blanks.py", components / "blanks.py")
    told = json.dumps(synonyms, ensure_ascii=False)
    (components / "synonyms.json").write_text(told, encoding="utf-8")


def project_version(folder: Path, pipeline: str) -> str:
    """Return a name that changes with whatever Rasa is trained on."""
    files = [*folder.glob("*.yml"), *folder.glob("nlu/*.yml"), *folder.glob("responses/*.yml")]
    files += [folder / "rasa" / f"{pipeline}.yml", *_OURS.glob("component/*.py")]
    told = hashlib.sha256()
    for file in sorted(files):
        told.update(file.read_bytes())
    return f"{pipeline}-{told.hexdigest()[:12]}"


def _domain(folder: Path) -> dict[str, Any]:
    """The domain with the responses of all languages joined under their names."""
    domain: dict[str, Any] = yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))
    responses: dict[str, list[Any]] = {}
    for file in sorted((folder / "responses").glob("*.yml")):
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, variations in told["responses"].items():
            responses.setdefault(name, []).extend(variations)
    return domain | {"intents": [*domain["intents"], CHOSEN], "responses": responses}


def _write(file: Path, told: Any) -> None:
    file.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
