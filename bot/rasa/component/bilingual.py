"""Components of Rasa's pipeline: one tokenizer for two languages, and the hub's own blanks.

Runs inside Rasa's process (Rasa 3.6, Python 3.10 or 3.11), never in ours. Of this product it uses
`blanks.py` alone, which needs the standard library only and lies beside it in a built project.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import jieba
from blanks import blanks
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_RUN = re.compile(r"[㐀-鿿]+|[^\W_㐀-鿿]+", re.UNICODE)
_Type = DefaultV1Recipe.ComponentType
SYNONYMS = Path(__file__).with_name("synonyms.json")


@DefaultV1Recipe.register(_Type.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(Tokenizer):
    """Chinese by jieba, all else by words."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        """Any."""
        return None

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["jieba"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that a pipeline may change."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BilingualTokenizer:
        """Return one."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of a text with their places."""
        text = message.get(attribute)
        tokens = []
        for run in _RUN.finditer(text):
            if "㐀" <= run.group()[0] <= "鿿":
                words = jieba.tokenize(run.group())
                tokens += [Token(word, run.start() + at) for word, at, _ in words]
            else:
                tokens.append(Token(run.group().lower(), run.start()))
        return self._apply_token_pattern(tokens or [Token(text, 0)])


@DefaultV1Recipe.register(_Type.ENTITY_EXTRACTOR, is_trainable=False)
class BlankExtractor(GraphComponent):
    """Amounts, days, cards ... as the embedded engine reads them."""

    def __init__(self) -> None:
        self._synonyms = json.loads(SYNONYMS.read_text(encoding="utf-8"))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BlankExtractor:
        """Return one."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message tells."""
        today = datetime.date.today()  # noqa: DTZ011  this process has the bank's time zone
        for message in messages:
            text = message.get(TEXT) or ""
            found = blanks(text, self._synonyms, today)
            told = [
                {"entity": name, "value": value, "start": 0, "end": len(text),
                 "extractor": "BlankExtractor"}
                for name, value in found.items()
            ]  # fmt: skip
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *told], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave what the examples say."""
        return training_data
