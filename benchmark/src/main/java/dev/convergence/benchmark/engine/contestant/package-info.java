/// Who is measured: this engine, its peers and raw SQL, each behind the same few verbs.
///
/// The set is closed. A peer is set up as its own documentation says is fastest.
@NullMarked
package dev.convergence.benchmark.engine.contestant;

import org.jspecify.annotations.NullMarked;
