package dev.drover.gateway.record;

import dev.drover.gateway.audit.AuditLog;

/** The storage ports of one store, as the contract suites want them. Closing it deletes it. */
public interface StoreUnderTest extends AutoCloseable {
    /** Its records. */
    Records records();

    /** Its list of work. */
    WorkList work();

    /** Its audit log. */
    AuditLog audit();

    /** Closes it and opens what it kept; the ports from before cannot be used any more. */
    void reopen();

    @Override
    void close();
}
