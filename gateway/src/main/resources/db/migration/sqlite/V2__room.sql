-- Who runs, and who waits to run because a cluster or an environment runs as many as it may. Ids are the order of arrival.
-- Whoever leaves the list of work leaves its room with it.
CREATE TABLE room (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item             TEXT    NOT NULL UNIQUE REFERENCES work (item) ON DELETE CASCADE,
    share            TEXT    NOT NULL,
    goes_first       INTEGER NOT NULL CHECK (goes_first IN (0, 1)),
    cluster          TEXT    NOT NULL,
    cluster_most     INTEGER NOT NULL,
    environment      TEXT    NOT NULL,
    environment_most INTEGER NOT NULL,
    runs             INTEGER NOT NULL CHECK (runs IN (0, 1))
) STRICT;

CREATE INDEX room_cluster ON room (cluster, runs);
CREATE INDEX room_waiting ON room (runs);

-- When each project last got room in a cluster: they take turns.
CREATE TABLE room_turn (
    cluster TEXT    NOT NULL,
    share   TEXT    NOT NULL,
    turn    INTEGER NOT NULL,
    PRIMARY KEY (cluster, share)
) STRICT, WITHOUT ROWID;
