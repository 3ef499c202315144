"""Inside Rasa's process: train what lies in the project, then take each sentence for an intent.

    python measuring.py MODEL < sentences.json > guesses.json

Training is Rasa's own (`rasa train nlu`), done before; here only the time of an answer counts.
A guess is the likeliest intent even where Rasa falls back, as that of the embedded engine is.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from rasa.core.agent import Agent

FALLBACK = "nlu_fallback"


async def main(model: str) -> None:
    """Answer every sentence once, after one that warms up."""
    sentences = json.load(sys.stdin)
    agent = Agent.load(model_path=model)
    await agent.parse_message(sentences[0])
    told = []
    for text in sentences:
        began = time.perf_counter()
        found = await agent.parse_message(text)
        took = (time.perf_counter() - began) * 1000
        best = next(one for one in found["intent_ranking"] if one["name"] != FALLBACK)
        is_known = found["intent"]["name"] != FALLBACK
        told.append([best["name"], best["confidence"], is_known, took])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
