"""The JSON that the HTTP interface takes, and the shapes of its answers: what `contract` makes, for OpenAPI to show.

Descriptions are in Norwegian: they are read on the page /api.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from raufoss_assistant.assistant import LONGEST_QUESTION
from raufoss_assistant.contract import Json
from raufoss_assistant.model import Language, RecordType, Status

MOST = 100
"""Hits or matches that may be asked for."""

_TURN = {
    "type": "object",
    "required": ["role", "content"],
    "properties": {"role": {"enum": ["user", "assistant"]}, "content": {"type": "string"}},
}
_LENGTH: dict[str, Any] = {"minLength": 1, "maxLength": LONGEST_QUESTION}
History = Annotated[
    list[Json] | None, WithJsonSchema({"anyOf": [{"type": "array", "items": _TURN}, {"type": "null"}], "default": None})
]
Share = Annotated[float, Field(ge=0, le=1)]


class AskBody(BaseModel):
    """A question, with the conversation so far."""

    question: str = Field(description="Spørsmålet, på bokmål, nynorsk eller engelsk.", json_schema_extra=_LENGTH)
    history: History = Field(default=None, description="Samtalen til nå, eldst først; de siste 20 innleggene leses.")


class SearchBody(BaseModel):
    """A search for the k best passages."""

    query: str = Field(description="Det som skal finnes.", json_schema_extra=_LENGTH)
    k: Annotated[int, Field(ge=1, le=MOST, description="Hvor mange utdrag.")] = 10


class MatchBody(BaseModel):
    """A need, to be matched with the k best records."""

    query: str = Field(description="Behovet, med egne ord.", json_schema_extra=_LENGTH)
    k: Annotated[int, Field(ge=1, le=MOST, description="Hvor mange tilbud.")] = 5


class Shape(BaseModel):
    """The shape of an answer: these keys and no others."""

    model_config = ConfigDict(extra="forbid")


class Passage(Shape):
    """Where a passage stands."""

    score: float = Field(description="Hvor godt det passer; høyere er bedre.")
    document: str = Field(description="Fila, med sti fra dokumentmappa.")
    title: str = Field(description="Dokumentets tittel.")
    page: int | None = Field(description="Sidetall; null der formatet ikke har sider.")
    heading: str | None = Field(description="Overskriftene over utdraget.")
    date: dt.date | None = Field(description="Dagen opplysningene gjaldt; null der den er ukjent.")


class Hit(Passage):
    """A passage that was found."""

    rank: int = Field(ge=1, description="1 er best.")
    text: str = Field(description="Utdraget, bokstav for bokstav.")


class Source(Shape):
    """Where a claim stands."""

    document: str = Field(description="Fila, med sti fra dokumentmappa.")
    title: str = Field(description="Dokumentets tittel.")
    kind: str = Field(description="klynge, kurs, katapult, finansiering eller onboarding.")
    page: int | None = Field(description="Sidetall; null der formatet ikke har sider.")
    date: dt.date | None = Field(description="Dagen opplysningene gjaldt; null der den er ukjent.")
    example: bool = Field(description="Om innholdet er eksempeldata.")
    quote: str = Field(description="Sitatet, som står bokstav for bokstav i dokumentet.")


class Citation(Source):
    """A source with its number in the answer."""

    n: int = Field(ge=1, description="Tallet i svaret: [1], [2] …")
    heading: str | None = Field(description="Overskriftene over sitatet.")
    span: str | None = Field(description="Det korte svaret inne i sitatet.")
    score: Share = Field(description="Hvor godt sitatet svarer.")


class Said(Shape):
    """What one place in the documents says of a field of a record."""

    text: str = Field(description="Som det står skrevet.")
    low: float | None = Field(description="Minste tall i feltets enhet.")
    high: float | None = Field(description="Største tall i feltets enhet.")
    document: str = Field(description="Fila, med sti fra dokumentmappa.")
    page: int | None = Field(description="Sidetall; null der formatet ikke har sider.")
    date: dt.date | None = Field(description="Dagen opplysningen gjaldt; null der den er ukjent.")


class RecordShape(Shape):
    """A course, service, funding scheme, catapult (organisation) or company."""

    type: RecordType
    id: str = Field(description="Kort navn for programmer.")
    name: str = Field(description="Navnet, slik katalogen skriver det.")
    code: str | None = Field(description="Emnekode.")
    example: bool = Field(description="Om det er eksempeldata.")
    fields: dict[str, Said] = Field(description="Det dokumentene sier, felt for felt.")


class Generation(Shape):
    """What a language model's reply came to."""

    tokens_in: int = Field(description="Tokens i spørsmålet til modellen.")
    tokens_out: int = Field(description="Tokens i svaret fra den.")
    first_token_ms: float | None = Field(description="Millisekunder til den første teksten.")
    shown: int = Field(description="Setninger som er vist med modellens egne ord.")
    replaced: int = Field(description="Setninger som er byttet ut med et sitat.")
    dropped: int = Field(description="Setninger som ikke er vist.")
    fault: str | None = Field(description="Hvorfor svaret likevel er dokumentenes egne setninger.")


class AskAnswer(Shape):
    """The answer to a question."""

    id: None = Field(description="Alltid null her; brukes av «raufoss ask --batch».")
    question: str = Field(description="Spørsmålet, slik det ble lest.")
    search_query: str = Field(description="Det som ble søkt etter.")
    status: Status = Field(
        description="answered: svart. not_found: står ikke i dokumentene. clarify: spør tilbake hva som menes."
    )
    answer: str = Field(description="Svaret i Markdown, med [1], [2] … der noe er hentet fra en kilde.")
    language: Language = Field(description="Språket i svaret.")
    responder: Literal["extractive", "generative"] = Field(
        description="extractive: dokumentenes egne setninger. generative: skrevet av en språkmodell."
    )
    confidence: Share = Field(description="Hvor sannsynlig det er at dokumentene svarer.")
    citations: list[Citation] = Field(description="Kildene, etter tallet i svaret.")
    nearest: list[Passage] = Field(description="De nærmeste dokumentene når ingen svarer.")
    records: list[RecordShape] = Field(description="Det en liste, en telling eller en sammenlikning handler om.")
    filters: list[str] = Field(description="Det lista er begrenset til.")
    timings_ms: dict[str, float] = Field(description="Tid per steg, i millisekunder.")
    generation: Generation | None = Field(
        None, description="Hva det ble av svaret fra språkmodellen; bare der en ble spurt."
    )


class SearchAnswer(Shape):
    """The passages found."""

    id: None = Field(description="Alltid null her.")
    query: str = Field(description="Det du søkte etter.")
    hits: list[Hit] = Field(description="Utdragene, best først.")


class NeedsShape(Shape):
    """What was read from a need."""

    employees: float | None = Field(description="Antall ansatte.")
    more: bool = Field(description="Om de er flere enn det.")
    age: float | None = Field(description="Bedriftens alder i år.")
    place: str | None = Field(description="Stedet, slik du skrev det.")
    innlandet: bool | None = Field(description="Om stedet er i Innlandet.")
    trl: tuple[float, float] | None = Field(description="Laveste og høyeste TRL.")
    budget: float | None = Field(description="Kroner.")
    days: float | None = Field(description="Tid til rådighet, i dager.")
    begins: float | None = Field(description="Dager til planlagt opplæring begynner; under 0 når den er i gang.")
    applicants: list[str] = Field(description="Hva slags søker det er, når det ikke er en bedrift.")
    wishes: list[Literal["fund", "learn", "recruit"]] = Field(description="Penger, læring, nye folk.")
    concepts: list[str] = Field(description="Emnene det handler om.")


class MatchShape(Shape):
    """A record that fits, or that a hard limit rules out."""

    type: RecordType
    id: str = Field(description="Kort navn for programmer.")
    name: str = Field(description="Navnet, slik katalogen skriver det.")
    example: bool = Field(description="Om det er eksempeldata.")
    score: Share = Field(description="Hvor sannsynlig det er at det er til nytte.")
    parts: dict[str, float] = Field(description="Hva hvert tegn legger til.")
    reasons: list[str] = Field(description="Hvorfor det passer, med sitat.")
    misfits: list[str] = Field(description="Hva som ikke passer.")
    citation: Source = Field(description="Hvor det står.")


class MatchAnswer(Shape):
    """What fits a need."""

    id: None = Field(description="Alltid null her.")
    query: str = Field(description="Behovet du sendte.")
    needs: NeedsShape = Field(description="Det som ble lest ut av behovet.")
    matches: list[MatchShape] = Field(description="Det som passer, best først.")
    excluded: list[MatchShape] = Field(description="Det en fast grense utelukker.")
    ask: Literal["employees"] | None = Field(description="Hva det bør spørres om; svaret kan endre rekkefølgen.")


class Health(Shape):
    """The index can be used."""

    status: Literal["ok"]
    documents: int = Field(description="Antall dokumenter.")
    chunks: int = Field(description="Antall utdrag.")


class Unhealthy(Shape):
    """The index cannot be used."""

    status: Literal["error"]
    documents: Literal[0]
    chunks: Literal[0]
    error: str = Field(description="Hva som er galt, og hva som må gjøres.")


class Fault(Shape):
    """What is wrong with a request."""

    error: str = Field(description="Én linje på norsk: hva som er galt, og hva som må gjøres.")
