-- Version 1: the first record. Never edit a migration that has been released: add the next number.

CREATE TABLE actors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_actors_country ON actors (country);

CREATE INDEX ix_actors_folded ON actors (folded);

CREATE TABLE judgements (
    id TEXT NOT NULL,
    left_id TEXT NOT NULL,
    right_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    judge TEXT NOT NULL,
    judged_at DATETIME,
    reason TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_judgements_left_id ON judgements (left_id);

CREATE INDEX ix_judgements_right_id ON judgements (right_id);

CREATE TABLE pages (
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    content_zlib BLOB NOT NULL,
    content_hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    url TEXT,
    fetched_at DATETIME,
    encoding TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_pages_content_hash ON pages (content_hash);

CREATE INDEX ix_pages_source ON pages (source);

CREATE TABLE runs (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    codebook_hash TEXT NOT NULL,
    model_hash TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE schema_version (
    version INTEGER NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE articles (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT,
    url TEXT,
    site TEXT,
    authors JSON NOT NULL,
    language TEXT,
    machine_translated TEXT NOT NULL,
    published DATE,
    published_source TEXT,
    bounded BOOLEAN NOT NULL,
    published_after DATE,
    published_before DATE,
    modified DATE,
    fetched DATE,
    PRIMARY KEY (number),
    UNIQUE (id),
    UNIQUE (page_id),
    FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE CASCADE,
    FOREIGN KEY(run_id) REFERENCES runs (id)
);

CREATE INDEX ix_articles_published ON articles (published);

CREATE INDEX ix_articles_run_id ON articles (run_id);

CREATE TABLE blocks (
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT,
    reason TEXT,
    PRIMARY KEY (article_id, position),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE TABLE cast_members (
    article_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sectors JSON NOT NULL,
    organization TEXT,
    title TEXT,
    PRIMARY KEY (article_id, actor_id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(actor_id) REFERENCES actors (id)
);

CREATE INDEX ix_cast_members_actor_id ON cast_members (actor_id);

CREATE INDEX ix_cast_members_organization ON cast_members (organization);

CREATE TABLE events (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_events_article_id ON events (article_id);

CREATE INDEX ix_events_type ON events (type);

CREATE TABLE fragments (
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (article_id, position),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE TABLE mentions (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    head INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    candidates JSON NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(actor_id) REFERENCES actors (id)
);

CREATE INDEX ix_mentions_actor_id ON mentions (actor_id);

CREATE INDEX ix_mentions_article_id ON mentions (article_id);

CREATE INDEX ix_mentions_quote ON mentions (quote COLLATE NOCASE);

CREATE TABLE problems (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    article_id TEXT,
    stage TEXT NOT NULL,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    severity TEXT NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_problems_article_id ON problems (article_id);

CREATE INDEX ix_problems_id ON problems (id);

CREATE INDEX ix_problems_source ON problems (source);

CREATE TABLE publication_candidates (
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    day DATE NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (article_id, position),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE TABLE times (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    mod TEXT,
    earliest DATE,
    latest DATE,
    precision TEXT,
    anchor TEXT NOT NULL,
    anchor_value TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX ix_times_article_id ON times (article_id);

CREATE INDEX ix_times_earliest ON times (earliest);

CREATE TABLE translation_signs (
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    sign TEXT NOT NULL,
    PRIMARY KEY (article_id, position),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE TABLE claims (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    meeting_type TEXT,
    modes JSON NOT NULL,
    contexts JSON NOT NULL,
    time_id TEXT,
    status TEXT NOT NULL,
    status_start INTEGER,
    status_end INTEGER,
    status_quote TEXT,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    trigger_quote TEXT NOT NULL,
    condition_start INTEGER,
    condition_end INTEGER,
    condition_quote TEXT,
    content_start INTEGER,
    content_end INTEGER,
    content_quote TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(time_id) REFERENCES times (id)
);

CREATE INDEX ix_claims_article_id ON claims (article_id);

CREATE INDEX ix_claims_status ON claims (status);

CREATE INDEX ix_claims_time_id ON claims (time_id);

CREATE INDEX ix_claims_type ON claims (type);

CREATE TABLE meetings (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    format TEXT,
    status TEXT NOT NULL,
    time_id TEXT,
    condition_start INTEGER,
    condition_end INTEGER,
    condition_quote TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(time_id) REFERENCES times (id)
);

CREATE INDEX ix_meetings_article_id ON meetings (article_id);

CREATE INDEX ix_meetings_status ON meetings (status);

CREATE INDEX ix_meetings_time_id ON meetings (time_id);

CREATE TABLE positions (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    issue TEXT NOT NULL,
    stance TEXT NOT NULL,
    content_start INTEGER NOT NULL,
    content_end INTEGER NOT NULL,
    content_quote TEXT NOT NULL,
    basis TEXT NOT NULL,
    time_id TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(time_id) REFERENCES times (id)
);

CREATE INDEX ix_positions_article_id ON positions (article_id);

CREATE INDEX ix_positions_issue ON positions (issue);

CREATE INDEX ix_positions_stance ON positions (stance);

CREATE INDEX ix_positions_time_id ON positions (time_id);

CREATE TABLE statements (
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    act TEXT NOT NULL,
    source_start INTEGER,
    source_end INTEGER,
    source_quote TEXT,
    cue_start INTEGER,
    cue_end INTEGER,
    cue_quote TEXT,
    medium_start INTEGER,
    medium_end INTEGER,
    medium_quote TEXT,
    negated BOOLEAN NOT NULL,
    time_id TEXT,
    rule TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(time_id) REFERENCES times (id)
);

CREATE INDEX ix_statements_act ON statements (act);

CREATE INDEX ix_statements_article_id ON statements (article_id);

CREATE INDEX ix_statements_time_id ON statements (time_id);

CREATE TABLE claim_evidence (
    claim_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (claim_id, position),
    FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
);

CREATE TABLE claim_places (
    claim_id TEXT NOT NULL,
    name TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    country TEXT,
    region TEXT,
    latitude FLOAT,
    longitude FLOAT,
    geonames_id INTEGER,
    precision TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (claim_id),
    FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
);

CREATE INDEX ix_claim_places_country ON claim_places (country);

CREATE TABLE claim_roles (
    claim_id TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    quote TEXT,
    PRIMARY KEY (claim_id, role, position),
    FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE,
    FOREIGN KEY(actor_id) REFERENCES actors (id)
);

CREATE INDEX ix_claim_roles_actor_id ON claim_roles (actor_id, role, claim_id);

CREATE TABLE decisions (
    claim_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (claim_id, position),
    FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
);

CREATE TABLE event_claims (
    event_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    claim_id TEXT NOT NULL,
    PRIMARY KEY (event_id, position),
    FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
);

CREATE INDEX ix_event_claims_claim_id ON event_claims (claim_id);

CREATE TABLE meeting_claims (
    meeting_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    claim_id TEXT NOT NULL,
    PRIMARY KEY (meeting_id, position),
    FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE CASCADE
);

CREATE TABLE meeting_evidence (
    meeting_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (meeting_id, position),
    FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE CASCADE
);

CREATE TABLE meeting_parties (
    meeting_id TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    quote TEXT,
    PRIMARY KEY (meeting_id, role, position),
    FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE CASCADE,
    FOREIGN KEY(actor_id) REFERENCES actors (id)
);

CREATE INDEX ix_meeting_parties_actor_id ON meeting_parties (actor_id, role, meeting_id);

CREATE TABLE meeting_places (
    meeting_id TEXT NOT NULL,
    name TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    country TEXT,
    region TEXT,
    latitude FLOAT,
    longitude FLOAT,
    geonames_id INTEGER,
    precision TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (meeting_id),
    FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE CASCADE
);

CREATE INDEX ix_meeting_places_country ON meeting_places (country);

CREATE TABLE position_roles (
    position_id TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    quote TEXT,
    PRIMARY KEY (position_id, role, position),
    FOREIGN KEY(position_id) REFERENCES positions (id) ON DELETE CASCADE,
    FOREIGN KEY(actor_id) REFERENCES actors (id)
);

CREATE INDEX ix_position_roles_actor_id ON position_roles (actor_id, role, position_id);

CREATE TABLE statement_content (
    statement_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (statement_id, position),
    FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE
);

CREATE TABLE statement_roles (
    statement_id TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    quote TEXT,
    PRIMARY KEY (statement_id, role, position),
    FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE,
    FOREIGN KEY(actor_id) REFERENCES actors (id)
);

CREATE INDEX ix_statement_roles_actor_id ON statement_roles (actor_id, role, statement_id);

-- Full text of title and article; the words themselves stay in `articles`, three triggers keep the index in step.
CREATE VIRTUAL TABLE article_words USING fts5(title, text, content='articles', content_rowid='number', tokenize='unicode61 remove_diacritics 2');

CREATE TRIGGER articles_words_insert AFTER INSERT ON articles BEGIN
    INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE TRIGGER articles_words_delete AFTER DELETE ON articles BEGIN
    INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;

CREATE TRIGGER articles_words_update AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
END;
