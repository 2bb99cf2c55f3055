"""One page through all stages: Page → CodedArticle, or the Problem that says why there is no article.

A page that cannot be cleaned gives a Problem. Once there is an article it is kept: one in another language, one too long or
one on which a stage fails comes back uncoded, with the Problem inside. What is wrong with the installation or the
codebook is no document's fault and is raised.
"""

from dataclasses import replace
from functools import partial

from communique.records import (
    Actor,
    ActorKind,
    Article,
    Cast,
    Claim,
    CodebookError,
    CodedArticle,
    CodingError,
    CommuniqueError,
    ConfigurationError,
    Page,
    Position,
    Problem,
    Role,
    Severity,
    Statement,
    make_problem,
)
from communique.run.settings import Settings
from communique.run.stages import Stages, installed_stages
from communique.run.user_files import issues_of, own_actors, own_labels

__all__ = ["Settings", "code_page"]

CODED_LANGUAGES = frozenset({"en"})
LONGEST_SENTENCE_TOKENS = 500  # what follows grows with the square of a sentence; no written one comes near it
REPORT_IT = "please report it as a fault, with the document"


def code_page(page: Page, settings: Settings, stages: Stages | None = None) -> CodedArticle | Problem:
    """The coded article of one page; `stages` stand in for the program's own. Raises CodebookError and ConfigurationError.

    CodingError is raised when there is no usable parser, since then no document can be coded.
    """
    steps = stages or installed_stages()
    try:
        article = steps.clean(page)
    except (CodebookError, ConfigurationError):
        raise
    except CommuniqueError as error:
        return problem_of_error("clean", page.source, error)
    except Exception as error:
        return _fault("clean", page.source, error)
    unfit = _unfit(article, settings)
    if unfit is not None:
        return CodedArticle(page=page, article=article, problems=(unfit,))
    return _code(page, article, settings, steps)


def _unfit(article: Article, settings: Settings) -> Problem | None:
    if article.language is not None and article.language not in CODED_LANGUAGES:
        return make_problem(
            stage="code",
            source=article.source,
            reason=f"not coded: language {article.language}; only English is coded so far",
            remedy="read an English version of it",
            severity=Severity.WARNING,
        )
    if len(article.text) > settings.max_characters:
        return make_problem(
            stage="code",
            source=article.source,
            reason=f"not coded: {len(article.text):,} characters are more than {settings.max_characters:,}",
            remedy="split it into its articles, or raise max_characters in the settings",
            severity=Severity.WARNING,
        )
    return None


def _code(page: Page, article: Article, settings: Settings, steps: Stages) -> CodedArticle:
    user_actors, labels = own_actors(settings), own_labels(settings)
    code_claims = partial(steps.code_claims, custom=labels) if labels else steps.code_claims
    find_positions = steps.find_positions
    if settings.issues is not None:
        find_positions = partial(find_positions, issues=issues_of(settings))
    annotated = steps.annotate(article)  # its CodingError means that no parser is installed
    longest = max((sentence.last - sentence.first for sentence in annotated.sentences), default=0)
    if longest > LONGEST_SENTENCE_TOKENS:
        return CodedArticle(page=page, article=article, problems=(_endless(page, longest),))
    stage = "resolve"
    try:
        found = steps.find_times(annotated)
        if article.published is None and found.published_between is not None:
            article = replace(article, published_between=found.published_between)
            annotated = replace(annotated, article=article)
        cast = steps.find_cast(annotated, user_actors)
        places = steps.find_places(annotated)
        cast = steps.with_states(cast, places)
        stage = "coding"
        statements = steps.find_statements(annotated, cast, found.times)
        claims = code_claims(annotated, cast, found.times, places, statements)
        positions = find_positions(annotated, cast, claims, statements)
        cast = replace(cast, actors=_in_use(cast, claims, statements, positions))
        stage = "link"
        return CodedArticle(
            page=page,
            article=article,
            times=found.times,
            actors=cast.actors,
            mentions=cast.mentions,
            claims=claims,
            statements=statements,
            events=steps.link_events(claims, cast.actors),
            positions=positions,
            meetings=steps.find_meetings(article, claims, cast.actors),
        )
    except (CodebookError, ConfigurationError):
        raise
    except CodingError as error:
        return CodedArticle(page=page, article=article, problems=(problem_of_error(stage, page.source, error),))
    except Exception as error:
        return CodedArticle(page=page, article=article, problems=(_fault(stage, page.source, error),))


def _endless(page: Page, longest: int) -> Problem:
    return make_problem(
        stage="code",
        source=page.source,
        reason=f"not coded: a sentence of {longest:,} words and marks is longer than {LONGEST_SENTENCE_TOKENS:,}",
        remedy="split it into its sentences",
        severity=Severity.WARNING,
    )


def _in_use(
    cast: Cast, claims: tuple[Claim, ...], statements: tuple[Statement, ...], positions: tuple[Position, ...]
) -> tuple[Actor, ...]:
    """The actors that are mentioned or have a role; a state that only a place brought in and nothing used is dropped."""
    used = {mention.actor_id for mention in cast.mentions}
    used |= {candidate for mention in cast.mentions for candidate in mention.candidates}
    roles: list[Role | None] = []
    for claim in claims:
        roles += [*claim.actors, *claim.recipients, *claim.asserted_by]
    for statement in statements:
        roles += [statement.speaker, statement.addressee, statement.reported_by]
    for position in positions:
        roles += [position.party, position.by, position.asserted_by, *position.of]
    used |= {role.actor_id for role in roles if role is not None}
    return tuple(actor for actor in cast.actors if actor.id in used or actor.kind is not ActorKind.STATE)


def problem_of_error(stage: str, source: str, error: CommuniqueError) -> Problem:
    """The one line of an error, `source: cause; remedy`, as a Problem."""
    line = " ".join(str(error).split())
    cause, _, remedy = line.removeprefix(f"{source}: ").rpartition("; ")
    return make_problem(stage=stage, source=source, reason=cause or remedy, remedy=remedy if cause else REPORT_IT)


def _fault(stage: str, source: str, error: Exception) -> Problem:
    """A stage failed in a way that nobody foresaw: the run goes on, and the place of the fault is kept."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace is not None else ""
    told = " ".join(str(error).split())[:200]
    return make_problem(
        stage=stage,
        source=source,
        reason=f"the program failed on it ({type(error).__name__}{f': {told}' if told else ''}{place})",
        remedy=REPORT_IT,
    )
