"""A small coded article made by hand, so that store and command line are tested without the stages."""

import hashlib
from datetime import UTC, date, datetime

from communique.records import (
    Actor,
    ActorKind,
    Anchor,
    Article,
    Block,
    BlockKind,
    Claim,
    CodedArticle,
    DateRange,
    Event,
    FieldDecision,
    Fragment,
    MediaType,
    Meeting,
    MeetingStatus,
    Mention,
    MentionKind,
    Page,
    Place,
    Position,
    Precision,
    Problem,
    PublicationDate,
    Role,
    Run,
    Severity,
    Span,
    SpeechAct,
    Stance,
    Statement,
    StatementKind,
    Status,
    Timex,
    TimexType,
    TranslationSign,
    make_actor,
    make_id,
    make_problem,
)

TITLE = "Norland and Sudria hold talks in Port Vell"
LEAD = (
    "Foreign ministers of Norland and Sudria met in Port Vell on March 3, 2031. "
    "Minister Ada Holm said the talks were “frank and useful”."
)
PLAN = "A second round is planned for March 17 if Sudria lifts the blockade of the strait."
LETTER = "Sudria demanded in February that Norland withdraw its patrol boats [уйти из пролива]."
FURNITURE = "Subscribe to our newsletter."
TEXT = "\n\n".join((TITLE, LEAD, PLAN, LETTER, FURNITURE))

RUN = Run(id=make_id("run", "1"), version="0.1.0", codebook_hash="c" * 64, model_hash="m" * 64, settings="{}")
LATER_RUN = Run(id=make_id("run", "2"), version="0.2.0", codebook_hash="c" * 64, model_hash="m" * 64, settings="{}")


def coded_article(
    source: str = "talks.txt", text: str = TEXT, published: date | None = date(2031, 3, 4)
) -> CodedArticle:
    """The whole article about the talks; another `source` gives another article with the same words."""
    return _Desk(source, text, published).coded()


def problem(source: str = "empty.txt") -> Problem:
    """A problem of an input that gave no article."""
    return make_problem(stage="read", source=source, reason="is empty", remedy="remove it from the input")


class _Desk:
    """Finds the words of each value in the text, as the stages would."""

    def __init__(self, source: str, text: str, published: date | None) -> None:
        content = text.encode()
        content_hash = hashlib.sha256(content).hexdigest()
        self.text = text
        self.page = Page(
            id=make_id("page", source, content_hash),
            source=source,
            content=content,
            content_hash=content_hash,
            media_type=MediaType.TEXT,
            fetched_at=datetime(2031, 3, 4, 9, 30, tzinfo=UTC),
        )
        self.article_id = make_id("article", self.page.id)
        self.published = published
        self.norland = make_actor(name="Norland", kind=ActorKind.STATE, country="NRL", sectors=("GOV",))
        self.sudria = make_actor(name="Sudria", kind=ActorKind.STATE, country="SDR", sectors=("GOV",))
        self.holm = make_actor(
            name="Ada Holm", kind=ActorKind.PERSON, country="NRL", sectors=("GOV",), title="foreign minister"
        )

    def span(self, words: str, after: str = "") -> Span:
        start = self.text.index(words, self.text.index(after))
        return Span(article_id=self.article_id, start=start, end=start + len(words))

    def role(self, actor: Actor, words: str, after: str = "") -> Role:
        return Role(actor_id=actor.id, span=self.span(words, after))

    def timex(self, words: str, first: date, last: date, precision: Precision, value: str) -> Timex:
        span = self.span(words)
        return Timex(
            id=make_id("timex", self.article_id, span.start, span.end),
            span=span,
            type=TimexType.DATE,
            value=value,
            dates=DateRange(earliest=first, latest=last, precision=precision),
            anchor=Anchor.NONE if "2031" in words else Anchor.PUBLICATION,
            anchor_value=None if "2031" in words else "2031-03-04",
            reason="complete in itself" if "2031" in words else "year from the publication date",
        )

    def mention(self, actor: Actor | None, words: str, after: str, head: int, kind: MentionKind) -> Mention:
        span = self.span(words, after)
        return Mention(
            id=make_id("mention", self.article_id, span.start, span.end),
            span=span,
            head=head,
            kind=kind,
            actor_id=actor.id if actor else None,
            candidates=(self.norland.id, self.sudria.id),
            reason="name in the codebook",
        )

    def article(self) -> Article:
        kinds = (BlockKind.TITLE, BlockKind.BODY, BlockKind.BODY, BlockKind.BODY, BlockKind.FURNITURE)
        parts = (TITLE, LEAD, PLAN, LETTER, FURNITURE)
        return Article(
            id=self.article_id,
            page_id=self.page.id,
            source=self.page.source,
            text=self.text,
            blocks=tuple(
                Block(span=self.span(part), kind=kind, reason="newsletter" if kind is BlockKind.FURNITURE else None)
                for part, kind in zip(parts, kinds, strict=True)
            ),
            title=TITLE,
            authors=("Staff writer",),
            language="en",
            fragments=(Fragment(span=self.span("уйти из пролива"), language="ru"),),
            translation_signs=(TranslationSign(span=self.span("уйти из пролива"), sign="untranslated-fragment"),),
            machine_translated="possible",
            published=PublicationDate(day=self.published, source="dateline") if self.published else None,
            publication_candidates=(PublicationDate(day=date(2031, 3, 4), source="dateline"),),
            published_between=None if self.published else (date(2031, 3, 3), None),
            fetched=date(2031, 3, 4),
        )

    def claim(self, type_: str, trigger: str, evidence: str, **values: object) -> Claim:
        span = self.span(trigger)
        fields: dict[str, object] = {
            "modes": (),
            "contexts": (),
            "actors": (),
            "recipients": (),
            "date": None,
            "place": None,
            "status": Status.OCCURRED,
            "status_span": None,
            "asserted_by": (),
            "decisions": (FieldDecision(field="type", rule="frame 12", confidence=0.9),),
        }
        return Claim(  # type: ignore[arg-type]
            id=make_id("claim", self.article_id, span.start, type_),
            article_id=self.article_id,
            type=type_,
            trigger=span,
            evidence=(self.span(evidence),),
            **(fields | values),
        )

    def coded(self) -> CodedArticle:
        third = self.timex("March 3, 2031", date(2031, 3, 3), date(2031, 3, 3), Precision.DAY, "2031-03-03")
        later = self.timex("March 17", date(2031, 3, 17), date(2031, 3, 17), Precision.DAY, "2031-03-17")
        february = self.timex("February", date(2031, 2, 1), date(2031, 2, 28), Precision.MONTH, "2031-02")
        port = Place(
            name="Port Vell", span=self.span("Port Vell", "met in"), country="NRL", latitude=1.5, longitude=-2.25
        )
        condition = self.span("if Sudria lifts the blockade of the strait")
        both = (self.role(self.norland, "Norland", "ministers of"), self.role(self.sudria, "Sudria", "ministers of"))
        met = self.claim(
            "CONSULT",
            "met",
            "Foreign ministers of Norland and Sudria met in Port Vell on March 3, 2031",
            modes=("visit",),
            contexts=("diplomatic",),
            actors=both,
            date=third,
            place=port,
            decisions=(
                FieldDecision(field="type", rule="frame CONSULT: meet", confidence=0.9),
                FieldDecision(field="date", rule="clause", confidence=0.8),
            ),
        )
        talks = self.claim("CONSULT", "hold talks", TITLE, actors=both)
        planned = self.claim(
            "AGREE",
            "planned",
            PLAN,
            like="AGREE",
            meeting_type="CONSULT",
            actors=both,
            date=later,
            status=Status.SCHEDULED,
            status_span=self.span("is planned"),
            condition=condition,
        )
        demand = self.claim(
            "REQUEST",
            "demanded",
            "Sudria demanded in February that Norland withdraw its patrol boats",
            modes=("change",),
            actors=(self.role(self.sudria, "Sudria", "strait."),),
            recipients=(self.role(self.norland, "Norland", "February"),),
            date=february,
            asserted_by=(Role(actor_id=self.holm.id, span=None),),
            content=self.span("that Norland withdraw its patrol boats"),
        )
        content = (self.span("the talks were “frank and useful”"),)
        said = Statement(
            id=make_id("statement", self.article_id, content[0].start),
            article_id=self.article_id,
            kind=StatementKind.MIXED,
            act=SpeechAct.ASSERT,
            content=content,
            source=self.span("Minister Ada Holm"),
            speaker=self.role(self.holm, "Minister Ada Holm"),
            cue=self.span("said"),
            rule="subject of a speech verb",
        )
        return CodedArticle(
            page=self.page,
            article=self.article(),
            times=(third, later, february),
            actors=(self.norland, self.sudria, self.holm),
            mentions=(
                self.mention(self.norland, "Norland", "", 0, MentionKind.NAME),
                self.mention(self.sudria, "Sudria", "", 2, MentionKind.NAME),
                self.mention(self.holm, "Minister Ada Holm", "", 25, MentionKind.NAME),
                self.mention(None, "its", "", 60, MentionKind.PRONOUN),
            ),
            claims=(talks, met, planned, demand),
            statements=(said,),
            events=(
                Event(id=make_id("event", talks.id), type="CONSULT", claims=(talks.id, met.id)),
                Event(id=make_id("event", planned.id), type="AGREE", claims=(planned.id,)),
                Event(id=make_id("event", demand.id), type="REQUEST", claims=(demand.id,)),
            ),
            positions=(
                Position(
                    id=make_id("position", demand.id),
                    article_id=self.article_id,
                    issue="navigation",
                    party=self.role(self.sudria, "Sudria", "strait."),
                    stance=Stance.DEMANDS,
                    content=self.span("that Norland withdraw its patrol boats"),
                    basis=demand.id,
                    of=(self.role(self.norland, "Norland", "February"),),
                    date=february,
                ),
            ),
            meetings=(
                Meeting(
                    id=make_id("meeting", planned.id),
                    article_id=self.article_id,
                    parties=both,
                    date=later,
                    place=None,
                    format="talks",
                    status=MeetingStatus.ANNOUNCED,
                    evidence=(self.span(PLAN),),
                    claims=(planned.id,),
                    condition=condition,
                ),
            ),
            problems=(
                make_problem(
                    stage="clean",
                    source=self.page.source,
                    reason="has no date of publication",
                    remedy="none is needed",
                    severity=Severity.WARNING,
                ),
            ),
        )
