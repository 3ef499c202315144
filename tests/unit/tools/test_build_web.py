"""The build of the pages, with an npm that only writes down what it was asked."""

import os
from pathlib import Path

import pytest

from config.tools import build_web
from config.tools.build_web import BuildFailed, Project

NPM = """#!/bin/sh
echo "$@" >> ../calls
if [ "$1 $2" = "run build" ]; then mkdir -p ../static && echo built > ../static/app.js; fi
if [ -e refuse ]; then echo "no such type"; exit 2; fi
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    source = tmp_path / "pages/web"
    source.mkdir(parents=True)
    (source / "package.json").write_text("{}")
    (source / "package-lock.json").write_text("{}")
    _program(tmp_path / "bin/node", "#!/bin/sh\necho v20.19.0\n")
    _program(tmp_path / "bin/npm", NPM)
    found = Project(source, tmp_path / "pages/static")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(build_web, "ROOT", tmp_path)
    monkeypatch.setattr(build_web, "PROJECTS", (found,))
    monkeypatch.setattr("sys.argv", ["build_web"])
    return found


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def _calls(project: Project) -> list[str]:
    return (project.source.parent / "calls").read_text().splitlines()


def test_unchanged_sources_are_not_built_again(project: Project) -> None:
    assert build_web.main() == 0
    assert (project.output / "app.js").exists()
    before = _calls(project)
    assert build_web.main() == 0
    assert _calls(project) == before


def test_a_changed_source_is_built_without_a_new_installation(project: Project) -> None:
    build_web.main()
    (project.source / "app.ts").write_text("export {}")
    build_web.main()
    verbs = [call.split()[0] for call in _calls(project)]
    assert verbs == ["ci", "run", "run"]


def test_a_missing_folder_is_no_fault(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = Project(tmp_path / "other/widget", tmp_path / "other/static")
    monkeypatch.setattr(build_web, "PROJECTS", (missing, project))
    assert build_web.main() == 0
    assert (project.output / "app.js").exists()


def test_a_refusal_is_told_and_not_taken_for_built(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    build_web.main()
    (project.source / "refuse").touch()
    assert build_web.main() == 1
    assert "no such type" in capsys.readouterr().err
    assert not build_web.is_fresh(project)


def test_a_project_without_lock_is_refused(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.source / "package-lock.json").unlink()
    assert build_web.main() == 1
    assert "package-lock.json is missing" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["v20.19.0", "v22.12.1", "v24.1.0"])
def test_a_new_node_of_the_machine_is_taken(project: Project, version: str) -> None:
    node = build_web.ROOT / "bin/node"
    _program(node, f"#!/bin/sh\necho {version}\n")
    assert build_web.with_node(os.environ) == dict(os.environ)


@pytest.mark.parametrize("version", ["v18.20.0", "v20.18.9", "v21.7.0", "v22.11.0", "nonsense"])
def test_an_old_node_is_not_taken(
    project: Project, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _program(build_web.ROOT / "bin/node", f"#!/bin/sh\necho {version}\n")
    # There is no installer below the made-up root.
    with pytest.raises(BuildFailed, match="Node could not be installed"):
        build_web.with_node(os.environ)
    assert "using Node from a wheel" in capsys.readouterr().out
