/// Reading a data set back without SQL: costs, findings, quality.
@NullMarked
package dev.convergence.service.http.cost;

import org.jspecify.annotations.NullMarked;
