"""Whom an event is directed at: by grammar, by what it is about, by what the article told before, by where it happened.

Each answer comes with the rule that gave it; only the first kind is read off, the others are inferences.
"""

from dataclasses import replace

from communique.codebook.frames import FrameKind
from communique.coding.clauses import Argument, read_clause
from communique.coding.discourse import ANAPHORS, Discourse
from communique.coding.locating import Locator
from communique.coding.matching import Match
from communique.coding.roles import RoleFinder
from communique.coding.settling import SPEECH_TYPES, Settled
from communique.coding.states import state_of
from communique.records import ActorKind, Annotated, Role, Sides

SAID = {
    "claim", "demand", "call", "request", "appeal", "proposal", "offer", "accusation", "allegation", "charge", "idea", "ultimatum",
    "condition", "suggestion", "assertion", "criticism", "plan", "invitation", "report", "statement", "complaint", "threat",
}  # fmt: skip
OCCASION = {"in", "during", "at", "after", "following", "on", "over", "before"}
ASKING = {"request", "insistence", "urging", "initiative", "wish"}
NEARNESS = {
    "near",
    "along",
    "on",
    "at",
    "within",
    "around",
    "by",
    "to",
    "against",
    "of",
    "outside",
    "beside",
    "towards",
}
FIND_RECIPIENT_INSIDE = {"REJECT", "ACCUSE", "REQUEST", "THREATEN", "AGREE", "SANCTION"}


class RecipientFinder:
    """Finds recipients, and parties named only as a pair, in one article."""

    def __init__(
        self, annotated: Annotated, roles: RoleFinder, sides: Sides, discourse: Discourse, locator: Locator
    ) -> None:
        self.annotated = annotated
        self.roles = roles
        self.sides = sides
        self.discourse = discourse
        self.locator = locator

    def pair(self, match: Match) -> tuple[Role, ...]:
        """Both sides, when the subject or the parties behind "between" are named only as such."""
        tokens = [match.clause.subject.token] if match.clause.subject is not None else []
        tokens += [
            noun for preposition, noun in match.clause.prepositions if preposition in ("between", "of", "among", "by")
        ]
        found = next((pair for token in tokens if (pair := self.discourse.pair(token))), ())
        if found or match.actors or match.recipients:
            return found
        paragraph = self.annotated.sentence_of(match.trigger).paragraph
        if match.clause.subject is not None and (match.frame.reciprocal or match.frame.event_type == "AGREE"):
            return self.discourse.they(match.clause.subject.token, paragraph)
        if match.frame.event_type == "CONSULT" and match.frame.subject is not None and match.frame.subject.lexical:
            return self.discourse.talking(paragraph)
        return ()

    def parties(self, match: Match, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """All who deal with each other, where the subject lists them behind "of" or the verb above has the other one.

        "advisers of the leaders of France, Germany and Ukraine met"; "in a call with Kyiv, Mr Biden promised help".
        """
        known = (*actors, *match.recipients)
        if len(self.sides.sides(known)) > 1:
            return actors
        listed: list[Role] = []
        if match.clause.subject is not None and match.frame.kind is FrameKind.VERB:
            listed = self._listed_behind(match.clause.subject.token)
        elif match.frame.kind is FrameKind.NOUN and known:
            listed = self._doers_above(match.trigger)
        others = [role for role in listed if self.sides.side(role.actor_id) not in self.sides.sides(known)]
        return (*actors, *{role.actor_id: role for role in others}.values()) if others else actors

    def _listed_behind(self, noun: int) -> list[Role]:
        """The actors named behind "of" or "from" in a noun's phrase, and their conjuncts."""
        found: list[Role] = []
        for child in self.annotated.children(noun):
            inside = child.dep in ("pobj", "conj", "appos") or (child.dep == "prep" and child.lemma in ("of", "from"))
            if not inside:
                continue
            mention = self.roles.mention_at(child.index)
            if mention is not None and mention.head == child.index and mention.actor_id is not None:
                found.append(Role(actor_id=mention.actor_id, span=mention.span))
            found += self._listed_behind(child.index)
        return found

    def _doers_above(self, noun: int) -> list[Role]:
        """The subject of the verb that "in a call", "at a meeting" hangs on."""
        tokens = self.annotated.tokens
        preposition = tokens[tokens[noun].head]
        verb = tokens[preposition.head]
        if tokens[noun].dep != "pobj" or preposition.lemma.lower() not in OCCASION or verb.pos != "VERB":
            return []
        return list(self.roles.fill(read_clause(self.annotated, verb.index).subject).direct)

    def of_troops(self, match: Match) -> tuple[Match, tuple[Role, ...]]:
        """ "Russian troops are massed near Ukraine": whose troops they are mobilizes, whom they are near is meant."""
        troops = self.roles.fill(*match.clause.objects).any
        if match.frame.event_type != "MOBILIZE" or match.actors or not troops:
            return match, match.actors
        near = [Argument(noun) for preposition, noun in match.clause.prepositions if preposition in NEARNESS]
        meant = self.sides.apart_from(self.roles.fill(*near).any, troops)
        return replace(match, recipients=meant), troops

    def called_off(self, match: Match) -> tuple[Match, tuple[Role, ...]]:
        """ "The summit of A and B was postponed at the request of B": B did it; without such words both did."""
        sides = self.sides.sides(match.recipients)
        if match.frame.event_type != "REJECT" or match.frame.mode != "meet" or match.actors or len(sides) < 2:
            return match, match.actors
        for preposition, noun in match.clause.prepositions:
            if preposition == "at" and self.annotated.tokens[noun].lemma.lower() in ASKING:
                askers = self.roles.fill(Argument(noun)).any
                if askers:
                    return replace(match, recipients=self.sides.apart_from(match.recipients, askers)), askers
        return replace(match, recipients=()), match.recipients

    def they(self, match: Match) -> tuple[Role, ...]:
        """ "Israel … the man whom they accuse": an unresolved "they" is who acts above in the sentence."""
        subject = match.clause.subject
        if subject is None or match.actors:
            return ()
        token = self.annotated.tokens[subject.token]
        if token.lemma.lower() != "they":
            return ()
        for above in range(token.index - 1, self.annotated.sentence_of(token.index).first - 1, -1):
            mention = self.roles.mention_at(above)
            acting = (
                mention is not None
                and mention.head == above
                and self.annotated.tokens[above].dep in ("nsubj", "nsubjpass")
            )
            actor = self.sides.actor(mention.actor_id) if mention is not None and mention.actor_id and acting else None
            if actor is not None and actor.kind in (
                ActorKind.STATE,
                ActorKind.BODY,
                ActorKind.ORGANIZATION,
                ActorKind.GROUP,
            ):
                return (Role(actor_id=actor.id, span=self.annotated.span(token.index, token.index + 1)),)
        return ()

    def _pair_as_recipient(self, match: Match) -> tuple[Role, ...]:
        """ "called on both countries": the two sides that dealt with each other last."""
        tokens = [argument.token for argument in match.clause.objects]
        tokens += [
            noun for preposition, noun in match.clause.prepositions if preposition in ("on", "upon", "to", "with")
        ]
        return next((pair for token in tokens if (pair := self.discourse.pair(token))), ())

    def told_before(self, match: Match) -> tuple[Match, tuple[Role, ...]]:
        """ "The tariffs were lifted": who had imposed them, and on whom, when the measure was told before."""
        nouns = [argument.token for argument in (match.clause.subject, *match.clause.objects) if argument is not None]
        if match.frame.kind is not FrameKind.VERB or match.frame.event_type not in (
            "RETREAT",
            "CONCEDE",
            "SANCTION",
            "COERCE",
        ):
            return match, ()
        for noun in nouns:
            dealing = self.discourse.referred(noun)
            if dealing is not None and dealing.type in ("SANCTION", "COERCE", "THREATEN"):
                actors = tuple(Role(actor_id=role.actor_id, span=None) for role in dealing.actors)
                recipients = tuple(Role(actor_id=role.actor_id, span=None) for role in dealing.recipients)
                return replace(match, recipients=recipients), actors
        return match, ()

    def _authors_of(self, match: Match, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Whose act it is that is condemned, rejected or praised, when it was told before: "called the expulsion groundless"."""
        nouns = [argument.token for argument in match.clause.objects]
        if match.frame.kind is FrameKind.EVALUATION and match.clause.subject is not None and not match.actors:
            nouns.append(match.clause.subject.token)
        for noun in nouns:
            dealing = self.discourse.referred(noun)
            if dealing is not None:
                authors = self.sides.apart_from(dealing.actors, actors)
                return tuple(Role(actor_id=role.actor_id, span=None) for role in authors)
        return ()

    def of(
        self, match: Match, actors: tuple[Role, ...], content: Match | None, settled: Settled
    ) -> tuple[tuple[Role, ...], str]:
        named_as_pair = self.sides.apart_from(self._pair_as_recipient(match), actors)
        if named_as_pair:
            return named_as_pair, "both sides told before"
        recipients = (
            self.sides.apart_from(match.recipients, actors)
            if settled.type not in ("COERCE", "ASSAULT", "SANCTION")
            else match.recipients
        )
        of_a_body = match.owners_only and match.frame.event_type == "CONSULT" and len(self.sides.sides(actors)) > 1
        if recipients and not of_a_body:  # "A and B held a session of the council": the council is no third party
            return recipients, "owner of what it hits" if match.owners_only else "grammar"
        agreed_together = settled.type == "AGREE" and len(self.sides.sides(actors)) > 1
        if settled.type not in SPEECH_TYPES | {"SANCTION"} or not actors or match.unresolved or agreed_together:
            return (), "none named"
        accepts = self.annotated.tokens[match.trigger].lemma == "accept"
        answers = settled.type in ("ACCUSE", "REJECT", "SUPPORT") or accepts
        if settled.type == "REJECT" and match.frame.kind is FrameKind.VERB and self._of_words(match):
            answered = self.discourse.answered(actors)
            if answered:
                return answered, "whoever made what is answered"
        authors = self._authors_of(match, actors) if answers else ()
        if authors:
            return authors, "whose act it is"
        if settled.type == "REJECT":
            answered = self.discourse.answered(actors)
            if answered:
                return answered, "whoever made what is answered"
        if content is not None:
            wanted = content.actors if settled.type == "REQUEST" else content.recipients or content.actors
            if settled.type in ("AGREE", "CONCEDE"):  # promised to whom, not about whom: no unnamed groups
                wanted = tuple(role for role in wanted if not self._is_group(role))
            recipients = self.sides.apart_from(wanted, actors)
            if recipients:
                return recipients, "role in the content"
        inside = self._inside_content(match, actors) if settled.type in FIND_RECIPIENT_INSIDE else ()
        if inside:
            return inside, "named in the content"
        if settled.type in ("AGREE", "CONCEDE") and self._answers(match):
            recipients = self.discourse.answered(actors)
            if recipients:
                return recipients, "whoever made what is answered"
        if settled.type in ("REJECT", "ACCUSE", "REQUEST", "THREATEN"):
            paragraph = self.annotated.sentence_of(match.trigger).paragraph
            recipients = self.discourse.counterpart(actors, paragraph)
            if recipients:
                return recipients, "counterpart in the talks before"
        return (), "none named"

    def place_hit(self, match: Match, actors: tuple[Role, ...], triggers: set[int]) -> tuple[tuple[Role, ...], str]:
        """The state on whose ground it happened, when that is another's: "shelled a post near the village of …"."""
        place = self.locator.of_event(match.trigger, triggers - {match.trigger})
        state = state_of(self.roles.cast, place.country) if place is not None else None
        if state is None or place is None:
            return (), "none named"
        found = self.sides.apart_from((Role(actor_id=state.id, span=place.span),), actors)
        return found, "on whose ground" if found else "none named"

    def of_purpose(self, match: Match, by_trigger: dict[int, Match]) -> tuple[tuple[Role, ...], str]:
        """ "fired tear gas to disperse the marchers": whom the purpose of the same kind of act is directed at."""
        for child in self.annotated.children(match.trigger):
            other = by_trigger.get(child.index)
            if other is None or child.dep not in ("advcl", "xcomp") or not other.recipients:
                continue
            if other.frame.event_type == match.frame.event_type:
                return other.recipients, "whom its purpose is directed at"
        return (), "none named"

    def _of_words(self, match: Match) -> bool:
        """True when what is refused is something said: a claim, demand, offer, accusation."""
        tokens = [self.annotated.tokens[argument.token] for argument in match.clause.objects]
        return any(token.lemma.lower() in SAID for token in tokens)

    def _inside_content(self, match: Match, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """The first actor of another side inside what is demanded, rejected or criticised."""
        roots = [argument.token for argument in match.clause.objects]
        roots += [match.complement] if match.complement is not None else []
        roots += [
            noun
            for preposition, noun in match.clause.prepositions
            if preposition in ("of", "for", "over", "about", "against", "to")
        ]
        for root in roots:
            for token in self.annotated.subtree(root):
                mention = self.roles.mention_at(token.index)
                if mention is not None and mention.head == token.index and mention.actor_id:
                    apart = self.sides.apart_from((Role(actor_id=mention.actor_id, span=mention.span),), actors)
                    if apart and not self._is_group(apart[0]):
                        return apart
        return ()

    def _is_group(self, role: Role) -> bool:
        actor = self.sides.actor(role.actor_id)
        return actor is not None and actor.kind is ActorKind.GROUP

    def _answers(self, match: Match) -> bool:
        """True when the object points back ("rejected this claim"), or a verb of answering has none ("refused")."""
        if match.frame.kind is not FrameKind.VERB:
            return False
        if not match.clause.objects:
            return match.frame.event_type in ("REJECT", "CONCEDE") and match.complement is None
        objects = [self.annotated.tokens[argument.token] for argument in match.clause.objects]
        return any(
            child.dep == "det" and child.lemma.lower() in ANAPHORS
            for each in objects
            for child in self.annotated.children(each.index)
        ) or any(each.lemma.lower() in ("it", "this", "that", "them") for each in objects)
