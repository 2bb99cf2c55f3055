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

-- `name` is `program` (which program linked) or `judgements` (those on two claims that it heeded).

CREATE TABLE link_state (
    name TEXT NOT NULL,
    value JSON NOT NULL,
    PRIMARY KEY (name)
);
