package dev.convergence.engine.artifact;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Those rows of the table `artifact` that later jobs read.
final class WritingStore {

    private WritingStore() {}

    // What an attempt left that failed does not count: its retry may write the same. The first line
    // of conditions is that of the index.
    static final String NEWEST =
            """
            SELECT bytes FROM artifact
            WHERE (name LIKE 'story%.md' OR name = 'card.json') AND tenant_id = :tenant AND name LIKE :names
              AND EXISTS (SELECT 1 FROM run WHERE run.job_id = artifact.job_id AND run.state = 'COMPLETED')
            ORDER BY job_id DESC, name DESC LIMIT :atMost
            """;

    static List<byte[]> newest(Handle handle, TenantId tenant, String names, int atMost) {
        return handle.createQuery(NEWEST)
                .bind("tenant", tenant.value())
                .bind("names", names)
                .bind("atMost", atMost)
                .mapTo(byte[].class)
                .list();
    }
}
