package dev.drover.gateway.store;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The tables and columns of the migrations, by the names that they have there. */
final class Tables {
    static final Table<Record> RECORD = table(name("record"));
    static final Table<Record> REFERENCE = table(name("record_reference"));
    static final Table<Record> CHANGE = table(name("change"));
    static final Table<Record> RECEIPT = table(name("receipt"));
    static final Table<Record> AUDIT_ENTRY = table(name("audit_entry"));
    static final Table<Record> AUDIT_TREE = table(name("audit_tree"));
    static final Table<Record> WORK = table(name("work"));
    static final Table<Record> FENCE = table(name("fence"));
    static final Table<Record> EFFECT = table(name("effect"));
    static final Table<Record> ROOM = table(name("room"));
    static final Table<Record> ROOM_TURN = table(name("room_turn"));

    static final Field<String> KIND = field(name("kind"), String.class);
    static final Field<String> NAME = field(name("name"), String.class);
    static final Field<Long> REVISION = field(name("revision"), Long.class);
    static final Field<byte[]> BODY = field(name("body"), byte[].class);
    static final Field<String> TARGET_KIND = field(name("target_kind"), String.class);
    static final Field<String> TARGET_NAME = field(name("target_name"), String.class);

    static final Field<Long> POSITION = field(name("position"), Long.class);

    static final Field<String> CALLER = field(name("caller"), String.class);
    static final Field<String> REQUEST_ID = field(name("request_id"), String.class);
    static final Field<byte[]> REQUEST_DIGEST = field(name("request_digest"), byte[].class);
    static final Field<byte[]> RESPONSE = field(name("response"), byte[].class);
    static final Field<Long> CREATE_TIME = field(name("create_time"), Long.class);

    static final Field<Long> SEQ = field(name("seq"), Long.class);
    static final Field<byte[]> LEAF = field(name("leaf"), byte[].class);
    static final Field<byte[]> LEAF_HASH = field(name("leaf_hash"), byte[].class);
    static final Field<Long> SIZE = field(name("size"), Long.class);
    static final Field<byte[]> PEAKS = field(name("peaks"), byte[].class);

    static final Field<Long> ID = field(name("id"), Long.class);
    static final Field<String> ITEM = field(name("item"), String.class);
    static final Field<String> LANE = field(name("lane"), String.class);
    static final Field<String> OWNER = field(name("owner"), String.class);
    static final Field<Long> HEARTBEAT = field(name("heartbeat"), Long.class);
    static final Field<Long> FENCE_NUMBER = field(name("fence"), Long.class);
    static final Field<Long> NEWEST = field(name("newest"), Long.class);
    static final Field<String> KEY = field(name("key"), String.class);
    static final Field<Integer> DONE = field(name("done"), Integer.class);

    static final Field<String> SHARE = field(name("share"), String.class);
    static final Field<Integer> GOES_FIRST = field(name("goes_first"), Integer.class);
    static final Field<String> CLUSTER = field(name("cluster"), String.class);
    static final Field<Integer> CLUSTER_MOST = field(name("cluster_most"), Integer.class);
    static final Field<String> ENVIRONMENT = field(name("environment"), String.class);
    static final Field<Integer> ENVIRONMENT_MOST = field(name("environment_most"), Integer.class);
    static final Field<Integer> RUNS = field(name("runs"), Integer.class);
    static final Field<Long> TURN = field(name("turn"), Long.class);

    private Tables() {}
}
