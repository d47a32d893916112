/// A newcomer's first hour, played through over HTTP: two tenants, six pipelines, one table.
@NullMarked
package dev.convergence.service.demo;

import org.jspecify.annotations.NullMarked;
