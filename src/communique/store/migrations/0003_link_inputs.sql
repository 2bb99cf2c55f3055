-- What linking keeps of its last run, so that a new article is compared with those it may have to do with, and no others.

-- Keys that articles are looked up by; one that an article has no more stays until all are linked anew, and does no harm.

CREATE TABLE link_keys (
    "key" INTEGER NOT NULL,
    article_number INTEGER NOT NULL,
    PRIMARY KEY ("key", article_number)
) WITHOUT ROWID;

-- `keys` are the keys of the article as it was linked, eight bytes each.

CREATE TABLE link_articles (
    article_number INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    keys BLOB NOT NULL,
    PRIMARY KEY (article_number)
);

-- `program`: which program linked.

CREATE TABLE link_state (
    name TEXT NOT NULL,
    value JSON NOT NULL,
    PRIMARY KEY (name)
);

-- What each article tells of meetings and positions, as linking reads it: `topic` is a position's issue, empty for a meeting.

CREATE TABLE link_told (
    article_number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    topic TEXT NOT NULL,
    told JSON NOT NULL,
    PRIMARY KEY (article_number, kind, position)
) WITHOUT ROWID;
CREATE INDEX ix_link_told_topic ON link_told (kind, topic);
