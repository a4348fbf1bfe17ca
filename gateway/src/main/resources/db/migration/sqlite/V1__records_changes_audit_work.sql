-- Marks the file as a store of Drover ("DRVR"), for file(1) and for our own check when opening it.
PRAGMA application_id = 1146246738;

-- Every record of every kind. Names are compared byte by byte; the primary key is the order of listings.
CREATE TABLE record (
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    body     BLOB    NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT;

-- What records refer to. Whether the target exists is checked at the end of a commit, not by a foreign key: a commit may
-- write the two in any order, and the refusal has to name them.
CREATE TABLE record_reference (
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target_name TEXT NOT NULL,
    PRIMARY KEY (kind, name, target_kind, target_name),
    FOREIGN KEY (kind, name) REFERENCES record (kind, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX record_reference_target ON record_reference (target_kind, target_name);

-- The newest changes, for watchers. No body: deleted.
CREATE TABLE change (
    position INTEGER NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    body     BLOB
) STRICT;

-- Answers kept under a request id, for 24 hours. Times are microseconds since 1970.
CREATE TABLE receipt (
    caller         TEXT    NOT NULL,
    request_id     TEXT    NOT NULL,
    request_digest BLOB    NOT NULL,
    response       BLOB    NOT NULL,
    create_time    INTEGER NOT NULL,
    PRIMARY KEY (caller, request_id)
) STRICT;

CREATE INDEX receipt_create_time ON receipt (create_time);

-- The audit log: only ever added to. The fields of an entry are in its leaf alone, so that there is nothing to disagree with it.
CREATE TABLE audit_entry (
    seq       INTEGER NOT NULL PRIMARY KEY,
    leaf      BLOB    NOT NULL,
    leaf_hash BLOB    NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;

CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: an entry cannot be changed');
END;

CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: an entry cannot be deleted');
END;

-- The Merkle tree over audit_entry: one row. Its size is the seq of the next entry.
CREATE TABLE audit_tree (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size  INTEGER NOT NULL,
    peaks BLOB    NOT NULL
) STRICT;

INSERT INTO audit_tree (id, size, peaks) VALUES (1, 0, x'');

-- The engine's list of work, oldest first. No owner: nobody claimed it yet.
CREATE TABLE work (
    id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item      TEXT    NOT NULL UNIQUE,
    lane      TEXT    NOT NULL,
    owner     TEXT,
    heartbeat INTEGER,
    fence     INTEGER NOT NULL,
    CHECK ((owner IS NULL) = (heartbeat IS NULL))
) STRICT;

CREATE INDEX work_lane ON work (lane);
CREATE INDEX work_owner ON work (owner);

-- The newest fencing number: one row. Numbers are never used again, not even for an item that comes back.
CREATE TABLE fence (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    newest INTEGER NOT NULL
) STRICT;

INSERT INTO fence (id, newest) VALUES (1, 0);

-- What is to be done for an item of work, in this order.
CREATE TABLE effect (
    id   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item TEXT    NOT NULL REFERENCES work (item) ON DELETE CASCADE,
    key  TEXT    NOT NULL,
    body BLOB    NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    UNIQUE (item, key)
) STRICT;
