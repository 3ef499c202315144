"""`hub kb`: articles brought in from files, and searched as a reader would.

Commands import what they need when they are called (noqa: PLC0415), as in `cli.py`.
"""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from config.problems import CannotStart, ExitCode
from hub.domain.articles import Audience, Found

app = typer.Typer(help="Knowledge base: bring articles in, search them.", no_args_is_help=True)


@app.command("import")
def import_articles(
    folder: Annotated[Path, typer.Argument(help="Holds en/SLUG.md and zh/SLUG.md.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge and write nothing.")] = False,
) -> None:
    """Put the articles of a folder in force; the hub must be stopped.

    The same folder again changes nothing. What a person published or retired since is kept.
    Exit code 4 tells every mistake with its file.
    """
    from config.knowledge import import_folder, read_articles  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    texts = read_articles(folder)
    if not texts:
        raise CannotStart(ExitCode.SET_UP, f"{folder}: no en/*.md or zh/*.md in it")
    counts = asyncio.run(import_folder(load_settings(), texts, dry=dry_run))
    would = "would be " if dry_run else ""
    typer.echo(", ".join(f"{count:,} {would}{what}" for what, count in counts.items()))


@app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(help="What a customer would type.")],
    language: Annotated[str | None, typer.Option(help="en or zh; both otherwise.")] = None,
    audience: Annotated[Audience, typer.Option(help="Who is looking.")] = Audience.PUBLIC,
    limit: Annotated[int, typer.Option(help="Articles shown at most.", min=1, max=100)] = 10,
) -> None:
    """Search what is in force as a reader would; prints JSON. The hub may serve meanwhile.

    Before the first start the operator's files are searched. `by` tells whether what the words mean
    counts too: with the extra `embed`, for articles that the hub has read already.
    """
    from config.assistant import embedder_of  # noqa: PLC0415
    from config.knowledge import filled_library  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    settings = load_settings()

    async def find() -> Mapping[str, Any]:
        library = await filled_library(settings, embedder_of(settings))
        by = "words and meaning" if library.knows_meanings else "words only"
        asked = " ".join(words)
        found = await library.find(asked, reader=audience, language=language, limit=limit)
        return {"by": by, **shown(found)}

    typer.echo(json.dumps(asyncio.run(find()), ensure_ascii=False, indent=2))


def shown(found: Found) -> Mapping[str, Any]:
    """Return what was found as JSON."""
    return {
        "total": found.total,
        "hits": [
            {
                "slug": hit.article.slug,
                "language": hit.article.language,
                "title": hit.article.text.title,
                "audience": hit.article.text.audience,
                "score": round(hit.score, 3),
                "passage": "".join(f"[{p.text}]" if p.is_hit else p.text for p in hit.passage),
            }
            for hit in found.hits
        ],
    }
