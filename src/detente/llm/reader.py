"""A model reads an article, paragraph by paragraph; what it says is kept only where its words stand there.

Law: the model gives quotes, never offsets. A quote that is not in its paragraph is asked for once more, then
dropped and listed. The model has no tools: the worst that a hostile article can make it do is propose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx2
from pydantic_ai import Agent, NativeOutput
from pydantic_ai.exceptions import AgentRunError, UnexpectedModelBehavior
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models import Model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles import ModelProfile
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings
from rapidfuzz import fuzz

from detente.articles import Article
from detente.claims import Claim
from detente.errors import DetenteError, FalseEvidence, InvalidRecord, one_line
from detente.evidence import Span
from detente.llm.address import Address
from detente.llm.prompt import INSTRUCTIONS, Item, Items, paragraphs, question, question_again
from detente.record.model import Record
from detente.record.proposals import claim_of, find_words

# Ollama, llama.cpp, vLLM and clouds keep to a JSON schema; a server that does not shows in what is dropped.
_PROFILE: Final = ModelProfile(supports_json_schema_output=True)
# A quote with a word changed or dropped stays above 80; two sentences of one paragraph are below 60.
_MENDED: Final = 70.0
_SETTINGS: Final = ModelSettings(temperature=0.0, timeout=300.0, max_tokens=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Something that the model said and that is not kept.

    Attributes:
        file: Of the article.
        quote: What was to be its words; ``""`` where the answer had no form.
        reason: One line.
    """

    file: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """What a model read in one article.

    Attributes:
        claims: Each with words that stand in the article.
        dropped: What is not kept.
    """

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]


class LanguageReader:
    """Reads articles with a model."""

    def __init__(self, model: Model) -> None:
        self._agent = Agent(
            model,
            output_type=NativeOutput(Items),
            instructions=INSTRUCTIONS,
            retries=1,
            model_settings=_SETTINGS,
        )

    def read(self, article: Article, record: Record) -> Grounded:
        """What the model finds in an article.

        Args:
            article: It is sent to the model, paragraph by paragraph.
            record: Whose parties names are resolved to.

        Raises:
            DetenteError: The model cannot be reached, or refuses.
        """
        claims: dict[str, Claim] = {}
        dropped: list[Dropped] = []
        for span in paragraphs(article):
            for item in self._grounded(article, span, dropped):
                try:
                    claim = claim_of(item.proposal(), article, record, span)
                except (FalseEvidence, InvalidRecord) as error:
                    dropped.append(Dropped(file=article.file, quote=item.quote, reason=str(error)))
                else:
                    claims.setdefault(claim.id, claim)
        return Grounded(claims=tuple(claims.values()), dropped=tuple(dropped))

    def _grounded(self, article: Article, span: Span, dropped: list[Dropped]) -> Iterator[Item]:
        """The items of a paragraph whose quotes stand in it, at the first or the second try."""
        items, messages = self._ask(article, question(article, span), dropped)
        false = [item for item in items if not _stands(item, article, span)]
        yield from (item for item in items if item not in false)
        if not false:
            return
        second, _ = self._ask(article, question_again(false), dropped, messages)
        mended = [item for item in second if _stands(item, article, span)]
        yield from mended
        dropped += (
            Dropped(file=article.file, quote=item.quote, reason="its words are not in the paragraph")
            for item in false
            if not any(_is_same(item, one) for one in mended)
        )

    def _ask(
        self, article: Article, asked: str, dropped: list[Dropped], before: list[ModelMessage] | None = None
    ) -> tuple[list[Item], list[ModelMessage]]:
        try:
            answer = self._agent.run_sync(asked, message_history=before)
        except UnexpectedModelBehavior as error:
            reason = f"an answer without the form that was asked for: {one_line(str(error))}"
            dropped.append(Dropped(file=article.file, quote="", reason=reason))
            return [], []
        except (AgentRunError, httpx2.HTTPError, OSError) as error:
            raise DetenteError(
                f"the language model does not answer ({one_line(str(error))[:200]}); "
                "check the address after --llm and that the model runs there."
            ) from error
        return answer.output.items, answer.all_messages()


def open_model(address: Address, key: str | None = None) -> Model:
    """The model at an address.

    Args:
        address: From :func:`~detente.llm.address.read_address`.
        key: Sent to that address alone; ``None``: none is needed there.
    """
    provider = OpenAIProvider(base_url=address.base, api_key=key or "none")
    return OpenAIChatModel(address.model, provider=provider, profile=_PROFILE)


def _stands(item: Item, article: Article, span: Span) -> bool:
    try:
        find_words(article, item.quote, span)
    except FalseEvidence:
        return False
    return True


def _is_same(false: Item, mended: Item) -> bool:
    """Whether the second is the first with its quote mended."""
    return false.kind == mended.kind and fuzz.partial_ratio(false.quote, mended.quote) >= _MENDED
