/// The PostgreSQL behind everything: an operator's own, or one that lives below the data directory.
@NullMarked
package dev.convergence.service.database;

import org.jspecify.annotations.NullMarked;
