"""The record types, ids, spans and errors: standard library only."""

from communique.records.actor import Actor, ActorKind, Cast, Mention, MentionKind, make_actor
from communique.records.annotated import Annotated, Entity, Sentence, Token
from communique.records.article import Article, Block, BlockKind, Fragment, PublicationDate, TranslationSign
from communique.records.claim import Claim, FieldDecision, Role, Status
from communique.records.coded import CodedArticle
from communique.records.copies import CopyGroup, CopyKind
from communique.records.dates import Anchor, DateRange, Precision, Timex, TimexType
from communique.records.errors import (
    CodebookError,
    CodingError,
    CommuniqueError,
    ConfigurationError,
    ReadingError,
    StorageError,
)
from communique.records.event import Event, FieldAgreement, FieldValue, LinkedEvent
from communique.records.ids import make_id
from communique.records.judgement import Judgement, Verdict, make_judgement
from communique.records.links import Links
from communique.records.meeting import LinkedMeeting, Meeting, MeetingMove, MeetingStatus
from communique.records.outlet import outlet_of
from communique.records.page import MediaType, Page
from communique.records.place import Place
from communique.records.position import Line, LineEntry, Position, Stance
from communique.records.problem import Problem, Severity, make_problem
from communique.records.run import Run
from communique.records.sides import Sides, side_of
from communique.records.span import Span
from communique.records.statement import SpeechAct, Statement, StatementKind

__all__ = [
    "Actor",
    "ActorKind",
    "Anchor",
    "Annotated",
    "Article",
    "Block",
    "BlockKind",
    "Cast",
    "Claim",
    "CodebookError",
    "CodedArticle",
    "CodingError",
    "CommuniqueError",
    "ConfigurationError",
    "CopyGroup",
    "CopyKind",
    "DateRange",
    "Entity",
    "Event",
    "FieldAgreement",
    "FieldDecision",
    "FieldValue",
    "Fragment",
    "Judgement",
    "Line",
    "LineEntry",
    "LinkedEvent",
    "LinkedMeeting",
    "Links",
    "MediaType",
    "Meeting",
    "MeetingMove",
    "MeetingStatus",
    "Mention",
    "MentionKind",
    "Page",
    "Place",
    "Position",
    "Precision",
    "Problem",
    "PublicationDate",
    "ReadingError",
    "Role",
    "Run",
    "Sentence",
    "Severity",
    "Sides",
    "Span",
    "SpeechAct",
    "Stance",
    "Statement",
    "StatementKind",
    "Status",
    "StorageError",
    "Timex",
    "TimexType",
    "Token",
    "TranslationSign",
    "Verdict",
    "make_actor",
    "make_id",
    "make_judgement",
    "make_problem",
    "outlet_of",
    "side_of",
]
