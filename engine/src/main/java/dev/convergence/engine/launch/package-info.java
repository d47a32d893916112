/// The one way a run begins: quota, job, ticket and ledger in one transaction, whoever asked for
/// it.
///
/// A verb; imports nouns, `queue` and ground.
@NullMarked
package dev.convergence.engine.launch;

import org.jspecify.annotations.NullMarked;
