-- Version 2: what many articles need. Never edit a migration that has been released: add the next number.
--
-- Asked for by day, actor, type, status, place or outlet, a record of a million claims must not be sorted or scanned. So
-- every row that can be listed carries its place in the timeline and the numbers of the terms it is found by, and triggers
-- keep one inverted index of them, `postings`, the way they keep the full-text index of the articles.
--   day    first day that it may have happened on (the last, where the first is open), as a day number; 4000000: undated
--   ends   last day that it may have happened on; 4000000: open
--   reach  0: at most 31 days; 1: longer, or open at the end; 2: open at the start; 3: undated
--   terms  JSON list of term numbers; 0 stands for everything

ALTER TABLE pages ADD COLUMN title TEXT;
ALTER TABLE pages ADD COLUMN published DATE;
ALTER TABLE pages ADD COLUMN site TEXT;
ALTER TABLE pages ADD COLUMN told_by TEXT;

CREATE TABLE revision (
    token TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (token)
);

INSERT INTO revision (token, number) VALUES (lower(hex(randomblob(8))), 0);

CREATE TABLE terms (
    id INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (text)
);

INSERT INTO terms (id, text) VALUES (0, '');

CREATE TABLE postings (
    kind INTEGER NOT NULL,
    term INTEGER NOT NULL,
    reach INTEGER NOT NULL,
    day INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (kind, term, reach, day, ends, number, position)
) WITHOUT ROWID;

-- How many postings a term has: the size of an answer, and which of two terms is the rarer.

CREATE TABLE tallies (
    kind INTEGER NOT NULL,
    term INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kind, term)
) WITHOUT ROWID;

-- The busiest pairs of parties: their terms have numbers below zero.
CREATE INDEX ix_tallies_dyads ON tallies (kind, number) WHERE term < 0;

CREATE TRIGGER postings_counted_in AFTER INSERT ON postings BEGIN
    INSERT INTO tallies (kind, term, number) VALUES (new.kind, new.term, 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER postings_counted_out AFTER DELETE ON postings BEGIN
    UPDATE tallies SET number = number - 1 WHERE kind = old.kind AND term = old.term;
END;

ALTER TABLE articles ADD COLUMN outlet TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN linked BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN reach INTEGER NOT NULL DEFAULT 3;
ALTER TABLE articles ADD COLUMN day INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE articles ADD COLUMN ends INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE articles ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
CREATE INDEX ix_articles_id ON articles (id, outlet, published); -- their texts lie between these columns in the table
CREATE INDEX ix_articles_outlet ON articles (outlet, published);
CREATE INDEX ix_articles_linked ON articles (linked) WHERE NOT linked;
CREATE INDEX ix_articles_source ON articles (source);
CREATE INDEX ix_articles_url ON articles (url);

ALTER TABLE claims ADD COLUMN like_type TEXT;
ALTER TABLE claims ADD COLUMN confidence FLOAT NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN rejected BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN judged BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN article_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN reach INTEGER NOT NULL DEFAULT 3;
ALTER TABLE claims ADD COLUMN day INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE claims ADD COLUMN ends INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE claims ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
DROP INDEX ix_claims_type;
DROP INDEX ix_claims_status;
CREATE INDEX ix_claims_article_number ON claims (article_number, position);
CREATE INDEX ix_claims_confidence ON claims (confidence, article_number, position) WHERE NOT judged;

ALTER TABLE statements ADD COLUMN article_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE statements ADD COLUMN reach INTEGER NOT NULL DEFAULT 3;
ALTER TABLE statements ADD COLUMN day INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE statements ADD COLUMN ends INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE statements ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
DROP INDEX ix_statements_act;
CREATE INDEX ix_statements_article_number ON statements (article_number, position);

ALTER TABLE positions ADD COLUMN rejected BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE positions ADD COLUMN article_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE positions ADD COLUMN reach INTEGER NOT NULL DEFAULT 3;
ALTER TABLE positions ADD COLUMN day INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE positions ADD COLUMN ends INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE positions ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
DROP INDEX ix_positions_issue;
DROP INDEX ix_positions_stance;
CREATE INDEX ix_positions_article_number ON positions (article_number, position);

ALTER TABLE meetings ADD COLUMN rejected BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN article_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN reach INTEGER NOT NULL DEFAULT 3;
ALTER TABLE meetings ADD COLUMN day INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE meetings ADD COLUMN ends INTEGER NOT NULL DEFAULT 4000000;
ALTER TABLE meetings ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
DROP INDEX ix_meetings_status;
CREATE INDEX ix_meetings_article_number ON meetings (article_number, position);

-- Who is called what and acts for whom, in how many articles: the cast of each article counts itself in and out.

ALTER TABLE actors ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE actors ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_actors_mentions ON actors (mentions DESC, name, id);
CREATE INDEX ix_actors_kind ON actors (kind, mentions DESC, name, id);

ALTER TABLE cast_members ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cast_members ADD COLUMN keys JSON NOT NULL DEFAULT '[]';
ALTER TABLE cast_members ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cast_members ADD COLUMN article_number INTEGER NOT NULL DEFAULT 0;
DROP INDEX ix_cast_members_actor_id;
CREATE INDEX ix_cast_members_actor_id ON cast_members (actor_id, seen, article_number);
DROP INDEX ix_cast_members_organization;
DROP INDEX ix_mentions_quote;
DROP INDEX ix_mentions_actor_id;
CREATE INDEX ix_mentions_actor_id ON mentions (actor_id, article_id, position);

CREATE TABLE actor_keys (
    "key" TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY ("key", actor_id)
) WITHOUT ROWID;

CREATE TABLE name_words (
    word TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    PRIMARY KEY (word, actor_id),
    FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX ix_name_words_actor_id ON name_words (actor_id);

-- What linking derives from all articles. Derived rows point at members by id and never keep a member from being replaced.

CREATE TABLE copy_groups (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    similarity FLOAT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE copy_members (
    group_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (group_id, position),
    FOREIGN KEY(group_id) REFERENCES copy_groups (id) ON DELETE CASCADE
);

CREATE INDEX ix_copy_members_article_id ON copy_members (article_id);

CREATE TABLE linked_events (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    meeting_type TEXT,
    status TEXT NOT NULL,
    actors JSON NOT NULL,
    recipients JSON NOT NULL,
    earliest DATE,
    latest DATE,
    precision TEXT,
    place TEXT,
    country TEXT,
    modes JSON NOT NULL,
    articles INTEGER NOT NULL,
    voices INTEGER NOT NULL,
    fields JSON NOT NULL,
    reach INTEGER NOT NULL,
    day INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    terms JSON NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE TABLE linked_event_claims (
    event_number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    claim_id TEXT NOT NULL,
    PRIMARY KEY (event_number, position),
    FOREIGN KEY(event_number) REFERENCES linked_events (number) ON DELETE CASCADE
);

CREATE INDEX ix_linked_event_claims_claim_id ON linked_event_claims (claim_id);

CREATE TABLE linked_meetings (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    parties JSON NOT NULL,
    earliest DATE,
    latest DATE,
    precision TEXT,
    place TEXT,
    country TEXT,
    format TEXT,
    status TEXT NOT NULL,
    moves JSON NOT NULL,
    articles INTEGER NOT NULL,
    voices INTEGER NOT NULL,
    reach INTEGER NOT NULL,
    day INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    terms JSON NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE TABLE linked_meeting_members (
    linked_number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    meeting_id TEXT NOT NULL,
    PRIMARY KEY (linked_number, position),
    FOREIGN KEY(linked_number) REFERENCES linked_meetings (number) ON DELETE CASCADE
);

CREATE INDEX ix_linked_meeting_members_meeting_id ON linked_meeting_members (meeting_id);

CREATE TABLE lines (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    issue TEXT NOT NULL,
    party TEXT NOT NULL,
    side TEXT NOT NULL,
    now TEXT NOT NULL,
    entries JSON NOT NULL,
    reach INTEGER NOT NULL,
    day INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    terms JSON NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE INDEX ix_lines_issue ON lines (issue, side, number);

CREATE TABLE line_positions (
    line_number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    position_id TEXT NOT NULL,
    PRIMARY KEY (line_number, position),
    FOREIGN KEY(line_number) REFERENCES lines (number) ON DELETE CASCADE
);

CREATE INDEX ix_line_positions_position_id ON line_positions (position_id);

-- An id that an earlier linking gave, and the member that it was made from.

CREATE TABLE former_ids (
    id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (id)
);

-- Judgements as they are made now: of one claim, two claims or an actor. Version 1 wrote none.

DROP TABLE judgements;

CREATE TABLE judgements (
    id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    subject TEXT NOT NULL,
    other TEXT,
    changes JSON NOT NULL,
    judge TEXT NOT NULL,
    judged_at DATETIME NOT NULL,
    reason TEXT NOT NULL,
    anchor TEXT,
    other_anchor TEXT,
    withdrawn_at DATETIME,
    PRIMARY KEY (id)
);

CREATE INDEX ix_judgements_subject ON judgements (subject);
CREATE INDEX ix_judgements_other ON judgements (other);
CREATE INDEX ix_judgements_anchor ON judgements (anchor);

-- What the program itself had said where a person's judgement stands in its place.

CREATE TABLE claim_originals (
    claim_id TEXT NOT NULL,
    claim JSON NOT NULL,
    PRIMARY KEY (claim_id),
    FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
);

-- `name`, `kind` and `country` are the program's; the person's stand in `actors`. `sectors` are the person's, NULL for none.

CREATE TABLE named_actors (
    actor_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sectors JSON,
    PRIMARY KEY (actor_id),
    FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE
);

CREATE TRIGGER cast_counted_in AFTER INSERT ON cast_members BEGIN
    UPDATE actors SET mentions = mentions + new.mentions, articles = articles + 1 WHERE id = new.actor_id;
    INSERT INTO actor_keys ("key", actor_id, articles) SELECT value, new.actor_id, 1 FROM json_each(new.keys) WHERE true
        ON CONFLICT DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER cast_counted_out AFTER DELETE ON cast_members BEGIN
    UPDATE actors SET mentions = mentions - old.mentions, articles = articles - 1 WHERE id = old.actor_id;
    UPDATE actor_keys SET articles = articles - 1 WHERE "key" IN (SELECT value FROM json_each(old.keys)) AND actor_id = old.actor_id;
    DELETE FROM actor_keys WHERE "key" IN (SELECT value FROM json_each(old.keys)) AND actor_id = old.actor_id AND articles <= 0;
END;

CREATE TRIGGER cast_counted_anew AFTER UPDATE OF mentions, keys ON cast_members BEGIN
    UPDATE actors SET mentions = mentions - old.mentions + new.mentions WHERE id = new.actor_id;
    UPDATE actor_keys SET articles = articles - 1 WHERE "key" IN (SELECT value FROM json_each(old.keys)) AND actor_id = old.actor_id;
    INSERT INTO actor_keys ("key", actor_id, articles) SELECT value, new.actor_id, 1 FROM json_each(new.keys) WHERE true
        ON CONFLICT DO UPDATE SET articles = articles + 1;
    DELETE FROM actor_keys WHERE "key" IN (SELECT value FROM json_each(old.keys)) AND actor_id = old.actor_id AND articles <= 0;
END;

-- Kinds in `postings`: 1 claims, 2 statements, 3 positions, 4 meetings, 5 articles, 6 linked_events, 7 linked_meetings, 8 lines; 100 more when a person rejected it.

CREATE TRIGGER claims_posted AFTER INSERT ON claims BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 1 + 100 * new.rejected, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER claims_withdrawn AFTER DELETE ON claims BEGIN
    DELETE FROM postings WHERE kind = 1 + 100 * old.rejected AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
END;

CREATE TRIGGER claims_posted_anew AFTER UPDATE OF reach, day, ends, terms, rejected, article_number, position ON claims BEGIN
    DELETE FROM postings WHERE kind = 1 + 100 * old.rejected AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 1 + 100 * new.rejected, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER statements_posted AFTER INSERT ON statements BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 2, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER statements_withdrawn AFTER DELETE ON statements BEGIN
    DELETE FROM postings WHERE kind = 2 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
END;

CREATE TRIGGER statements_posted_anew AFTER UPDATE OF reach, day, ends, terms, article_number, position ON statements BEGIN
    DELETE FROM postings WHERE kind = 2 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 2, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER positions_posted AFTER INSERT ON positions BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 3 + 100 * new.rejected, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER positions_withdrawn AFTER DELETE ON positions BEGIN
    DELETE FROM postings WHERE kind = 3 + 100 * old.rejected AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
END;

CREATE TRIGGER positions_posted_anew AFTER UPDATE OF reach, day, ends, terms, rejected, article_number, position ON positions BEGIN
    DELETE FROM postings WHERE kind = 3 + 100 * old.rejected AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 3 + 100 * new.rejected, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER meetings_posted AFTER INSERT ON meetings BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 4 + 100 * new.rejected, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER meetings_withdrawn AFTER DELETE ON meetings BEGIN
    DELETE FROM postings WHERE kind = 4 + 100 * old.rejected AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
END;

CREATE TRIGGER meetings_posted_anew AFTER UPDATE OF reach, day, ends, terms, rejected, article_number, position ON meetings BEGIN
    DELETE FROM postings WHERE kind = 4 + 100 * old.rejected AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.article_number AND position = old.position;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 4 + 100 * new.rejected, value, new.reach, new.day, new.ends, new.article_number, new.position FROM json_each(new.terms);
END;

CREATE TRIGGER articles_posted AFTER INSERT ON articles BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 5, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER articles_withdrawn AFTER DELETE ON articles BEGIN
    DELETE FROM postings WHERE kind = 5 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
END;

CREATE TRIGGER articles_posted_anew AFTER UPDATE OF reach, day, ends, terms ON articles BEGIN
    DELETE FROM postings WHERE kind = 5 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 5, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER linked_events_posted AFTER INSERT ON linked_events BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 6, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER linked_events_withdrawn AFTER DELETE ON linked_events BEGIN
    DELETE FROM postings WHERE kind = 6 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
END;

CREATE TRIGGER linked_events_posted_anew AFTER UPDATE OF reach, day, ends, terms ON linked_events BEGIN
    DELETE FROM postings WHERE kind = 6 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 6, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER linked_meetings_posted AFTER INSERT ON linked_meetings BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 7, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER linked_meetings_withdrawn AFTER DELETE ON linked_meetings BEGIN
    DELETE FROM postings WHERE kind = 7 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
END;

CREATE TRIGGER linked_meetings_posted_anew AFTER UPDATE OF reach, day, ends, terms ON linked_meetings BEGIN
    DELETE FROM postings WHERE kind = 7 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 7, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER lines_posted AFTER INSERT ON lines BEGIN
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 8, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;

CREATE TRIGGER lines_withdrawn AFTER DELETE ON lines BEGIN
    DELETE FROM postings WHERE kind = 8 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
END;

CREATE TRIGGER lines_posted_anew AFTER UPDATE OF reach, day, ends, terms ON lines BEGIN
    DELETE FROM postings WHERE kind = 8 AND term IN (SELECT value FROM json_each(old.terms)) AND reach = old.reach
        AND day = old.day AND ends = old.ends AND number = old.number AND position = 0;
    INSERT INTO postings (kind, term, reach, day, ends, number, position)
        SELECT 8, value, new.reach, new.day, new.ends, new.number, 0 FROM json_each(new.terms);
END;
