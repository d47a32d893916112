/// The one door to PostgreSQL: transactions, migrations, partitions. Ground.
@NullMarked
package dev.convergence.engine.sql;

import org.jspecify.annotations.NullMarked;
