/// The one place where a job waits, is claimed and ends: tickets, leases, lanes and permits.
///
/// Nothing else writes these tables. A lane's row is its tenant's mutex: whoever takes a ticket, or
/// changes the number of running jobs, holds it. Claims take lanes with SKIP LOCKED and never wait;
/// everybody else takes them in the order of the tenants' ids, before any lease, pool or usage row.
/// A verb; imports `job`, `pipeline`, `quota` and ground.
@NullMarked
package dev.convergence.engine.queue;

import org.jspecify.annotations.NullMarked;
