"""Inside Rasa's process: train what lies in the project, then take each sentence for an intent.

    python measuring.py MODEL < sentences.json > guesses.json

Training is Rasa's own (`rasa train nlu`), done before; here only the time of an answer counts.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from rasa.core.agent import Agent


async def main(model: str) -> None:
    """Answer every sentence once, after one that warms up."""
    sentences = json.load(sys.stdin)
    agent = Agent.load(model_path=model)
    await agent.parse_message(sentences[0])
    told = []
    for text in sentences:
        began = time.perf_counter()
        found = (await agent.parse_message(text))["intent"]
        told.append([found["name"], found["confidence"], (time.perf_counter() - began) * 1000])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
